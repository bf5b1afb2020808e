/// The tree's nodes as they are stored: small records in one array for each kind, which point at each other by index and
/// at the source by byte offset. The public nodes are views of them.

/// A stretch of the source in bytes.
struct ByteSlice: Sendable {
  var offset: UInt32 = 0
  var length: UInt32 = 0

  init() {}

  init(_ start: Int, _ end: Int) {
    offset = UInt32(truncatingIfNeeded: start)
    length = UInt32(truncatingIfNeeded: max(0, end - start))
  }

  var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

/// A run of records in the array of their kind.
struct RecordRange: Sendable {
  var start: UInt32 = 0
  var end: UInt32 = 0

  init() {}

  init(_ start: Int, _ end: Int) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.end = UInt32(truncatingIfNeeded: end)
  }

  var range: Range<Int> { Int(start)..<Int(end) }
}

/// Where a record stands in the source.
struct Place: Sendable {
  var offset: UInt32 = 0
  var line: UInt32 = 0
  var column: UInt32 = 0

  init() {}

  init(_ offset: Int, line: Int, column: Int) {
    self.offset = UInt32(truncatingIfNeeded: offset)
    self.line = UInt32(truncatingIfNeeded: line)
    self.column = UInt32(truncatingIfNeeded: column)
  }

  var location: Location { Location(line: Int(line), column: Int(column)) }
}

/// What a feature, a rule, a background, a scenario and examples have in common.
struct TitleRecord: Sendable {
  var place = Place()
  var keyword = ByteSlice()
  var name = ByteSlice()
  var tags = RecordRange()
  /// The numbers of the first and last line of the description; the last is smaller where there is none.
  var firstDescriptionLine: UInt32 = 1
  var lastDescriptionLine: UInt32 = 0
  var id: UInt32 = 0
  /// Where the last line that belongs to the node ends.
  var end: UInt32 = 0
}

/// The feature of a document.
struct FeatureRecord: Sendable {
  var title = TitleRecord()
  var background: Int32 = -1
  var scenarios = RecordRange()
  var rules = RecordRange()
}

/// A rule.
struct RuleRecord: Sendable {
  var title = TitleRecord()
  var background: Int32 = -1
  var scenarios = RecordRange()
}

/// A background.
struct BackgroundRecord: Sendable {
  var title = TitleRecord()
  var steps = RecordRange()
}

/// A scenario.
struct ScenarioRecord: Sendable {
  var title = TitleRecord()
  var steps = RecordRange()
  var examples = RecordRange()
  var rule: Int32 = -1
}

/// A table of examples.
struct ExamplesRecord: Sendable {
  var title = TitleRecord()
  /// The header row and the rows below it.
  var rows = RecordRange()
}

/// A step.
struct StepRecord: Sendable {
  var place = Place()
  var keyword = ByteSlice()
  var text = ByteSlice()
  var id: UInt32 = 0
  var table: Int32 = -1
  var docString: Int32 = -1
  var type = StepKeywordType.unknown
  /// The type with a conjunction resolved within the steps of the same parent; a conjunction where none comes before.
  var resolvedType = StepKeywordType.unknown
}

/// A table row.
struct RowRecord: Sendable {
  var place = Place()
  var cells = RecordRange()
  var id: UInt32 = 0
  var end: UInt32 = 0
}

/// The content of a table cell as the source has it, without the blanks around it.
struct CellRecord: Sendable {
  var place = Place()
  var content = ByteSlice()
}

/// A tag.
struct TagRecord: Sendable {
  var place = Place()
  var name = ByteSlice()
  var id: UInt32 = 0
}

/// A doc string.
struct DocStringRecord: Sendable {
  var place = Place()
  var delimiter = ByteSlice()
  var mediaType = ByteSlice()
  /// The number of the closing line.
  var closingLine: UInt32 = 0
  var indent: UInt32 = 0
  var end: UInt32 = 0
}

/// A comment.
struct CommentRecord: Sendable {
  var text = ByteSlice()
  var line: UInt32 = 0
}
