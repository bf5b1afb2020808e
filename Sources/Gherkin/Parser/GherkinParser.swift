/// Parses Gherkin: the text of `.feature` files, and Markdown with Gherkin.
///
/// ```swift
/// let result = GherkinParser().parse(source, uri: "specs/order.feature")
/// for error in result.errors {
///   print("\(result.uri):\(error)")
/// }
/// for pickle in result.document?.pickles() ?? [] {
///   print(pickle.name)
/// }
/// ```
///
/// All of the current language is read as the reference implementations read it. A source never traps the parser: it gives
/// a document or errors, in a time that is linear in its size.
public struct GherkinParser: Sendable {
  private let keywords: KeywordTable
  private let firstID: Int

  /// Makes a parser of sources that are in English where they name no other language.
  ///
  /// - Parameter firstID: The number of the first id that a document's nodes get. Where several documents share one
  ///   stream of messages, go on with the ``Pickles/nextID`` of the one before.
  public init(firstID: NodeID = NodeID(0)) {
    self.init(dialect: nil, firstID: firstID)
  }

  /// Makes a parser of sources that are in a language where they name no other.
  ///
  /// - Parameters:
  ///   - dialect: The keywords of sources that name no language; English where it is `nil`.
  ///   - firstID: The number of the first id that a document's nodes get.
  public init(dialect: Dialect?, firstID: NodeID = NodeID(0)) {
    keywords = dialect.map(KeywordTable.init) ?? KeywordTable.english
    self.firstID = firstID.number
  }

  /// Parses the bytes of a source.
  ///
  /// - Parameters:
  ///   - source: UTF-8, with or without a byte order mark, with any line ends. Bytes that are no UTF-8 are kept, and
  ///     reported as a warning.
  ///   - uri: The name of the source; one that ends in `.md` says that it is Markdown with Gherkin.
  /// - Returns: The document, or the errors that the source has.
  /// - Complexity: O(*n*) in the number of bytes.
  public func parse(_ source: [UInt8], uri: String) -> ParseResult {
    guard source.count < Int(UInt32.max) else { return ParseResult(uri: uri, errors: [.sourceTooLarge]) }
    let isMarkdown = GherkinParser.isMarkdown(uri: uri)
    let builder = DocumentBuilder(firstID: firstID, size: source.count)
    var parser = LineParser(sink: builder, keywords: keywords, isMarkdown: isMarkdown)
    parser.parse(source.span)
    let invalidOffset = parser.encoding.invalidOffset
    let storage = DocumentStorage(
      uri: uri, source: source, isMarkdown: isMarkdown, isValidUTF8: invalidOffset == nil,
      language: parser.keywords.language, lines: parser.lines, nextID: parser.sink.nextID,
      records: parser.sink.records)
    var warnings: [ParseWarning] = []
    if let invalidOffset {
      warnings.append(ParseWarning(code: .invalidUTF8, location: storage.location(of: invalidOffset), name: ""))
    }
    guard parser.errors.isEmpty else { return ParseResult(uri: uri, errors: parser.errors, warnings: warnings) }
    let document = GherkinDocument(storage: storage)
    warnings += UndefinedPlaceholders.warnings(of: storage)
    return ParseResult(uri: uri, document: document, warnings: warnings)
  }

  /// Parses a source.
  ///
  /// - Parameters:
  ///   - source: The text.
  ///   - uri: The name of the source; one that ends in `.md` says that it is Markdown with Gherkin.
  /// - Returns: The document, or the errors that the source has.
  /// - Complexity: O(*n*) in the length of the text.
  public func parse(_ source: String, uri: String) -> ParseResult { parse(Array(source.utf8), uri: uri) }

  /// Reads a source line by line without building a tree.
  ///
  /// - Parameters:
  ///   - source: The bytes of the source.
  ///   - uri: The name of the source; one that ends in `.md` says that it is Markdown with Gherkin.
  ///   - body: Takes each line's token in order; the last is the end of the file.
  /// - Returns: The errors that the source has.
  /// - Complexity: O(*n*) in the number of bytes.
  public func scanTokens(
    _ source: [UInt8], uri: String, _ body: (Token) -> Void
  ) -> [ParseError] {
    guard source.count < Int(UInt32.max) else { return [.sourceTooLarge] }
    return withoutActuallyEscaping(body) { body in
      let sink = TokenForwarder(forward: body, isMarkdown: GherkinParser.isMarkdown(uri: uri))
      var parser = LineParser(sink: sink, keywords: keywords, isMarkdown: sink.isMarkdown)
      parser.parse(source.span)
      return parser.errors
    }
  }

  /// Whether a name is that of a Markdown source.
  static func isMarkdown(uri: String) -> Bool { uri.utf8.suffix(3).elementsEqual(".md".utf8) }
}

extension ParseError {
  /// The error of a source whose offsets would not fit into the document's records.
  static let sourceTooLarge = ParseError(
    code: .sourceTooLarge, location: Location(line: 1, column: 1), expected: [], found: nil)
}

/// What parsing a source gives.
public struct ParseResult: Sendable {
  /// The name of the source.
  public let uri: String

  /// The document, or `nil` where there are errors.
  public let document: GherkinDocument?

  /// The errors, in the order of the source; at most eleven.
  public let errors: [ParseError]

  /// What is valid Gherkin and yet most likely not meant.
  public let warnings: [ParseWarning]

  init(uri: String, document: GherkinDocument? = nil, errors: [ParseError] = [], warnings: [ParseWarning] = []) {
    self.uri = uri
    self.document = document
    self.errors = errors
    self.warnings = warnings
  }
}
