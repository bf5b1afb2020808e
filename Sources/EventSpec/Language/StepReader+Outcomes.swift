import EventSourcing

extension StepReader {
  /// A phrase that was recognised: its action is nil where it was wrong, which is reported.
  struct Recognised {
    var action: StepAction? = nil
  }

  /// Reads the built-in phrases of a Then at the cursor; nil where none stands there.
  mutating func outcome(_ prefix: StreamPrefix, _ start: Int) -> Recognised? {
    if takeAll("no commands") {
      return outcome("'no commands'", start) { $0.withoutStream(prefix, start) ? .expectNoCommands : nil }
    }
    if takeAll("events in any order") {
      return outcome("'events in any order'", start) { $0.withoutStream(prefix, start) ? .eventsInAnyOrder : nil }
    }
    literal.position = start
    if take("events include") {
      return outcome("'events include …'", start) { $0.eventsInclude(prefix) }
    }
    if takeAll("any error") {
      return outcome("'any error'", start) { $0.withoutStream(prefix, start) ? .expectError(.any) : nil }
    }
    if takeAll("conflict") {
      return outcome("'conflict'", start) { $0.withoutStream(prefix, start) ? .expectConflict : nil }
    }
    if take("error") {
      return outcome("'error …'", start) { $0.withoutStream(prefix, start) ? $0.error() : nil }
    }
    if take("version is") {
      return outcome("'version is …'", start) { $0.version(prefix, start) }
    }
    if take("state") { return outcome("'state …'", start) { $0.state(prefix, start) } }
    if take("no") {
      literal.skipSpace()
      let end = literal.bytes.count
      let name = literal.trimmed(literal.position..<end)
      let viewEnd = forWord(name)?.lowerBound ?? end
      let view = literal.trimmed(name.lowerBound..<max(name.lowerBound, viewEnd))
      if let index = model.viewsByName[literal.bytes[view]].first {
        return outcome("'no \(model.views[index].name)'", start) { $0.noRow(index, name) }
      }
      if forWord(name) != nil, model.messages[literal.bytes[literal.trimmed(start..<end)]].isEmpty {
        return outcome("'no … for …'", start) { step in
          let shown = step.literal.text(view)
          step.report(
            "the domain has no view called '\(shown)'", at: view.lowerBound,
            suggestion: NearestName.nearest(to: shown, among: step.model.views.map(\.name)))
          return nil
        }
      }
      literal.position = start
    }
    return nil
  }

  private mutating func outcome(
    _ phrase: String, _ start: Int, _ read: (inout StepReader) -> StepAction?
  ) -> Recognised {
    guard require([.then], phrase, at: start) else { return Recognised() }
    return Recognised(action: read(&self))
  }

  private func withoutStream(_ prefix: StreamPrefix, _ start: Int) -> Bool {
    if case .none = prefix { return true }
    report("this speaks of the whole act and takes no stream before it", at: literal.trimmed(0..<start).lowerBound)
    return false
  }

  private mutating func eventsInclude(_ outer: StreamPrefix) -> StepAction? {
    literal.skipSpace()
    guard !literal.isAtEnd else {
      report("an event is expected behind 'events include'", at: literal.position)
      return nil
    }
    var prefix = outer
    if case .none = outer {
      guard let inner = streamPrefix() else { return nil }
      prefix = inner
      literal.skipSpace()
    }
    let start = literal.position
    let name = nameRange()
    guard let message = find(name, prefix, kinds: .event), let patterns = patterns(message, prefix, at: start),
      expectEnd()
    else { return nil }
    return .expectEventsInclude(patterns)
  }

  /// The name at the cursor up to an opening parenthesis or the end; the cursor is left there.
  private mutating func nameRange() -> Range<Int> {
    let start = literal.position
    while let byte = literal.byte, byte != UInt8(ascii: "(") {
      if byte == UInt8(ascii: "\"") { literal.skipQuoted() }
      literal.position += 1
    }
    literal.position = min(literal.position, literal.bytes.count)
    return literal.trimmed(start..<literal.position)
  }

  // MARK: Errors

