/// Prints Gherkin: a source in canonical form, a source with some of its bytes replaced, or something new.
///
/// ```swift
/// let result = GherkinPrinter.format(source, uri: "specs/order.feature")
/// if let formatted = result.bytes, formatted != source {
///   print("specs/order.feature is not in canonical form")
/// }
/// ```
public enum GherkinPrinter {
  /// What formatting a source gives.
  public struct Result: Sendable {
    /// The source in canonical form, or `nil` where it has errors.
    public let bytes: [UInt8]?

    /// The errors of the source.
    public let errors: [ParseError]
  }

  /// Brings a source into canonical form.
  ///
  /// Every level is indented by two spaces, tables are aligned by the width of their cells on a terminal, one empty line
  /// stands before each block and where there were several, and comments stay where they are. What a runner sees of
  /// the source does not change: its pickles are the same but for their places, and the content of doc strings is
  /// untouched. Formatting the result again changes nothing.
  ///
  /// In Markdown the lines of Gherkin are brought into canonical form, with tables and doc strings under the text of
  /// their step, and all other lines are the author's and come back byte for byte.
  ///
  /// - Parameters:
  ///   - source: The bytes of the source.
  ///   - uri: The name of the source; one that ends in `.md` says that it is Markdown with Gherkin.
  /// - Returns: The canonical form, or the source's errors.
  /// - Complexity: O(*n*) in the number of bytes.
  public static func format(_ source: [UInt8], uri: String) -> Result {
    guard source.count < Int(UInt32.max) else { return Result(bytes: nil, errors: [.sourceTooLarge]) }
    // The document's builder finds what the lines alone do not show, such as rows of different lengths.
    let errors = GherkinParser().parse(source, uri: uri).errors
    guard errors.isEmpty else { return Result(bytes: nil, errors: errors) }
    let isMarkdown = GherkinParser.isMarkdown(uri: uri)
    let collector = FormattedLineCollector(isMarkdown: isMarkdown)
    var parser = LineParser(sink: collector, keywords: KeywordTable.english, isMarkdown: isMarkdown)
    parser.parse(source.span)
    if isMarkdown {
      var printer = MarkdownPrinter(
        lines: parser.sink.lines, tableCount: parser.sink.tableCount, source: source, keywords: parser.keywords)
      return Result(bytes: printer.print(), errors: [])
    }
    var printer = CanonicalPrinter(
      lines: parser.sink.lines, tableCount: parser.sink.tableCount, source: source, keywords: parser.keywords)
    return Result(bytes: printer.print(), errors: [])
  }

  /// Prints a document as it was read, byte for byte.
  ///
  /// - Parameter document: The document.
  /// - Returns: The bytes of its source.
  public static func print(_ document: GherkinDocument) -> [UInt8] { document.source }

  /// Replaces stretches of a source and leaves all else byte for byte.
  ///
  /// - Parameters:
  ///   - edits: The replacements, in any order.
  ///   - source: The bytes of the source.
  /// - Returns: The new source, or `nil` where two edits overlap or one lies outside the source.
  /// - Complexity: O(*n* + *m* log *m*) in the number of bytes and of edits.
  public static func applying(_ edits: [SourceEdit], to source: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var copied = 0
    let sorted = edits.enumerated().sorted { left, right in
      (left.element.range.lowerBound, left.element.range.upperBound, left.offset)
        < (right.element.range.lowerBound, right.element.range.upperBound, right.offset)
    }
    for (_, edit) in sorted {
      guard edit.range.lowerBound >= copied, edit.range.upperBound <= source.count else { return nil }
      result += source[copied..<edit.range.lowerBound]
      result += Array(edit.text.utf8)
      copied = edit.range.upperBound
    }
    result += source[copied...]
    return result
  }
}

/// A stretch of a source and the text that takes its place.
public struct SourceEdit: Hashable, Sendable {
  /// The offsets of the bytes to replace, such as those of a node's ``GherkinNode/range``; an empty range inserts.
  public var range: Range<Int>

  /// What takes their place.
  public var text: String

  /// Makes an edit.
  public init(range: Range<Int>, text: String) {
    self.range = range
    self.text = text
  }
}
