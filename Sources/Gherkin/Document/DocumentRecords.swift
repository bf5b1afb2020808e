/// The tree's nodes as they are stored: small records in one array for each kind, which point at each other by index and
/// at the source by byte offset. The public nodes are views of them.
///
/// A large tree costs what its memory costs to touch for the first time, so that a record holds only what a look at its
/// line does not tell: where a text starts and ends, and mostly the column, are found again when they are asked for.

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

/// Where something stands in the source.
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

/// Where a record stands that has little more than blanks before it in its line, which give its column.
struct Mark: Sendable {
  var offset: UInt32 = 0
  var line: UInt32 = 0

  init() {}

  init(_ offset: Int, line: Int) {
    self.offset = UInt32(truncatingIfNeeded: offset)
    self.line = UInt32(truncatingIfNeeded: line)
  }
}

/// What a feature, a rule, a background, a scenario and examples have in common; the name is the rest of the line.
struct TitleRecord: Sendable {
  var mark = Mark()
  var id: UInt32 = 0
  /// Where the last line that belongs to the node ends.
  var end: UInt32 = 0
  /// The index of the title's details, negative where it has none.
  var details: Int32 = -1
  var keywordLength: UInt8 = 0
}

/// What not every title has: tags, a description, and the examples of an outline.
struct TitleDetails: Sendable {
  var tags = RecordRange()
  var examples = RecordRange()
  /// The numbers of the first and last line of the description; the last is smaller where there is none.
  var firstDescriptionLine: UInt32 = 1
  var lastDescriptionLine: UInt32 = 0

  var hasDescription: Bool { firstDescriptionLine <= lastDescriptionLine }
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
}

/// A table of examples.
struct ExamplesRecord: Sendable {
  var title = TitleRecord()
  /// The header row and the rows below it.
  var rows = RecordRange()
}

/// A step, whose text is the rest of the line.
struct StepRecord: Sendable {
  var mark = Mark()
  var id: UInt32 = 0
  var keywordLength: UInt8 = 0
  var type = StepKeywordType.unknown
  /// The type with a conjunction resolved within the steps of the same parent; a conjunction where none comes before.
  var resolvedType = StepKeywordType.unknown
  /// Whether there is an ``ArgumentRecord`` of the step.
  var hasArgument = false
}

/// The data table and the doc string of a step that has either.
struct ArgumentRecord: Sendable {
  /// The index of the step; a later record's is larger.
  var step: UInt32 = 0
  var tableRows = RecordRange()
  var docString: Int32 = -1
}

/// A table row, which goes to the end of its line.
struct RowRecord: Sendable {
  var mark = Mark()
  var id: UInt32 = 0
  var cells = RecordRange()
}

/// The content of a table cell as the source has it, without the blanks around it.
struct CellRecord: Sendable {
  var place = Place()
  var length: UInt32 = 0

  var content: ByteSlice { ByteSlice(Int(place.offset), Int(place.offset) + Int(length)) }
}

/// A tag.
struct TagRecord: Sendable {
  var place = Place()
  var length: UInt32 = 0
  var id: UInt32 = 0

  var name: ByteSlice { ByteSlice(Int(place.offset), Int(place.offset) + Int(length)) }
}

/// A doc string, whose media type is the rest of the opening line.
struct DocStringRecord: Sendable {
  var mark = Mark()
  var delimiterLength: UInt32 = 0
  var indent: UInt32 = 0
  /// The number of the closing line.
  var closingLine: UInt32 = 0
  var end: UInt32 = 0

  var delimiter: ByteSlice { ByteSlice(Int(mark.offset), Int(mark.offset) + Int(delimiterLength)) }
}

/// A comment.
struct CommentRecord: Sendable {
  var text = ByteSlice()
  var line: UInt32 = 0
}
