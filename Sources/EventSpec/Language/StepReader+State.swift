import EventSourcing

extension StepReader {
  mutating func version(_ prefix: StreamPrefix, _ start: Int) -> StepAction? {
    literal.path = [.name("version")]
    guard let target = stateTarget(prefix, at: start),
      let pattern = literal.pattern(.integer(bits: 64, isSigned: true)), expectEnd()
    else { return nil }
    return .expectVersion(target, pattern)
  }

  mutating func state(_ prefix: StreamPrefix, _ start: Int) -> StepAction? {
    guard let target = stateTarget(prefix, at: start), let aggregate = model.aggregate(target.aggregate) else {
      return nil
    }
    literal.isStrict = false
    let table = model.table(of: aggregate.state.fields() ?? [])
    let owner = "the state of " + aggregate.name
    literal.skipSpace()
    if literal.at("(") || literal.isAtEnd {
      return fieldsOfOne(table, owner: owner, what: "state").map { .expectState(target, .fields($0)) }
    }
    if take("is") { return wholeState(target, aggregate, start) }
    let range = literal.trimmed(literal.position..<literal.bytes.count)
    literal.position = literal.bytes.count
    guard let path = literal.fieldPath(range, in: table, of: owner) else { return nil }
    guard case .table(let rows)? = source.argument else {
      report("a table with the rows of '\(literal.text(range))' is expected below the step", at: range.lowerBound)
      return nil
    }
    usesArgument = true
    let type = model.resolve(path.type.unwrapped)
    let element: TypeSchema
    switch type {
    case .array(let inner), .set(let inner): element = inner
    default:
      report("'\(literal.text(range))' is no list; write state(\(literal.text(range)): …)", at: range.lowerBound)
      return nil
    }
    guard let patterns = elementRows(rows, element, owner: literal.text(range)) else { return nil }
    guard case .set = type else { return .expectState(target, .rows(path: path.components(in: table), rows: patterns)) }
    let set = Pattern.set(patterns.map { .record($0, isOpen: true) })
    return .expectState(
      target,
      .fields([
        FieldPattern(
          path: path.components(in: table), type: path.type, pattern: set, location: literal.location(range.lowerBound),
          text: "[" + patterns.map { "{" + $0.map(\.text).joined(separator: ", ") + "}" }.joined(separator: ", ") + "]")
      ]))
  }

  private mutating func wholeState(_ target: StreamTarget, _ aggregate: AggregateModel, _ start: Int) -> StepAction? {
    literal.isStrict = true
    if isAtEnd, case .docString(let docString)? = source.argument {
      usesArgument = true
      guard var reader = jsonReader(docString), let node = reader.json(),
        let pattern = reader.pattern(node, aggregate.state)
      else { return nil }
      return .expectState(target, .whole(pattern, type: aggregate.state))
    }
    literal.skipSpace()
    guard !literal.isAtEnd else {
      report("the whole state is expected behind 'state is', as in state is {…}", at: literal.position)
      return nil
    }
    guard let pattern = literal.pattern(aggregate.state), expectEnd() else { return nil }
    return .expectState(target, .whole(pattern, type: aggregate.state))
  }

  /// Reads the rows of a collection below a step.
  private mutating func elementRows(_ table: StepTable, _ element: TypeSchema, owner: String) -> [[FieldPattern]]? {
    let type = model.resolve(element.unwrapped)
    guard let fields = type.fields() else {
      // A list of plain values has one of them a row.
      var rows: [[FieldPattern]] = []
      for row in table.rows {
        guard let cell = row.cells.first, row.cells.count == 1 else {
          literal.reading.report(
            "'\(owner)' has plain values: one a row is expected",
            at: row.cells.dropFirst().first?.location(of: 0, in: source.file) ?? source.location)
          return nil
        }
        var values = LiteralReader(cell, literal.reading, isWhole: true)
        values.isStrict = false
        values.path = [.name(owner)]
        guard let pattern = Self.cellPattern(&values, element) else { continue }
        rows.append([
          FieldPattern(path: [], type: element, pattern: pattern, location: values.location(0), text: cell.text)
        ])
      }
      return literal.reading.diagnostics.isEmpty ? rows : nil
    }
    let fieldTable = model.table(of: fields)
    guard let form = form(of: table, fieldTable, owner: owner) else { return nil }
    guard case .header = form, let header = table.rows.first else {
      let stranger = table.rows.first?.cells.first { cell in
        let reader = LiteralReader(cell, literal.reading, isWhole: true)
        return !reader.isField(reader.trimmed(0..<reader.bytes.count), of: fieldTable)
      }
      literal.reading.report(
        "'\(stranger?.text ?? "")' is no field of \(owner); the first row of a table of rows names fields",
        at: stranger?.location(of: 0, in: source.file) ?? source.location,
        suggestion: NearestName.nearest(to: stranger?.text ?? "", among: fields.map(\.name)))
      return nil
    }
    return rows(table, header, fieldTable, owner: owner)
  }

