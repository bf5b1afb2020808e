import EventSourcing

extension StepReader {
  // MARK: Metadata

  /// Reads `metadata(key: value, …)`; the cursor stands behind the word.
  mutating func metadata(_ prefix: StreamPrefix, _ start: Int) -> StepAction? {
    guard role != .when else {
      report("'metadata(…)' can only stand under Given, for the commands that follow, or Then", at: start)
      return nil
    }
    decide(.given)
    if case .none = prefix {
    } else {
      report("metadata takes no stream before it", at: literal.trimmed(0..<start).lowerBound)
      return nil
    }
    var given: [String: ValueTemplate] = [:]
    var expected: [String: Pattern] = [:]
    let isOutcome = isOutcome
    func read(_ reader: inout LiteralReader, _ key: String) -> Bool {
      reader.path = [.name(key)]
      defer { reader.path = [] }
      if isOutcome {
        guard let pattern = reader.pattern(.string) else { return false }
        expected[key] = pattern
      } else {
        guard let value = reader.template(.string) else { return false }
        given[key] = value
      }
      return true
    }
    literal.skipSpace()
    let opener = literal.position
    if literal.skip("(") {
      if source.argument != nil {
        usesArgument = true
        report("fields stand in parentheses or below the step, not both", at: opener)
        return nil
      }
      literal.depth += 1
      let rest = literal.items(until: ")", opener: opener) { reader, name in
        let key = reader.text(name)
        if given[key] != nil || expected[key] != nil {
          reader.report("'\(key)' is given twice", at: name.lowerBound)
        }
        return read(&reader, key)
      }
      literal.depth -= 1
      if let rest, !isOutcome { report("'...' can only stand in a Then", at: rest) }
      guard expectEnd() else { return nil }
    } else {
      guard case .table(let table)? = source.argument else {
        report("metadata is expected in parentheses, as in metadata(user: alice)", at: start)
        return nil
      }
      usesArgument = true
      for row in table.rows {
        guard row.cells.count == 2, !row.cells[0].text.isEmpty else {
          literal.reading.report(
            "a table of metadata has two columns, a key and its value",
            at: row.cells.first?.location(of: 0, in: source.file) ?? source.location)
          return nil
        }
        let key = row.cells[0].text
        if given[key] != nil || expected[key] != nil {
          literal.reading.report("'\(key)' is given twice", at: row.cells[0].location(of: 0, in: source.file))
        }
        var values = LiteralReader(row.cells[1], literal.reading, isWhole: true)
        if read(&values, key) { _ = values.expectWholeRead() }
      }
    }
    guard literal.reading.diagnostics.isEmpty else { return nil }
    if given.isEmpty, expected.isEmpty {
      report("metadata is expected, as in metadata(user: alice)", at: opener)
      return nil
    }
    return isOutcome ? .expectMetadata(expected) : .metadata(given)
  }

  // MARK: The stored form

