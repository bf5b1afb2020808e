import EventSourcing

/// The fields that a step states for one message.
struct MessageBody {
  var builder: RecordBuilder
  var collector: PatternCollector
  var isOpen = false
  /// Where the value of the identity field stands.
  var identityLocation: SpecLocation?
  /// The names that had values before the body was read.
  var boundBefore: Set<String> = []

  init(_ table: FieldTable, _ reading: Reading) {
    builder = reading.isOutcome ? RecordBuilder.none : RecordBuilder(table)
    collector = PatternCollector(table)
    boundBefore = reading.bindings.matched
  }
}

/// How a table states fields.
enum TableForm {
  /// Each column a field, nil for `...`, and each further row one message.
  case header([Range<Int>?])
  /// Each row a field and its value.
  case pairs
}

extension StepReader {
  /// Reads what the step states of a message's fields, in parentheses, a table or a doc string.
  ///
  /// - Parameters:
  ///   - described: The message.
  ///   - body: Takes the fields of one message.
  mutating func readBodies(_ described: CaseModel, _ body: (inout StepReader, inout MessageBody) -> Void) {
    literal.skipSpace()
    let opener = literal.position
    var inline = MessageBody(described.fields, literal.reading)
    let hasParentheses = literal.at("(")
    if hasParentheses {
      literal.position += 1
      literal.depth += 1
      let rest = literal.items(until: ")", opener: opener) { reader, name in
        Self.field(&reader, name, into: &inline, described)
      }
      literal.depth -= 1
      if let rest { allowRest(&inline, at: literal.location(rest)) }
    }
    guard let argument = source.argument else {
      body(&self, &inline)
      return
    }
    usesArgument = true
    if hasParentheses {
      report("fields stand in parentheses or below the step, not both", at: opener)
      return
    }
    switch argument {
    case .table(let table): readTable(table, described, body)
    case .docString(let docString):
      guard var reader = jsonReader(docString), let node = reader.json() else { return }
      var stated = MessageBody(described.fields, literal.reading)
      reader.isStrict = literal.isStrict
      if isOutcome {
        reader.fields(node, into: &stated.collector, of: described.displayName)
      } else {
        let index = described.identityIndex
        if case .object(let members, _) = node, let index, described.fields.fields.indices.contains(index) {
          let wanted = described.fields.fields[index].name
          let member = members.first { NormalizedName.areEqual($0.key.utf8, wanted.utf8) }
          stated.identityLocation = member.map { reader.location($0.value.offset) }
        }
        reader.fields(node, into: &stated.builder, of: described.displayName)
      }
      body(&self, &stated)
    }
  }

  /// A reader of a doc string that is JSON; nil where its media type says otherwise, which is reported.
  mutating func jsonReader(_ docString: StepDocString) -> LiteralReader? {
    if let type = docString.mediaType?.lowercased(), !type.isEmpty, type != "json", type != "application/json" {
      literal.reading.report(
        "a doc string is a payload in JSON; its media type is json, not '\(type)'", at: docString.location)
      return nil
    }
    return LiteralReader(docString.content, literal.reading)
  }

  private mutating func allowRest(_ body: inout MessageBody, at location: SpecLocation) {
    body.isOpen = true
    if !isOutcome {
      literal.reading.hasUnknownField = true
      literal.reading.report("'...' can only stand in a Then", at: location)
      body.builder.isBroken = true
    }
  }

  private static func field(
    _ reader: inout LiteralReader, _ name: Range<Int>, into body: inout MessageBody, _ described: CaseModel
  ) -> Bool {
    reader.skipSpace()
    let start = reader.position
    if reader.reading.isOutcome {
      return reader.fieldPattern(name, into: &body.collector, of: described.displayName) { $0.pattern($1) }
    }
    let index = described.identityIndex
    let wasClaimed = index.map { body.builder.isClaimed($0) } ?? true
    let isRead = reader.field(name, into: &body.builder, of: described.displayName) { $0.template($1) }
    if !wasClaimed, let index, body.builder.isClaimed(index) { body.identityLocation = reader.location(start) }
    return isRead
  }

  // MARK: Tables

  private mutating func readTable(
    _ table: StepTable, _ described: CaseModel, _ body: (inout StepReader, inout MessageBody) -> Void
  ) {
    guard let form = form(of: table, described.fields, owner: described.displayName) else { return }
    switch form {
    case .pairs:
      var stated = MessageBody(described.fields, literal.reading)
      for row in table.rows {
        guard row.cells.count == 2 else { continue }
        if Self.isRest(row.cells[0].text) {
          allowRest(&stated, at: row.cells[0].location(of: 0, in: source.file))
          checkRest(row.cells[1])
          continue
        }
        readCell(row.cells[1], named: row.cells[0], into: &stated, described)
      }
      body(&self, &stated)
    case .header(let columns):
      let header = table.rows[0]
      if table.rows.count == 1 {
        literal.reading.report(
          "the table names fields and has no row with values", at: header.cells[0].location(of: 0, in: source.file))
        return
      }
      for (index, column) in columns.enumerated() where column == nil && !isOutcome {
        literal.reading.report(
          "'...' can only stand in a Then", at: header.cells[index].location(of: 0, in: source.file))
      }
      reportDoubles(header, described.fields)
      for row in table.rows.dropFirst() {
        var stated = MessageBody(described.fields, literal.reading)
        for (cell, name) in zip(row.cells, header.cells) {
          if Self.isRest(name.text) {
            stated.isOpen = true
            checkRest(cell)
          } else {
            readCell(cell, named: name, into: &stated, described, isHeader: true)
          }
        }
        body(&self, &stated)
      }
    }
  }

