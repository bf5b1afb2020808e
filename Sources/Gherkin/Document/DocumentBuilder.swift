/// Builds the records of a document from the tokens of its source.
struct DocumentBuilder: TokenSink {
  private(set) var records = DocumentStorage.Records()
  /// The number of the next id to give out.
  private(set) var nextID: Int
  private var feature = FeatureRecord()
  private var hasFeature = false

  /// What is open and must be completed before something else can start, the innermost last.
  private enum Container { case none, background, scenario }

  private var container = Container.none
  private var isStepOpen = false
  private var isTableOpen = false
  private var areExamplesOpen = false
  private var isRuleOpen = false
  private var tableStart = 0
  /// Where the first row of the open table stands that has more or fewer cells than the first of all.
  private var inconsistentRow: Location?
  private var examplesStart = 0
  private var tagStart = 0
  private var hasPendingTags = false
  private var firstTagPlace = Place()
  /// Where the last line ends that is neither empty nor a comment.
  private var contentEnd: UInt32 = 0
  private var isInDocString = false
  private let size: Int

  /// Makes a builder.
  ///
  /// - Parameters:
  ///   - firstID: The number of the first id to give out.
  ///   - size: The size of the source in bytes, which the arrays' first capacities are guessed from.
  init(firstID: Int, size: Int) {
    nextID = firstID
    self.size = size
    records.steps.reserveCapacity(size / 64 + 4)
    records.scenarios.reserveCapacity(size / 256 + 4)
  }

  mutating func accept(_ token: ScannedToken, _ items: [ItemSpan], in source: Span<UInt8>) -> ParseError? {
    var error: ParseError?
    switch token.kind {
    case .empty: return nil
    case .comment:
      let line = token.line
      let comment = CommentRecord(
        text: ByteSlice(line.start, line.end), line: UInt32(truncatingIfNeeded: line.number))
      records.comments.append(comment, at: line.start, of: size)
      return nil
    case .language: break
    case .other:
      if isInDocString { break }
      describe(token.line)
      if token.line.isEmpty { return nil }
    case .stepLine:
      error = closeStep()
      openStep(token)
    case .tableRow: appendRow(token, items)
    case .docStringSeparator: error = appendSeparator(token)
    case .tagLine:
      error = closeBefore(token.tagOwner)
      appendTags(token, items)
    case .featureLine: openFeature(token)
    case .ruleLine:
      error = closeBefore(.rule)
      openRule(token)
    case .backgroundLine: openBackground(token)
    case .scenarioLine:
      error = closeBefore(.scenario)
      openScenario(token)
    case .examplesLine:
      error = closeBefore(.examples)
      openExamples(token)
    case .endOfFile:
      error = closeBefore(.rule)
      closeFeature()
      return error
    }
    contentEnd = UInt32(truncatingIfNeeded: token.line.textEnd)
    return error
  }

  private mutating func giveID() -> UInt32 {
    defer { nextID += 1 }
    return UInt32(truncatingIfNeeded: nextID)
  }

  // MARK: Opening nodes

  private mutating func title(_ token: ScannedToken) -> TitleRecord {
    var title = TitleRecord()
    title.mark = Mark(token.keywordStart, line: token.line.number)
    title.keywordLength = UInt8(truncatingIfNeeded: token.keywordEnd - token.keywordStart)
    guard hasPendingTags else { return title }
    hasPendingTags = false
    title.details = Int32(truncatingIfNeeded: records.details.count)
    let details = TitleDetails(tags: RecordRange(tagStart, records.tags.count))
    records.details.append(details, at: token.line.start, of: size)
    return title
  }

  private mutating func openFeature(_ token: ScannedToken) {
    feature = FeatureRecord(title: title(token))
    hasFeature = true
  }

  private mutating func openRule(_ token: ScannedToken) {
    let scenarios = RecordRange(records.scenarios.count, records.scenarios.count)
    records.rules.append(RuleRecord(title: title(token), scenarios: scenarios), at: token.line.start, of: size)
    isRuleOpen = true
  }

  private mutating func openBackground(_ token: ScannedToken) {
    let steps = RecordRange(records.steps.count, records.steps.count)
    records.backgrounds.append(BackgroundRecord(title: title(token), steps: steps))
    let index = Int32(truncatingIfNeeded: records.backgrounds.count - 1)
    if isRuleOpen {
      records.rules[records.rules.count - 1].background = index
    } else {
      feature.background = index
    }
    container = .background
  }