  /// Reads the rows below a header as what is asked of a view or state.
  mutating func rows(
    _ table: StepTable, _ header: StepTable.Row, _ fields: FieldTable, owner: String
  ) -> [[FieldPattern]]? {
    reportDoubles(header, fields)
    var result: [[FieldPattern]] = []
    for row in table.rows.dropFirst() {
      var collector = PatternCollector(fields)
      for (cell, name) in zip(row.cells, header.cells) {
        if Self.isRest(name.text) { checkRest(cell) } else { shownCell(cell, named: name, into: &collector, owner) }
      }
      if !collector.isBroken { result.append(collector.fields) }
    }
    return literal.reading.diagnostics.isEmpty ? result : nil
  }

  /// Reads a cell of a view or state table, in which an empty one asks for null.
  private mutating func shownCell(
    _ cell: SourceText, named name: SourceText, into collector: inout PatternCollector, _ owner: String
  ) {
    var names = LiteralReader(name, literal.reading, isWhole: true)
    let range = names.trimmed(0..<names.bytes.count)
    var values = LiteralReader(cell, literal.reading, isWhole: true)
    values.isStrict = false
    if collector.fields.contains(where: {
      names.isField(range, of: collector.table) && Self.path(names, range, collector.table) == $0.path
    }) {
      return
    }
    let isEmpty = cell.text.isEmpty
    let isRead = names.fieldPattern(range, into: &collector, of: owner) { reader, type in
      values.takePath(of: reader)
      guard isEmpty else { return Self.cellPattern(&values, type) }
      if type.isOptional || type.isText { return .blank }
      values.report(
        "an empty cell asks for null, but \(values.subject)is never null: it expects \(type.expectation)", at: 0)
      return nil
    }
    if isRead { Self.correctPlace(&collector, values, cell) }
  }

  private static func path(_ names: LiteralReader, _ range: Range<Int>, _ table: FieldTable) -> [PathComponent]? {
    names.fieldPath(range, in: table, of: "")?.components(in: table)
  }

  /// Reads fields of one thing, in parentheses, a table or a doc string.
  mutating func fieldsOfOne(_ table: FieldTable, owner: String, what: String) -> [FieldPattern]? {
    literal.skipSpace()
    let opener = literal.position
    if literal.skip("(") {
      literal.depth += 1
      let read = literal.fieldPatterns(table, of: owner, until: ")", opener: opener)
      literal.depth -= 1
      guard source.argument == nil else {
        usesArgument = true
        report("fields stand in parentheses or below the step, not both", at: opener)
        return nil
      }
      guard expectEnd(), let fields = read?.fields else { return nil }
      if fields.isEmpty {
        report("a field is expected in the parentheses: without one nothing is looked at", at: opener)
        return nil
      }
      return fields
    }
    guard expectEnd() else { return nil }
    usesArgument = true
    switch source.argument {
    case .table(let rows):
      guard let form = form(of: rows, table, owner: owner), let first = rows.rows.first else { return nil }
      switch form {
      case .pairs: return pairs(rows, table, owner: owner)
      case .header:
        guard let found = self.rows(rows, first, table, owner: owner) else { return nil }
        guard let only = found.first, found.count == 1 else {
          literal.reading.report(
            "\(owner) is one record: one row is expected below the header",
            at: first.cells.first?.location(of: 0, in: source.file) ?? source.location)
          return nil
        }
        return only
      }
    case .docString(let docString): return jsonFields(docString, table, owner: owner)
    case nil:
      report("fields are expected in parentheses or below the step, as in \(what)(field: value)", at: opener)
      return nil
    }
  }

  mutating func pairs(_ table: StepTable, _ fields: FieldTable, owner: String) -> [FieldPattern]? {
    var collector = PatternCollector(fields)
    for row in table.rows {
      guard row.cells.count == 2 else { continue }
      if Self.isRest(row.cells[0].text) {
        checkRest(row.cells[1])
        continue
      }
      let names = LiteralReader(row.cells[0], literal.reading, isWhole: true)
      let range = names.trimmed(0..<names.bytes.count)
      if names.isField(range, of: fields), let path = Self.path(names, range, fields),
        collector.fields.contains(where: { $0.path == path })
      {
        names.report("'\(row.cells[0].text)' is given twice", at: 0)
        continue
      }
      shownCell(row.cells[1], named: row.cells[0], into: &collector, owner)
    }
    return collector.isBroken || !literal.reading.diagnostics.isEmpty ? nil : collector.fields
  }

  private mutating func jsonFields(_ docString: StepDocString, _ fields: FieldTable, owner: String) -> [FieldPattern]? {
    guard var reader = jsonReader(docString), let node = reader.json() else { return nil }
    reader.isStrict = false
    var collector = PatternCollector(fields)
    reader.fields(node, into: &collector, of: owner)
    return collector.isBroken ? nil : collector.fields
  }
}
