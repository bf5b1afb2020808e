/// Reads a source line by line, tells each line's kind from its text and the lines before it, and hands it on as a token.
///
/// The parser keeps no tree: what is built from the tokens is the sink's affair.
struct LineParser<Sink: TokenSink> {
  /// What receives the tokens.
  var sink: Sink
  /// The errors so far.
  private(set) var errors: [ParseError] = []
  /// Where some of the lines start.
  private(set) var lines = LineIndex(size: 0)
  /// Whether the source is UTF-8, as far as it has been read.
  private(set) var encoding = EncodingCheck()

  var state = ParserState.start
  var keywords: KeywordTable
  let isMarkdown: Bool
  var hasFeatureLine = false
  private var inBackground = false
  var items: [ItemSpan] = []
  private var isStopped = false
  private let acceptance = ParserState.acceptance
  private let maximumErrors = 11

  /// The byte that the open doc string's separator is made of, 0 outside a doc string.
  var fence: UInt8 = 0
  /// How many bytes the open doc string's separator has.
  var fenceLength = 0
  var docStringIndent = 0

  /// Makes a parser.
  ///
  /// - Parameters:
  ///   - sink: What receives the tokens.
  ///   - keywords: The keywords of the language that a source without a `# language:` line is in.
  ///   - isMarkdown: Whether the source is Markdown with Gherkin.
  init(sink: Sink, keywords: KeywordTable, isMarkdown: Bool) {
    self.sink = sink
    self.keywords = keywords
    self.isMarkdown = isMarkdown
    items.reserveCapacity(32)
  }