  private mutating func openScenario(_ token: ScannedToken) {
    let steps = RecordRange(records.steps.count, records.steps.count)
    examplesStart = records.examples.count
    let scenario = ScenarioRecord(title: title(token), steps: steps)
    records.scenarios.append(scenario, at: token.line.start, of: size)
    container = .scenario
  }

  private mutating func openExamples(_ token: ScannedToken) {
    let rows = RecordRange(records.rows.count, records.rows.count)
    records.examples.append(ExamplesRecord(title: title(token), rows: rows), at: token.line.start, of: size)
    areExamplesOpen = true
  }

  private mutating func openStep(_ token: ScannedToken) {
    var step = StepRecord()
    step.mark = Mark(token.keywordStart, line: token.line.number)
    step.keywordLength = UInt8(truncatingIfNeeded: token.keywordEnd - token.keywordStart)
    step.type = token.keywordType
    step.resolvedType = token.keywordType
    if token.keywordType == .conjunction {
      let first = container == .background ? records.backgrounds.last?.steps.start : records.scenarios.last?.steps.start
      if let first, Int(first) < records.steps.count, let previous = records.steps.last {
        step.resolvedType = previous.resolvedType
      }
    }
    records.steps.append(step, at: token.line.start, of: size)
    isStepOpen = true
  }

  private mutating func appendRow(_ token: ScannedToken, _ items: [ItemSpan]) {
    if !isTableOpen {
      isTableOpen = true
      tableStart = records.rows.count
      inconsistentRow = nil
    }
    var row = RowRecord()
    row.mark = Mark(token.line.textStart, line: token.line.number)
    row.cells = RecordRange(records.cells.count, records.cells.count + items.count)
    // No other node takes an id between the rows of a table, so that they can have theirs at once.
    row.id = giveID()
    for item in items {
      var cell = CellRecord()
      cell.place = Place(item.offset, line: token.line.number, column: item.column)
      cell.length = UInt32(truncatingIfNeeded: item.length)
      records.cells.append(cell, at: token.line.start, of: size)
    }
    if inconsistentRow == nil, tableStart < records.rows.count,
      records.rows[tableStart].cells.range.count != items.count
    {
      inconsistentRow = Location(line: token.line.number, column: token.column)
    }
    records.rows.append(row, at: token.line.start, of: size)
  }

  private mutating func appendSeparator(_ token: ScannedToken) -> ParseError? {
    if isInDocString {
      isInDocString = false
      guard !records.docStrings.isEmpty else { return nil }
      let last = records.docStrings.count - 1
      records.docStrings[last].closingLine = UInt32(truncatingIfNeeded: token.line.number)
      records.docStrings[last].end = UInt32(truncatingIfNeeded: token.line.textEnd)
      return nil
    }
    let error = closeTable()
    isInDocString = true
    var docString = DocStringRecord()
    docString.mark = Mark(token.keywordStart, line: token.line.number)
    docString.delimiterLength = UInt32(truncatingIfNeeded: token.keywordEnd - token.keywordStart)
    docString.indent = UInt32(truncatingIfNeeded: token.line.indent)
    records.docStrings.append(docString, at: token.line.start, of: size)
    openArgument()
    if !records.arguments.isEmpty {
      let index = Int32(truncatingIfNeeded: records.docStrings.count - 1)
      records.arguments[records.arguments.count - 1].docString = index
    }
    return error
  }

  /// Makes the last argument that of the last step.
  private mutating func openArgument() {
    guard let step = records.steps.last, !step.hasArgument else { return }
    let index = records.steps.count - 1
    records.steps[index].hasArgument = true
    let argument = ArgumentRecord(step: UInt32(truncatingIfNeeded: index))
    records.arguments.append(argument, at: Int(step.mark.offset), of: size)
  }

  private mutating func appendTags(_ token: ScannedToken, _ items: [ItemSpan]) {
    if !hasPendingTags {
      hasPendingTags = true
      tagStart = records.tags.count
    }
    for item in items {
      var tag = TagRecord()
      tag.place = Place(item.offset, line: token.line.number, column: item.column)
      tag.length = UInt32(truncatingIfNeeded: item.length)
      records.tags.append(tag, at: token.line.start, of: size)
    }
  }

  /// Adds a line to the description of what was opened last.
  private mutating func describe(_ line: Line) {
    let number = UInt32(truncatingIfNeeded: line.number)
    let index = openDetails(at: line.start)
    if records.details[index].lastDescriptionLine == 0, records.details[index].firstDescriptionLine == 1 {
      records.details[index].firstDescriptionLine = number
      // An empty line alone describes nothing, but one before a text is a part of the description.
      records.details[index].lastDescriptionLine = number - 1
    }
    if !line.isEmpty { records.details[index].lastDescriptionLine = number }
  }

