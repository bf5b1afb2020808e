/// A line of a source on its way to its canonical form.
struct FormattedLine {
  /// What the line is to the printer.
  enum Role {
    case blank
    case comment
    /// A line of a description.
    case prose
    /// A line of tags, and a title that opens a block.
    case tags, title
    case step
    /// A table row, with the number of its table.
    case row(table: Int)
    /// The row that Markdown puts under the header, with the number of its table.
    case delimiterRow(table: Int)
    case separator
    /// A line of a doc string, with the indentation that it loses.
    case content(indent: Int)
    case language
  }

  /// What the line is.
  var role: Role
  /// The line's token.
  var token: ScannedToken
  /// How many levels of two spaces the line is indented by.
  var level: Int
  /// The cells or tags of the line.
  var items: [ItemSpan]
}

/// Collects the lines of a source and finds how deep each belongs.
struct FormattedLineCollector: TokenSink {
  private(set) var lines: [FormattedLine] = []
  private(set) var tableCount = 0
  private let isMarkdown: Bool
  private var delimiters: [ItemSpan] = []
  private var isInTable = false
  private var isInDocString = false
  private var isInRule = false
  private var isInExamples = false
  /// The level of the title that opened the current block.
  private var titleLevel = 0

  /// Makes a collector.
  ///
  /// - Parameter isMarkdown: Whether the source is Markdown with Gherkin.
  init(isMarkdown: Bool) {
    self.isMarkdown = isMarkdown
  }

  mutating func accept(_ token: ScannedToken, _ items: [ItemSpan], in source: Span<UInt8>) -> ParseError? {
    switch token.kind {
    case .endOfFile: return nil
    case .empty:
      if isInTable, isDelimiterRow(token.line, in: source) {
        append(.delimiterRow(table: tableCount - 1), token, level: argumentLevel, delimiters)
      } else {
        append(.blank, token, level: 0)
      }
    case .comment: append(.comment, token, level: 0)
    case .language: append(.language, token, level: 0)
    case .other:
      if isInDocString {
        append(.content(indent: token.docStringIndent), token, level: argumentLevel)
      } else {
        append(token.line.isEmpty ? .blank : .prose, token, level: titleLevel + 1)
      }
    case .tagLine:
      isInTable = false
      append(.tags, token, level: level(of: token.tagOwner), items)
    case .featureLine: open(token, .feature)
    case .ruleLine:
      open(token, .rule)
      isInRule = true
    case .backgroundLine, .scenarioLine:
      isInExamples = false
      open(token, .scenario)
    case .examplesLine:
      open(token, .examples)
      isInExamples = true
    case .stepLine:
      isInTable = false
      append(.step, token, level: titleLevel + 1)
    case .tableRow:
      if !isInTable { tableCount += 1 }
      isInTable = true
      append(.row(table: tableCount - 1), token, level: argumentLevel, items)
    case .docStringSeparator:
      isInDocString.toggle()
      isInTable = false
      append(.separator, token, level: argumentLevel)
    }
    return nil
  }

  private mutating func isDelimiterRow(_ line: Line, in source: Span<UInt8>) -> Bool {
    guard isMarkdown, !line.isEmpty, source[line.textStart] == UInt8(ascii: "|") else { return false }
    LineItems.cells(in: source, of: line, into: &delimiters)
    return LineItems.isDelimiterRow(delimiters, in: source)
  }

  private var argumentLevel: Int { titleLevel + (isInExamples ? 1 : 2) }

  private func level(of owner: TagOwner) -> Int {
    switch owner {
    case .feature: 0
    case .rule: 1
    case .scenario: isInRule ? 2 : 1
    case .examples: isInRule ? 3 : 2
    }
  }

  private mutating func open(_ token: ScannedToken, _ owner: TagOwner) {
    isInTable = false
    if owner != .examples { isInExamples = false }
    titleLevel = level(of: owner)
    append(.title, token, level: titleLevel)
  }

  private mutating func append(
    _ role: FormattedLine.Role, _ token: ScannedToken, level: Int, _ items: [ItemSpan] = []
  ) {
    lines.append(FormattedLine(role: role, token: token, level: level, items: items))
  }
}
