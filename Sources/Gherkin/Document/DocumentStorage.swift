/// What all nodes of a document share, the source and the records of the nodes, which never change.
final class DocumentStorage: Sendable {
  let uri: String
  let source: [UInt8]
  let isMarkdown: Bool
  let isValidUTF8: Bool
  let language: String
  let lines: LineIndex
  let nextID: Int
  let records: Records

  /// The records of a document, by kind.
  struct Records: Sendable {
    var feature: FeatureRecord?
    var rules: [RuleRecord] = []
    var backgrounds: [BackgroundRecord] = []
    var scenarios: [ScenarioRecord] = []
    var examples: [ExamplesRecord] = []
    var details: [TitleDetails] = []
    var steps: [StepRecord] = []
    var arguments: [ArgumentRecord] = []
    var rows: [RowRecord] = []
    var cells: [CellRecord] = []
    var tags: [TagRecord] = []
    var docStrings: [DocStringRecord] = []
    var comments: [CommentRecord] = []

    /// The details of a title; nothing where it has none.
    func details(of title: TitleRecord) -> TitleDetails {
      title.details < 0 ? TitleDetails() : details[Int(title.details)]
    }

    /// The index of the rule that a scenario belongs to.
    ///
    /// - Complexity: O(log *n*) in the number of rules.
    func ruleIndex(ofScenario index: Int) -> Int? {
      var low = 0
      var high = rules.count
      while low < high {
        let middle = (low + high) / 2
        if Int(rules[middle].scenarios.start) <= index { low = middle + 1 } else { high = middle }
      }
      return low > 0 ? low - 1 : nil
    }

    /// The index of a step's argument.
    ///
    /// - Complexity: O(log *n*) in the number of arguments where the step has one, else O(1).
    func argumentIndex(ofStep index: Int) -> Int? {
      guard steps[index].hasArgument else { return nil }
      var low = 0
      var high = arguments.count
      while low < high {
        let middle = (low + high) / 2
        if Int(arguments[middle].step) < index { low = middle + 1 } else { high = middle }
      }
      return low < arguments.count ? low : nil
    }
  }

  init(
    uri: String, source: [UInt8], isMarkdown: Bool, isValidUTF8: Bool, language: String, lines: LineIndex,
    nextID: Int, records: Records
  ) {
    self.uri = uri
    self.source = source
    self.isMarkdown = isMarkdown
    self.isValidUTF8 = isValidUTF8
    self.language = language
    self.lines = lines
    self.nextID = nextID
    self.records = records
  }

  /// The string that some bytes of the source hold.
  func string(_ slice: ByteSlice) -> String {
    guard slice.length > 0 else { return "" }
    let source = source
    return String(decoding: slice.range, of: source.span)
  }

  // MARK: Lines

  /// The line with a number, or `nil` where the source has none.
  ///
  /// - Complexity: O(log *n*) in the size of the source.
  func line(_ number: Int) -> Line? {
    let source = source
    return lines.line(number, in: source.span)
  }

  /// The rest of a line from a mark on.
  func rest(of mark: Mark) -> Line {
    let source = source
    return Line(in: source.span, at: Int(mark.offset), number: Int(mark.line))
  }

  // MARK: Parts of lines

  /// The keyword of a title.
  func keyword(of title: TitleRecord) -> ByteSlice {
    ByteSlice(Int(title.mark.offset), Int(title.mark.offset) + Int(title.keywordLength))
  }

  /// The name behind the keyword and the colon of a title.
  func name(of title: TitleRecord) -> ByteSlice {
    let source = source
    let line = rest(of: title.mark)
    // Only in Markdown a title has no keyword; as in the reference its trailing blanks stay.
    guard title.keywordLength > 0 else { return ByteSlice(line.start, line.end) }
    let start = line.start + Int(title.keywordLength) + 1
    return ByteSlice(Blanks.skip(in: source.span, from: start, to: line.textEnd), line.textEnd)
  }

