/// A part of a line with a place of its own: a tag, or the content of a table cell.
struct ItemSpan {
  /// Where the item's bytes start.
  var offset: Int
  /// How many bytes the item has.
  var length: Int
  /// The column of the item, in code points from 1.
  var column: Int
}

/// What the tags of a line belong to.
enum TagOwner {
  case feature, rule, scenario, examples
}

/// A line that the parser has recognised, by the offsets of its parts.
struct ScannedToken {
  /// The kind of the line.
  var kind: TokenKind
  /// The line.
  var line: Line
  /// The column that the token stands at, in code points from 1.
  var column: Int
  /// Where the keyword starts.
  var keywordStart: Int
  /// Where the keyword ends; the same as its start where the line has none.
  var keywordEnd: Int
  /// Where the text after the keyword starts.
  var textStart: Int
  /// Where the text ends.
  var textEnd: Int
  /// The type that a step's keyword has.
  var keywordType = StepKeywordType.unknown
  /// What a line of tags belongs to.
  var tagOwner = TagOwner.feature
  /// How many code points of indentation the lines of the open doc string lose.
  var docStringIndent = 0
  /// The byte that the separator of the open doc string is made of, 0 outside.
  var docStringFence: UInt8 = 0

  /// Makes the token of a whole line.
  @inline(__always)
  init(_ kind: TokenKind, _ line: Line, column: Int) {
    self.kind = kind
    self.line = line
    self.column = column
    keywordStart = line.textStart
    keywordEnd = line.textStart
    textStart = line.textStart
    textEnd = line.textEnd
  }
}

/// What receives the tokens of a source one by one, in order.
protocol TokenSink {
  /// Takes the next token.
  ///
  /// - Parameters:
  ///   - token: The token.
  ///   - items: The tags or cells of the line.
  ///   - source: The bytes that the token's offsets point into.
  /// - Returns: An error that the token brought to light.
  mutating func accept(_ token: ScannedToken, _ items: [ItemSpan], in source: Span<UInt8>) -> ParseError?
}
