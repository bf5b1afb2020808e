/// Puts lines together to steps and meta-commands.
///
/// A step goes on while a bracket is open, and has a table or doc string below it where its line ends in a colon, where
/// it needs one, or where the next line is at hand and begins one. An empty line ends whatever is open. The lines below
/// a feature's headings are passed over until one reads as a step.
package struct InputReader {
  private enum Stage {
    /// Nothing is open.
    case idle
    /// A bracket is open.
    case text
    /// A table or doc string may begin.
    case expectingBody
    /// Rows follow.
    case table
    /// A doc string's delimiter has not come again.
    case docString(delimiter: String)
  }

  private let needsBody: (String) -> Bool
  private let isStep: (String) -> Bool
  private var stage = Stage.idle
  private var unit = InputUnit(text: "", body: [], line: 0, bodyLine: 0, column: 0)
  private var completed: [InputUnit] = []
  private var line: Int
  private var isOutput = false
  /// Whether what stands below a heading may be its description.
  private var isDescribing = false
  /// How many code points of a table's lines belong to a continuation prompt.
  private static let continuationPrompt = "… "

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - line: The number of the first line.
  ///   - isStep: Whether a line below a heading is a step, and no part of a description.
  ///   - needsBody: Whether a step makes no sense without a table or doc string.
  package init(
    line: Int = 1, isStep: @escaping (String) -> Bool = { _ in true }, needsBody: @escaping (String) -> Bool
  ) {
    self.isStep = isStep
    self.needsBody = needsBody
    self.line = line - 1
  }

  /// Reads a text of one or several lines, of which nothing follows.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - prompt: Finds out how much of a line is a prompt of this program; nil where there is none.
  ///   - isStep: Whether a line below a heading is a step, and no part of a description.
  /// - Returns: The steps and meta-commands in it.
  package static func units(
    of text: String, line: Int = 1, isStep: @escaping (String) -> Bool = { _ in true }, prompt: (Substring) -> Int?
  ) -> [InputUnit] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isPastedOutput = lines.contains { prompt($0) != nil }
    var reader = InputReader(line: line, isStep: isStep, needsBody: { _ in false })
    var units: [InputUnit] = []
    for index in lines.indices {
      var content = lines[index]
      if content.last == "\r" { content.removeLast() }
      var column = 0
      if isPastedOutput {
        if let length = prompt(content) {
          content = content.dropFirst(length)
          column = length
          reader.isOutput = false
        } else if content.hasPrefix(continuationPrompt), !reader.isOutput {
          content = content.dropFirst(continuationPrompt.count)
        } else if reader.isIdle || reader.stageMayEnd {
          // An answer: everything up to the next prompt is one.
          units += reader.finish()
          reader.isOutput = true
          reader.line += 1
          continue
        }
      }
      let next = lines.indices.contains(index + 1) ? lines[index + 1] : nil
      let followed = next.map { isBodyStart(isPastedOutput && $0.hasPrefix(continuationPrompt) ? $0.dropFirst(2) : $0) }
      units += reader.take(String(content), column: column, isFollowedByBody: followed ?? false)
    }
    return units + reader.finish()
  }

  /// Whether nothing is open.
  package var isIdle: Bool { if case .idle = stage { true } else { false } }

  private var stageMayEnd: Bool {
    switch stage {
    case .expectingBody, .table: true
    case .idle, .text, .docString: false
    }
  }

  /// Takes the next line.
  ///
  /// - Parameters:
  ///   - text: The line.
  ///   - column: How many code points stand before it.
  ///   - isFollowedByBody: Whether the next line is known, and begins a table or doc string.
  /// - Returns: What is complete now.
  package mutating func take(_ text: String, column: Int = 0, isFollowedByBody: Bool = false) -> [InputUnit] {
    line += 1
    let trimmed = text.trimmingBlanks
    switch stage {
    case .text:
      // An empty line gives up waiting for the bracket.
      if trimmed.isEmpty {
        end()
      } else {
        unit.text += "\n" + text
        settleText(isFollowedByBody)
      }
    case .docString(let delimiter):
      unit.body.append(text)
      if trimmed == delimiter { end() }
    case .table where trimmed.hasPrefix("|") || trimmed.hasPrefix("#"): unit.body.append(text)
    case .expectingBody where Self.isBodyStart(trimmed[...]):
      unit.bodyLine = line
      unit.body.append(text)
      stage = trimmed.hasPrefix("|") ? .table : .docString(delimiter: String(trimmed.prefix(3)))
    case .table, .expectingBody:
      end()
      if !trimmed.isEmpty { begin(text, column: column, isFollowedByBody) }
    case .idle: if !trimmed.isEmpty { begin(text, column: column, isFollowedByBody) }
    }
    defer { completed = [] }
    return completed
  }

  /// Ends whatever is open.
  package mutating func finish() -> [InputUnit] {
    if !isIdle { end() }
    defer { completed = [] }
    return completed
  }

  private mutating func begin(_ text: String, column: Int, _ isFollowedByBody: Bool) {
    let trimmed = text.trimmingBlanks
    if trimmed.hasPrefix("#") { return }
    if isDescribing, isDescription(trimmed) { return }
    // Tags stand between a description and the next heading.
    isDescribing = Self.isHeading(trimmed[...]) && !trimmed.hasPrefix("@")
    unit = InputUnit(text: text, body: [], line: line, bodyLine: line + 1, column: column)
    if case .step = MetaReader.read(text) {
      settleText(isFollowedByBody)
    } else {
      end()
    }
  }

  private func isDescription(_ line: String) -> Bool {
    if Self.isHeading(line[...]) { return false }
    switch MetaReader.read(line) {
    case .command: return false
    case .mistake: return !line.hasPrefix(":")
    case .step: return !isStep(line)
    }
  }

  private mutating func settleText(_ isFollowedByBody: Bool) {
    let shape = StepShape(unit.text.utf8)
    if shape.isOpen {
      stage = .text
      return
    }
    let trimmed = unit.text.trimmingBlanks
    if trimmed.hasSuffix(":"), !InputReader.isHeading(trimmed[...]) {
      while unit.text.last == " " || unit.text.last == "\t" { unit.text.removeLast() }
      unit.text.removeLast()
      stage = .expectingBody
    } else if isFollowedByBody || needsBody(unit.text) {
      stage = .expectingBody
    } else {
      end()
    }
  }

  private mutating func end() {
    completed.append(unit)
    stage = .idle
  }

  /// Whether a line begins a table or a doc string.
  static func isBodyStart(_ line: Substring) -> Bool {
    let line = line.drop { $0 == " " || $0 == "\t" }
    return line.hasPrefix("|") || line.hasPrefix("\"\"\"") || line.hasPrefix("```")
  }

  /// Whether a line is one of a feature's that are no steps: a heading or tags.
  package static func isHeading(_ line: Substring) -> Bool {
    if line.hasPrefix("@") { return true }
    let headings = ["Feature", "Background", "Rule", "Scenario", "Example", "Scenario Outline", "Scenario Template"]
    return headings.contains { line.hasPrefix($0 + ":") }
  }
}

extension StringProtocol {
  /// The text without blanks and tabs around it.
  var trimmingBlanks: String {
    var slice = Substring(self)
    while let first = slice.first, first == " " || first == "\t" || first == "\r" { slice.removeFirst() }
    while let last = slice.last, last == " " || last == "\t" || last == "\r" { slice.removeLast() }
    return String(slice)
  }
}