  /// Reads `stored "Type" schema version N` with its doc string; the cursor stands at the type.
  mutating func stored(_ prefix: StreamPrefix, _ start: Int) -> StepAction? {
    guard require([.given], "'stored …'", at: start) else { return nil }
    literal.skipSpace()
    let typeStart = literal.position
    guard let type = literal.quoted() else { return nil }
    literal.path = [.name("type")]
    literal.mark(typeStart..<literal.position)
    literal.skipSpace()
    let versionStart = literal.position
    guard take("schema version") else {
      report("'schema version N' is expected behind the stored type", at: versionStart)
      return nil
    }
    literal.path = [.name("schema version")]
    guard let template = literal.template(.integer(bits: 32, isSigned: false)), expectEnd(),
      case .constant(.integer(let version)) = template
    else { return nil }
    guard case .docString(let docString)? = source.argument else {
      report("the stored payload is expected below the step, as a doc string in JSON", at: typeStart)
      return nil
    }
    usesArgument = true
    guard let aggregate = aggregate(storing: type, prefix, at: typeStart), var reader = jsonReader(docString),
      let node = reader.json()
    else { return nil }
    let identities = aggregate.identityFields
    let names = model.names
    let payload = Self.withNames(reader.untyped(node) { text, _ in .string(text) }, identities, names)
    var identity = StatedIdentity.none
    if case .object(let members, _) = node,
      let member = members.first(where: { NormalizedName.areEqual($0.key.utf8, aggregate.identityField.utf8) })
    {
      let quiet = Reading(source, model: model, isOutcome: false)
      var quietReader = LiteralReader(docString.content, quiet)
      if case .constant(let value)? = quietReader.template(member.value, aggregate.identityType) {
        identity = .value(value, reader.location(member.value.offset))
      }
    }
    guard case .some(.some(let target)) = target(aggregate.index, prefix, identity, at: typeStart) else { return nil }
    return .stored(
      StoredTemplate(
        type: type, schemaVersion: Int(version), payload: .constant(payload), target: target,
        location: literal.location(typeStart)))
  }

  /// The aggregate in whose stream an event of a stored type belongs.
  private func aggregate(storing type: String, _ prefix: StreamPrefix, at offset: Int) -> AggregateModel? {
    if let named = prefix.aggregate { return model.aggregate(named) }
    let knowing = model.aggregates.filter { aggregate in
      aggregate.upcastTypes.contains(type)
        || aggregate.events.contains { $0.storedName == type || $0.formerStoredNames.contains(type) }
    }
    if let only = knowing.first, knowing.count == 1 { return only }
    let candidates = knowing.isEmpty ? model.aggregates : knowing
    let used = candidates.filter { scope.hasStream(of: $0.index) }
    if let only = used.first, used.count == 1 { return only }
    if let only = candidates.first, candidates.count == 1 { return only }
    report(
      "say whose stream this is: '\(type)' could be in one of \(candidates.map(\.name).joined(separator: ", "))",
      at: offset,
      notes: ["begin with the aggregate, as in: \(candidates.first?.name ?? ""): stored …"])
    return nil
  }

  /// The payload with the UUIDs that names stand for, in the fields that hold UUIDs today.
  private static func withNames(_ value: DynamicValue, _ fields: Set<String>, _ names: IdentityNames) -> DynamicValue {
    func replaced(_ value: DynamicValue) -> DynamicValue {
      switch value {
      case .string(let text) where UUID(uuidString: text) == nil && !text.isEmpty:
        .string(names.identity(named: text).uuidString.lowercased())
      case .array(let values): .array(values.map(replaced))
      default: withNames(value, fields, names)
      }
    }
    switch value {
    case .array(let values): return .array(values.map { withNames($0, fields, names) })
    case .record(let record):
      return .record(
        DynamicRecord(
          record.fields.map { field in
            let value = fields.contains(field.name) ? replaced(field.value) : withNames(field.value, fields, names)
            return DynamicRecord.Field(field.name, value)
          }))
    default: return value
    }
  }
}

extension AggregateModel {
  /// The names of the fields that hold UUIDs in the aggregate's events.
  fileprivate var identityFields: Set<String> {
    var names: Set<String> = []
    for field in events.flatMap(\.fields.fields) { field.collectIdentities(into: &names) }
    if case .uuid = identityType { names.insert(identityField) }
    return names
  }
}

extension FieldSchema {
  fileprivate func collectIdentities(into names: inout Set<String>) {
    var type = type
    while true {
      switch type {
      case .optional(let inner), .array(let inner), .set(let inner): type = inner
      case .dictionary(_, let value): type = value
      case .uuid:
        names.insert(name)
        return
      case .record(let schema):
        for field in schema.fields { field.collectIdentities(into: &names) }
        return
      case .enumeration(let schema):
        for field in schema.cases.flatMap(\.fields) { field.collectIdentities(into: &names) }
        return
      default: return
      }
    }
  }
}