  private mutating func readCell(
    _ cell: SourceText, named name: SourceText, into body: inout MessageBody, _ described: CaseModel,
    isHeader: Bool = false
  ) {
    var names = LiteralReader(name, literal.reading, isWhole: true)
    let range = names.trimmed(0..<names.bytes.count)
    // An empty cell leaves the field out, but its name must be one.
    if cell.text.isEmpty {
      if names.fieldPath(range, in: described.fields, of: described.displayName) == nil { body.builder.isBroken = true }
      return
    }
    var values = LiteralReader(cell, literal.reading, isWhole: true)
    values.isStrict = literal.isStrict
    if isOutcome {
      if isHeader, hasDouble(range, names, body.collector) { return }
      _ = names.fieldPattern(range, into: &body.collector, of: described.displayName) { reader, type in
        values.takePath(of: reader)
        return Self.cellPattern(&values, type)
      }
      Self.correctPlace(&body.collector, values, cell)
    } else {
      if isHeader, let path = quietPath(range, names, described.fields), body.builder.isClaimed(path.root),
        path.rest.isEmpty
      {
        return
      }
      let index = described.identityIndex
      let wasClaimed = index.map { body.builder.isClaimed($0) } ?? true
      _ = names.field(range, into: &body.builder, of: described.displayName) { reader, type in
        values.takePath(of: reader)
        guard let value = values.template(type) else { return nil }
        return values.expectWholeRead() ? value : nil
      }
      if !wasClaimed, let index, body.builder.isClaimed(index) { body.identityLocation = values.location(0) }
    }
  }

  /// A pattern from a cell; its place and text are the cell's, not the name's.
  static func cellPattern(_ values: inout LiteralReader, _ type: TypeSchema) -> Pattern? {
    guard let pattern = values.pattern(type) else { return nil }
    return values.expectWholeRead() ? pattern : nil
  }

  static func correctPlace(_ collector: inout PatternCollector, _ values: LiteralReader, _ cell: SourceText) {
    guard !collector.isBroken, !collector.fields.isEmpty else { return }
    let last = collector.fields.count - 1
    collector.fields[last].location = values.location(0)
    collector.fields[last].text = cell.text
  }

  private func quietPath(_ range: Range<Int>, _ names: LiteralReader, _ table: FieldTable) -> FieldPath? {
    names.isField(range, of: table) ? names.fieldPath(range, in: table, of: "") : nil
  }

  private func hasDouble(_ range: Range<Int>, _ names: LiteralReader, _ collector: PatternCollector) -> Bool {
    guard let path = quietPath(range, names, collector.table) else { return false }
    let components = path.components(in: collector.table)
    return collector.fields.contains { $0.path == components }
  }

  /// Says which columns of a header name the same field twice, once for the whole table.
  func reportDoubles(_ header: StepTable.Row, _ table: FieldTable) {
    var collector = PatternCollector(table)
    for cell in header.cells where !Self.isRest(cell.text) {
      let names = LiteralReader(cell, literal.reading, isWhole: true)
      let range = names.trimmed(0..<names.bytes.count)
      guard let path = quietPath(range, names, table) else { continue }
      if !collector.claim(path) {
        literal.reading.report("'\(cell.text)' is given twice", at: cell.location(of: 0, in: source.file))
      }
    }
  }

  func checkRest(_ cell: SourceText) {
    if cell.text.isEmpty || Self.isRest(cell.text) { return }
    literal.reading.report("nothing may stand beside '...'", at: cell.location(of: 0, in: source.file))
  }

  static func isRest(_ text: String) -> Bool { text == "..." || text == "…" }

  /// Whether a table's first row names fields; nil where it is no table of fields, which is reported.
  mutating func form(of table: StepTable, _ fields: FieldTable, owner: String) -> TableForm? {
    guard let first = table.rows.first, !first.cells.isEmpty else { return nil }
    var columns: [Range<Int>?] = []
    var stranger: Int?
    for (index, cell) in first.cells.enumerated() {
      if Self.isRest(cell.text) {
        columns.append(nil)
        continue
      }
      let reader = LiteralReader(cell, literal.reading, isWhole: true)
      let range = reader.trimmed(0..<reader.bytes.count)
      if !range.isEmpty, reader.isField(range, of: fields) {
        columns.append(range)
      } else {
        stranger = stranger ?? index
        columns.append(nil)
      }
    }
    guard let stranger else { return .header(columns) }
    if first.cells.count == 2 { return .pairs }
    literal.reading.hasUnknownField = true
    let name = first.cells[stranger].text
    literal.reading.report(
      "'\(name)' is no field of \(owner); a table's first row names fields, or a table of two columns has one field a row",
      at: first.cells[stranger].location(of: 0, in: source.file),
      suggestion: NearestName.nearest(to: name, among: fields.fields.map(\.name)))
    return nil
  }
}

extension LiteralReader {
  /// Whether a cell has been read to its end; says what stands behind the value if not.
  mutating func expectWholeRead() -> Bool {
    skipSpace()
    if isAtEnd { return true }
    strayCharacter(behind: 0, isText: false)
    return false
  }
}