  /// Reads a whole source.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  mutating func parse(_ source: Span<UInt8>) {
    lines = LineIndex(size: source.count)
    var next = LineParser.byteOrderMarkLength(source)
    var number = 0
    var nextIndexed = 0
    while next < source.count, !isStopped {
      number += 1
      if next >= nextIndexed {
        lines.append(start: next, number: number)
        nextIndexed = next + LineIndex.distance
        // The bytes are looked at while they are on their way to the scanner.
        encoding.advance(to: nextIndexed, in: source)
      }
      let line = Line(in: source, at: next, number: number)
      next = line.next
      accept(line, in: source)
    }
    encoding.advance(to: source.count, in: source)
    if !isStopped { acceptEnd(line: number + 1, in: source) }
  }

  private static func byteOrderMarkLength(_ source: Span<UInt8>) -> Int {
    source.count >= 3 && source[0] == 0xEF && source[1] == 0xBB && source[2] == 0xBF ? 3 : 0
  }

  @inline(__always)
  func accepts(_ kind: TokenKind) -> Bool {
    acceptance[Int(state.rawValue) + (inBackground ? ParserState.all.count : 0)] & kind.bit != 0
  }

  private mutating func accept(_ line: Line, in source: Span<UInt8>) {
    if isMarkdown, isDelimiterRow(line, in: source) {
      openDescription()
      if let error = sink.accept(ScannedToken(.empty, line, column: 1), [], in: source) { add(error) }
      return
    }
    var token = isMarkdown ? markdownToken(line, in: source) : classicToken(line, in: source)
    if isStopped { return }
    if !accepts(token.kind) {
      guard accepts(.other) else {
        let text = String(decoding: line.textStart..<line.textEnd, of: source)
        add(
          ParseError(
            code: .unexpectedToken, location: Location(line: line.number, column: line.indent + 1),
            expected: state.expected(inBackground: inBackground), found: text))
        return
      }
      token = ScannedToken(.other, line, column: 1)
      token.docStringIndent = docStringIndent
      token.docStringFence = isMarkdown ? 0 : fence
    }
    advance(&token, in: source)
    if isStopped { return }
    if let error = sink.accept(token, items, in: source) { add(error) }
  }

  private mutating func acceptEnd(line number: Int, in source: Span<UInt8>) {
    let end = source.count
    guard accepts(.endOfFile) else {
      add(
        ParseError(
          code: .unexpectedEndOfFile, location: Location(line: number, column: 0),
          expected: state.expected(inBackground: inBackground), found: nil))
      return
    }
    var line = Line(in: source, at: end, number: number)
    line.start = end
    items.removeAll(keepingCapacity: true)
    if let error = sink.accept(ScannedToken(.endOfFile, line, column: 1), items, in: source) { add(error) }
  }

  /// Moves to the state that follows a token, and says what a line of tags belongs to.
  private mutating func advance(_ token: inout ScannedToken, in source: Span<UInt8>) {
    switch token.kind {
    case .endOfFile, .empty: break
    case .language: state = .language
    case .featureLine: state = .featureTitle
    case .ruleLine:
      state = .ruleTitle
      inBackground = false
    case .backgroundLine:
      state = .backgroundTitle
      inBackground = true
    case .scenarioLine:
      state = .scenarioTitle
      inBackground = false
    case .examplesLine: state = .examplesTitle
    case .stepLine: state = .step
    case .tagLine: advanceToTags(&token, in: source)
    case .tableRow: advanceToTableRow()
    case .docStringSeparator: advanceOverSeparator(&token, in: source)
    case .comment, .other: openDescription()
    }
  }

  private mutating func openDescription() {
    switch state {
    case .featureTitle: state = .featureDescription
    case .ruleTitle: state = .ruleDescription
    case .backgroundTitle: state = .backgroundDescription
    case .scenarioTitle: state = .scenarioDescription
    case .examplesTitle: state = .examplesDescription
    default: break
    }
  }

  private mutating func advanceToTableRow() {
    switch state {
    case .step, .table: state = .table
    case .closedDocString, .tableAfterDocString: state = .tableAfterDocString
    default: state = .examplesTable
    }
  }

  private mutating func advanceOverSeparator(_ token: inout ScannedToken, in source: Span<UInt8>) {
    if state.isInDocString {
      state = state == .docString ? .closedDocString : .closedDocStringAfterTable
      fence = 0
      fenceLength = 0
      docStringIndent = 0
      token.textStart = token.line.textEnd
    } else {
      state = state == .table ? .docStringAfterTable : .docString
      fence = source[token.keywordStart]
      fenceLength = token.keywordEnd - token.keywordStart
      docStringIndent = token.line.indent
    }
  }

  private mutating func advanceToTags(_ token: inout ScannedToken, in source: Span<UInt8>) {
    switch state {
    case .start, .language, .featureTags:
      token.tagOwner = .feature
      state = .featureTags
    case .ruleTags: token.tagOwner = .rule
    case .scenarioTags: token.tagOwner = .scenario
    case .examplesTags: token.tagOwner = .examples
    default:
      // A look ahead uses the same buffer for the tags that it passes over.
      let tags = items
      let follower = lineAfterTags(token.line, in: source)
      items = tags
      if follower == .examplesLine, accepts(.examplesLine) {
        token.tagOwner = .examples
        state = .examplesTags
      } else {
        let isScenario = follower == .scenarioLine
        token.tagOwner = isScenario ? .scenario : .rule
        state = isScenario ? .scenarioTags : .ruleTags
        inBackground = false
      }
    }
  }

  /// The kind of the first line after some tags that is no tag line, comment or empty line.
  private mutating func lineAfterTags(_ line: Line, in source: Span<UInt8>) -> TokenKind {
    var next = line.next
    var number = line.number
    while next < source.count, !isStopped {
      number += 1
      let line = Line(in: source, at: next, number: number)
      next = line.next
      let kind = followerKind(line, in: source)
      switch kind {
      case .empty, .comment, .tagLine: continue
      default: return kind
      }
    }
    return .endOfFile
  }

  private mutating func followerKind(_ line: Line, in source: Span<UInt8>) -> TokenKind {
    if isMarkdown { return markdownFollowerKind(line, in: source) }
    if line.isEmpty { return .empty }
    switch source[line.textStart] {
    case UInt8(ascii: "#"): return .comment
    case UInt8(ascii: "@"): return hasSoundTags(line, in: source) ? .tagLine : .other
    default: return keywords.title(in: source, from: line.textStart, to: line.textEnd)?.kind ?? .other
    }
  }

  /// Whether a line's tags are sound; reports it where they are not.
  mutating func hasSoundTags(_ line: Line, in source: Span<UInt8>) -> Bool {
    guard let column = LineItems.tags(in: source, of: line, into: &items) else { return true }
    add(
      ParseError(code: .tagWithBlank, location: Location(line: line.number, column: column), expected: [], found: nil))
    return false
  }

  /// Adds an error unless the same was added before; the eleventh is the last.
  mutating func add(_ error: ParseError) {
    guard errors.count < maximumErrors, !errors.contains(error) else { return }
    errors.append(error)
    if errors.count == maximumErrors { isStopped = true }
  }
}
