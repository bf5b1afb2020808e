/// A Cucumber tag expression, such as `@order and not (@slow or @wip)`: which scenarios are meant, by their tags.
///
/// `not` binds strongest, then `and`, then `or`; parentheses group. In a tag, a backslash takes the sting out of a
/// parenthesis, a blank or another backslash. The empty expression means every scenario.
///
/// ```swift
/// let expression = try TagExpression("@order and not @slow")
/// expression.matches(["@order"])  // true
/// ```
public struct TagExpression: Sendable, Hashable, CustomStringConvertible {
  /// The expression as it was written.
  public let text: String
  // Postfix, so that neither reading nor evaluating recurses however deep the parentheses are.
  private let program: [Instruction]

  private enum Instruction: Sendable, Hashable {
    case tag(String)
    case not, and, or
  }

  /// Reads an expression.
  ///
  /// - Parameter text: The expression.
  /// - Throws: ``TagExpressionError`` with the column of the first thing out of place.
  /// - Complexity: O(*n*).
  public init(_ text: String) throws {
    self.text = text
    program = try Self.compile(text)
  }

  /// The expression as it was written.
  public var description: String { text }

  /// Tells whether a scenario with these tags is meant.
  ///
  /// - Parameter tags: All tags of the scenario, with their `@`.
  public func matches(_ tags: [String]) -> Bool {
    if program.isEmpty { return true }
    var values: [Bool] = []
    for instruction in program {
      switch instruction {
      case .tag(let tag): values.append(tags.contains(tag))
      case .not: values.append(!(values.popLast() ?? false))
      case .and, .or:
        let right = values.popLast() ?? false
        let left = values.popLast() ?? false
        values.append(instruction == .and ? left && right : left || right)
      }
    }
    return values.last ?? true
  }
}

/// What is wrong with a tag expression, and where.
public struct TagExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The expression as it was written.
  public let expression: String
  /// The column of what is wrong, in characters from 1.
  public let column: Int
  /// What is wrong.
  public let message: String

  /// The expression, the column and what is wrong.
  public var description: String { "tag expression '\(expression)', column \(column): \(message)" }
}

extension TagExpression {
  private enum Symbol {
    case operand(String)
    case not, and, or, open, close
  }

  private struct Token {
    var symbol: Symbol
    var column: Int
    var text: String
  }

  /// The shunting-yard algorithm, with an explicit stack.
  private static func compile(_ text: String) throws -> [Instruction] {
    func failure(_ column: Int, _ message: String) -> TagExpressionError {
      TagExpressionError(expression: text, column: column, message: message)
    }
    var output: [Instruction] = []
    var waiting: [Token] = []
    var expectsOperand = true

    /// Moves operators that bind at least as strongly to the output.
    func settle(_ strength: Int) {
      while let top = waiting.last, let instruction = instruction(of: top.symbol), binding(of: top.symbol) >= strength {
        output.append(instruction)
        waiting.removeLast()
      }
    }

    let tokens = try tokens(of: text)
    if tokens.isEmpty { return [] }
    for token in tokens {
      switch token.symbol {
      case .operand(let tag):
        guard expectsOperand else {
          throw failure(token.column, "expected 'and', 'or' or the end before '\(token.text)'")
        }
        output.append(.tag(tag))
        expectsOperand = false
      case .not, .open:
        guard expectsOperand else {
          throw failure(token.column, "expected 'and', 'or' or the end before '\(token.text)'")
        }
        waiting.append(token)
      case .and, .or:
        guard !expectsOperand else { throw failure(token.column, "expected a tag before '\(token.text)'") }
        settle(binding(of: token.symbol))
        waiting.append(token)
        expectsOperand = true
      case .close:
        guard !expectsOperand else { throw failure(token.column, "expected a tag before ')'") }
        settle(0)
        guard waiting.popLast() != nil else { throw failure(token.column, "this ')' closes no '('") }
      }
    }
    guard !expectsOperand else {
      throw failure(text.count + 1, "expected a tag behind '\(tokens.last?.text ?? "")', found the end")
    }
    settle(0)
    if let open = waiting.last { throw failure(open.column, "this '(' is never closed") }
    return output
  }

  private static func binding(of symbol: Symbol) -> Int {
    switch symbol {
    case .not: 3
    case .and: 2
    case .or: 1
    case .operand, .open, .close: -1
    }
  }

  private static func instruction(of symbol: Symbol) -> Instruction? {
    switch symbol {
    case .not: .not
    case .and: .and
    case .or: .or
    case .operand, .open, .close: nil
    }
  }

  private static func tokens(of text: String) throws -> [Token] {
    var tokens: [Token] = []
    var word = ""
    var wordText = ""
    var wordColumn = 0

    func endWord() {
      guard !wordText.isEmpty else { return }
      let symbol: Symbol =
        switch wordText {
        case "not": .not
        case "and": .and
        case "or": .or
        default: .operand(word)
        }
      tokens.append(Token(symbol: symbol, column: wordColumn, text: wordText))
      word = ""
      wordText = ""
    }

    var column = 0
    var isEscaped = false
    for character in text {
      column += 1
      if wordText.isEmpty { wordColumn = column }
      if isEscaped {
        guard character == "(" || character == ")" || character == "\\" || character.isWhitespace else {
          throw TagExpressionError(
            expression: text, column: column - 1,
            message: "a backslash may stand before '(', ')', a blank or another backslash only")
        }
        word.append(character)
        wordText.append(character)
        isEscaped = false
      } else if character == "\\" {
        wordText.append(character)
        isEscaped = true
      } else if character == "(" || character == ")" {
        endWord()
        tokens.append(Token(symbol: character == "(" ? .open : .close, column: column, text: String(character)))
      } else if character.isWhitespace {
        endWord()
      } else {
        word.append(character)
        wordText.append(character)
      }
    }
    if isEscaped {
      throw TagExpressionError(
        expression: text, column: column, message: "expected '(', ')', a blank or a backslash behind the backslash")
    }
    endWord()
    return tokens
  }
}