  /// The keyword of a step.
  func keyword(of step: StepRecord) -> ByteSlice {
    ByteSlice(Int(step.mark.offset), Int(step.mark.offset) + Int(step.keywordLength))
  }

  /// The text behind the keyword of a step.
  func text(of step: StepRecord) -> ByteSlice {
    let source = source
    let line = rest(of: step.mark)
    let start = min(line.start + Int(step.keywordLength), line.textEnd)
    return ByteSlice(Blanks.skip(in: source.span, from: start, to: line.textEnd), line.textEnd)
  }

  /// The media type behind the separator that opens a doc string.
  func mediaType(of docString: DocStringRecord) -> ByteSlice {
    let source = source
    let line = rest(of: docString.mark)
    let start = min(line.start + Int(docString.delimiterLength), line.textEnd)
    return ByteSlice(Blanks.skip(in: source.span, from: start, to: line.textEnd), line.textEnd)
  }

  // MARK: Places

  /// The place of a mark.
  ///
  /// - Complexity: O(*n*) in the number of bytes before it in its line.
  func place(_ mark: Mark) -> Place {
    let source = source
    let first = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var column = 1
    var offset = Int(mark.offset)
    while offset > first {
      offset -= 1
      let byte = source[offset]
      if byte == 0x0A || byte == 0x0D { break }
      if byte & 0xC0 != 0x80 { column += 1 }
    }
    return Place(Int(mark.offset), line: Int(mark.line), column: column)
  }

  /// The location of a mark.
  func location(_ mark: Mark) -> Location { place(mark).location }

  /// The location of a byte.
  ///
  /// - Complexity: O(log *n*) in the size of the source, and O(*m*) in the length of the byte's line.
  func location(of offset: Int) -> Location {
    let offset = min(max(offset, 0), source.count)
    let source = source
    guard let line = lines.line(of: offset, in: source.span) else { return Location(line: 1, column: 1) }
    return Location(
      line: line.number, column: CodePoints.count(in: source.span, from: line.start, to: offset) + 1)
  }

  /// The range from a place to a byte.
  func range(from place: Place, to end: Int) -> SourceRange {
    let offset = Int(place.offset)
    let end = max(offset, end)
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

  // MARK: Descriptions

  /// The lines of a description, joined, without comments.
  func description(of title: TitleRecord) -> String {
    guard records.details(of: title).hasDescription else { return "" }
    var bytes: [UInt8] = []
    appendDescription(of: title, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The lines of a description that are not empty, each without the blanks around it, with its place.
  func describedLines(of title: TitleRecord) -> [(location: Location, text: String)] {
    let details = records.details(of: title)
    guard details.hasDescription else { return [] }
    var lines: [(location: Location, text: String)] = []
    let source = source
    var line = rest(of: title.mark)
    while line.number < Int(details.lastDescriptionLine), line.next < source.count {
      line = Line(in: source.span, at: line.next, number: line.number + 1)
      guard line.number >= Int(details.firstDescriptionLine), !line.isEmpty else { continue }
      if !isMarkdown, source[line.textStart] == UInt8(ascii: "#") { continue }
      let column = 1 + CodePoints.count(in: source.span, from: line.start, to: line.textStart)
      lines.append(
        (
          Location(line: line.number, column: column),
          String(decoding: source[line.textStart..<line.end], as: UTF8.self)
        ))
    }
    return lines
  }

  private func appendDescription(of title: TitleRecord, to bytes: inout [UInt8]) {
    let details = records.details(of: title)
    let source = source
    var isFirst = true
    var cells: [ItemSpan] = []
    var line = rest(of: title.mark)
    while line.number < Int(details.lastDescriptionLine), line.next < source.count {
      line = Line(in: source.span, at: line.next, number: line.number + 1)
      guard line.number >= Int(details.firstDescriptionLine) else { continue }
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