  private mutating func error() -> StepAction? {
    literal.skipSpace()
    let start = literal.position
    if literal.at("\"") {
      guard let text = literal.quoted() else { return nil }
      literal.path = ["error"]
      literal.mark(start..<literal.position)
      guard expectEnd() else { return nil }
      return .expectError(text == Self.unknownEventType ? .builtIn(text) : .text(text))
    }
    let name = nameRange()
    if literal.isAtEnd, literal.text(name).lowercased() == Self.unknownEventType {
      return .expectError(.builtIn(Self.unknownEventType))
    }
    guard !name.isEmpty else {
      report("the error's text in quotes, or its name, is expected behind 'error'", at: start)
      return nil
    }
    guard let message = find(name, .none, kinds: .error),
      let described = model.message(.error, aggregate: message.aggregate, caseIndex: message.caseIndex)
    else { return nil }
    var bodies: [MessageBody] = []
    readBodies(described) { bodies.append($1) }
    guard expectEnd(), let body = bodies.first, !body.collector.isBroken else { return nil }
    guard bodies.count == 1 else {
      report("an act fails with one error; the table has several", at: name.lowerBound)
      return nil
    }
    let type = model.aggregate(message.aggregate)?.errorType
    let choices = model.messages[described.name.utf8].filter { other in
      other.kind == .error && model.aggregate(other.aggregate)?.errorType == type
    }
    return .expectError(
      .declared(
        choices: choices.map { ($0.aggregate, $0.caseIndex) }, fields: body.collector.fields, isOpen: body.isOpen))
  }

  /// The error of a stored event whose type the domain does not know.
  static let unknownEventType = "unknown event type"

  // MARK: State

  private mutating func version(_ prefix: StreamPrefix, _ start: Int) -> StepAction? {
    literal.path = ["version"]
    guard let target = stateTarget(prefix, at: start),
      let pattern = literal.pattern(.integer(bits: 64, isSigned: true)), expectEnd()
    else { return nil }
    return .expectVersion(target, pattern)
  }

