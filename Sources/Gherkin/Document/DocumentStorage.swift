/// What all nodes of a document share, the source and the records of the nodes, which never change.
final class DocumentStorage: Sendable {
  let uri: String
  let source: [UInt8]
  let isMarkdown: Bool
  let isValidUTF8: Bool
  let language: String
  let lineStarts: [UInt32]
  let nextID: Int
  let records: Records

  /// The records of a document, by kind.
  struct Records: Sendable {
    var feature: FeatureRecord?
    var rules: [RuleRecord] = []
    var backgrounds: [BackgroundRecord] = []
    var scenarios: [ScenarioRecord] = []
    var examples: [ExamplesRecord] = []
    var steps: [StepRecord] = []
    var tables: [RecordRange] = []
    var rows: [RowRecord] = []
    var cells: [CellRecord] = []
    var tags: [TagRecord] = []
    var docStrings: [DocStringRecord] = []
    var comments: [CommentRecord] = []
  }

  init(
    uri: String, source: [UInt8], isMarkdown: Bool, isValidUTF8: Bool, language: String, lineStarts: [UInt32],
    nextID: Int, records: Records
  ) {
    self.uri = uri
    self.source = source
    self.isMarkdown = isMarkdown
    self.isValidUTF8 = isValidUTF8
    self.language = language
    self.lineStarts = lineStarts
    self.nextID = nextID
    self.records = records
  }

  /// The string that some bytes of the source hold.
  func string(_ slice: ByteSlice) -> String {
    guard slice.length > 0 else { return "" }
    let source = source
    return String(decoding: slice.range, of: source.span)
  }

  /// The line with a number, which must be one of the document's.
  func line(_ number: Int) -> Line? {
    guard number >= 1, number <= lineStarts.count else { return nil }
    let source = source
    return Line(in: source.span, at: Int(lineStarts[number - 1]), number: number)
  }

  /// The location of a byte.
  ///
  /// - Complexity: O(log *n*) in the number of lines, and O(*m*) in the length of the byte's line.
  func location(of offset: Int) -> Location {
    let offset = min(max(offset, 0), source.count)
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return Location(line: 1, column: 1) }
    let source = source
    let start = Int(lineStarts[low - 1])
    return Location(line: low, column: CodePoints.count(in: source.span, from: start, to: offset) + 1)
  }

  /// The range from a place to a byte.
  func range(from place: Place, to end: UInt32) -> SourceRange {
    let offset = Int(place.offset)
    let end = max(offset, Int(end))
    return SourceRange(start: place.location, end: location(of: end), bytes: offset..<end)
  }

  /// The range of some bytes of the line that starts at a place.
  func range(of slice: ByteSlice, from place: Place) -> SourceRange {
    let bytes = slice.range
    let start = location(bytes.lowerBound, after: place)
    let source = source
    let length = CodePoints.count(in: source.span, from: bytes.lowerBound, to: bytes.upperBound)
    return SourceRange(start: start, end: Location(line: start.line, column: start.column + length), bytes: bytes)
  }

  /// The location of a byte that stands behind a place in the same line.
  func location(_ offset: Int, after place: Place) -> Location {
    let source = source
    let end = min(max(offset, Int(place.offset)), source.count)
    let column = CodePoints.count(in: source.span, from: Int(place.offset), to: end)
    return Location(line: Int(place.line), column: Int(place.column) + column)
  }

  /// The lines of a description, joined, without comments.
  func description(of title: TitleRecord) -> String {
    guard title.firstDescriptionLine <= title.lastDescriptionLine else { return "" }
    var bytes: [UInt8] = []
    appendDescription(of: title, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the lines of a description, joined by line feeds, without comments.
  func appendDescription(of title: TitleRecord, to bytes: inout [UInt8]) {
    guard title.firstDescriptionLine <= title.lastDescriptionLine else { return }
    var isFirst = true
    let source = source
    var cells: [ItemSpan] = []
    for number in Int(title.firstDescriptionLine)...Int(title.lastDescriptionLine) {
      guard let line = line(number) else { continue }
      if !line.isEmpty {
        let first = source[line.textStart]
        if !isMarkdown, first == UInt8(ascii: "#") { continue }
        if isMarkdown, first == UInt8(ascii: "|") {
          LineItems.cells(in: source.span, of: line, into: &cells)
          if LineItems.isDelimiterRow(cells, in: source.span) { continue }
        }
      }
      if !isFirst { bytes.append(0x0A) }
      isFirst = false
      bytes += source[line.start..<line.end]
    }
  }
}