  /// The index of the details of the title that was opened last.
  private mutating func openDetails(at offset: Int) -> Int {
    let new = records.details.count
    func claim(_ title: inout TitleRecord) -> Int {
      if title.details < 0 { title.details = Int32(truncatingIfNeeded: new) }
      return Int(title.details)
    }
    let index: Int
    if areExamplesOpen, !records.examples.isEmpty {
      index = claim(&records.examples[records.examples.count - 1].title)
    } else if container == .scenario, !records.scenarios.isEmpty {
      index = claim(&records.scenarios[records.scenarios.count - 1].title)
    } else if container == .background, !records.backgrounds.isEmpty {
      index = claim(&records.backgrounds[records.backgrounds.count - 1].title)
    } else if isRuleOpen, !records.rules.isEmpty {
      index = claim(&records.rules[records.rules.count - 1].title)
    } else {
      index = claim(&feature.title)
    }
    if index == new { records.details.append(TitleDetails(), at: offset, of: size) }
    return index
  }

  // MARK: Closing nodes

  /// Completes what must be complete before something of an owner's kind, or its tags, can start.
  private mutating func closeBefore(_ owner: TagOwner) -> ParseError? {
    let error = closeStep()
    if owner == .feature { return error }
    let tableError = closeExamples()
    if owner != .examples { closeContainer() }
    if owner == .rule { closeRule() }
    return error ?? tableError
  }

  private mutating func closeTable() -> ParseError? {
    guard isTableOpen else { return nil }
    isTableOpen = false
    let rows = RecordRange(tableStart, records.rows.count)
    if areExamplesOpen {
      records.examples[records.examples.count - 1].rows = rows
    } else if !records.steps.isEmpty {
      openArgument()
      records.arguments[records.arguments.count - 1].tableRows = rows
    }
    guard let location = inconsistentRow else { return nil }
    return ParseError(code: .inconsistentCellCount, location: location, expected: [], found: nil)
  }

  private mutating func closeStep() -> ParseError? {
    guard isStepOpen else { return nil }
    isStepOpen = false
    let error = closeTable()
    records.steps[records.steps.count - 1].id = giveID()
    return error
  }

  private mutating func closeExamples() -> ParseError? {
    guard areExamplesOpen else { return nil }
    let error = closeTable()
    areExamplesOpen = false
    let last = records.examples.count - 1
    giveTagIDs(records.examples[last].title)
    records.examples[last].title.id = giveID()
    records.examples[last].title.end = contentEnd
    return error
  }

  private mutating func closeContainer() {
    switch container {
    case .none: return
    case .background:
      let last = records.backgrounds.count - 1
      records.backgrounds[last].steps.end = UInt32(truncatingIfNeeded: records.steps.count)
      records.backgrounds[last].title.id = giveID()
      records.backgrounds[last].title.end = contentEnd
    case .scenario:
      let last = records.scenarios.count - 1
      records.scenarios[last].steps.end = UInt32(truncatingIfNeeded: records.steps.count)
      if records.examples.count > examplesStart {
        let examples = RecordRange(examplesStart, records.examples.count)
        records.details[openDetails(at: Int(contentEnd))].examples = examples
      }
      giveTagIDs(records.scenarios[last].title)
      records.scenarios[last].title.id = giveID()
      records.scenarios[last].title.end = contentEnd
    }
    container = .none
  }

  private mutating func closeRule() {
    if !isRuleOpen {
      // The scenarios before the first rule are the feature's own.
      if records.rules.isEmpty { feature.scenarios = RecordRange(0, records.scenarios.count) }
      return
    }
    isRuleOpen = false
    let last = records.rules.count - 1
    records.rules[last].scenarios.end = UInt32(truncatingIfNeeded: records.scenarios.count)
    giveTagIDs(records.rules[last].title)
    records.rules[last].title.id = giveID()
    records.rules[last].title.end = contentEnd
  }

  private mutating func closeFeature() {
    guard hasFeature else { return }
    feature.rules = RecordRange(0, records.rules.count)
    giveTagIDs(feature.title)
    feature.title.end = contentEnd
    records.feature = feature
  }

  private mutating func giveTagIDs(_ title: TitleRecord) {
    for index in records.details(of: title).tags.range { records.tags[index].id = giveID() }
  }
}