  private mutating func state(_ prefix: StreamPrefix, _ start: Int) -> StepAction? {
    guard let target = stateTarget(prefix, at: start), let aggregate = model.aggregate(target.aggregate) else {
      return nil
    }
    literal.isStrict = false
    let table = FieldTable(aggregate.state.fields() ?? [])
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
    guard case .set = type else { return .expectState(target, .rows(path: path.components, rows: patterns)) }
    let set = Pattern.set(patterns.map { .record($0, isOpen: true) })
    return .expectState(
      target,
      .fields([
        FieldPattern(
          path: path.components, type: path.type, pattern: set, location: literal.location(range.lowerBound),
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
        values.path = [owner]
        guard let pattern = Self.cellPattern(&values, element) else { continue }
        rows.append([
          FieldPattern(path: [], type: element, pattern: pattern, location: values.location(0), text: cell.text)
        ])
      }
      return literal.reading.diagnostics.isEmpty ? rows : nil
    }
    let fieldTable = FieldTable(fields)
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
  private mutating func rows(
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
      values.path = reader.path
      guard isEmpty else { return Self.cellPattern(&values, type) }
      if type.isOptional || type.isText { return .blank }
      values.report(
        "an empty cell asks for null, but \(values.subject)is never null: it expects \(type.expectation)", at: 0)
      return nil
    }
    if isRead { Self.correctPlace(&collector, values, cell) }
  }

  private static func path(_ names: LiteralReader, _ range: Range<Int>, _ table: FieldTable) -> [PathComponent]? {
    names.fieldPath(range, in: table, of: "")?.components
  }

  /// Reads fields of one thing, in parentheses, a table or a doc string.
  private mutating func fieldsOfOne(_ table: FieldTable, owner: String, what: String) -> [FieldPattern]? {
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

  private mutating func pairs(_ table: StepTable, _ fields: FieldTable, owner: String) -> [FieldPattern]? {
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

  // MARK: Views

  /// Reads `View for key …` or `View …`; nil where no view is named.
  mutating func view(_ prefix: StreamPrefix, _ name: Range<Int>) -> Recognised? {
    let word = forWord(name)
    let viewName = word.map { literal.trimmed(name.lowerBound..<$0.lowerBound) } ?? name
    guard let index = model.viewsByName[literal.bytes[viewName]].first else {
      guard word != nil, isOutcome, model.messages[literal.bytes[name]].isEmpty else { return nil }
      let shown = literal.text(viewName)
      guard let nearest = NearestName.nearest(to: shown, among: model.views.map(\.name)) else { return nil }
      report("the domain has no view called '\(shown)'", at: viewName.lowerBound, suggestion: nearest)
      return Recognised()
    }
    let view = model.views[index]
    let others = model.messages[literal.bytes[name]].filter { message in
      message.kind != .error && (prefix.aggregate == nil || prefix.aggregate == message.aggregate)
    }
    if word == nil, let other = others.first {
      if case .none = prefix {} else { return nil }
      let aggregate = model.aggregate(other.aggregate)?.name ?? ""
      report(
        "'\(view.name)' could be the view or \(aggregate).\(view.name); write 'for' and a key, or name the aggregate",
        at: name.lowerBound)
      return Recognised()
    }
    decide(.then)
    guard withoutStream(prefix, name.lowerBound) else { return Recognised() }
    return Recognised(action: viewPattern(index, view, name, key: word.map { $0.upperBound..<name.upperBound }))
  }

  private mutating func viewPattern(_ index: Int, _ view: ViewModel, _ name: Range<Int>, key: Range<Int>?)
    -> StepAction?
  {
    let opener = literal.position
    guard let key = viewKey(view, name, key) else { return nil }
    literal.isStrict = false
    literal.position = opener
    literal.skipSpace()
    if !literal.at("("), source.argument == nil {
      report(
        "what \(view.name) shows is expected: fields in parentheses, or a table below the step", at: name.lowerBound)
      return nil
    }
    if !literal.at("("), case .table(let table)? = source.argument, let first = table.rows.first {
      usesArgument = true
      guard let form = form(of: table, view.fields, owner: view.name) else { return nil }
      switch form {
      case .header:
        guard let rows = rows(table, first, view.fields, owner: view.name) else { return nil }
        return .expectView(ViewPattern(view: index, key: key, expectation: .rows(rows)))
      case .pairs:
        guard let fields = pairs(table, view.fields, owner: view.name) else { return nil }
        return .expectView(ViewPattern(view: index, key: key, expectation: .fields(fields)))
      }
    }
    guard let fields = fieldsOfOne(view.fields, owner: view.name, what: view.name) else { return nil }
    return .expectView(ViewPattern(view: index, key: key, expectation: .fields(fields)))
  }

  /// The key that a step asks for; the outer nil where it is wrong, which is reported.
  private mutating func viewKey(_ view: ViewModel, _ name: Range<Int>, _ key: Range<Int>?) -> ValueTemplate?? {
    guard let key else {
      if view.isSingleRow { return .some(nil) }
      report("say which row of \(view.name) is meant, as in: \(view.name) for …", at: name.lowerBound)
      return .none
    }
    let range = literal.trimmed(key)
    if view.isSingleRow {
      report("\(view.name) has one row and no key", at: range.isEmpty ? name.lowerBound : range.lowerBound)
      return .none
    }
    guard !range.isEmpty else {
      report("a key is expected behind 'for'", at: key.lowerBound)
      return .none
    }
    let path = literal.path
    literal.path = ["key"]
    defer { literal.path = path }
    literal.mark(range)
    if let bound = literal.bindingName(range) {
      if let stated = literal.reading.bindings.literals[bound] {
        guard let value = literal.reread(stated, { $0.template(view.keyType) }) else { return .none }
        return .some(value)
      }
      if literal.reading.bindings.matched.contains(bound) { return .some(.bound(name: bound, type: view.keyType)) }
      literal.unboundName(bound, at: range.lowerBound)
      return .none
    }
    var text = literal.bytes[range]
    let isQuoted = text.first == UInt8(ascii: "\"")
    if isQuoted {
      var ahead = literal
      ahead.position = range.lowerBound
      guard let quoted = ahead.quoted() else { return .none }
      guard ahead.position == range.upperBound else {
        report("nothing may stand behind the key", at: ahead.position)
        return .none
      }
      text = ArraySlice(quoted.utf8)
    }
    guard let value = literal.scalar(view.keyType, text, isQuoted: isQuoted, at: range.lowerBound) else { return .none }
    return .some(.constant(value))
  }

  private mutating func noRow(_ index: Int, _ name: Range<Int>) -> StepAction? {
    let word = forWord(name)
    literal.position = literal.bytes.count
    guard let key = viewKey(model.views[index], name, word.map { $0.upperBound..<name.upperBound }) else { return nil }
    return .expectView(ViewPattern(view: index, key: key, expectation: .none))
  }
}
