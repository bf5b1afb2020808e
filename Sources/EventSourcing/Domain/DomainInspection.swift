/// Looks for everything that is wrong with a domain's types.
struct DomainInspection {
  private(set) var findings: [SchemaFinding] = []

  init(_ domain: Domain) {
    for (aggregate, schema) in zip(domain.aggregates, domain.aggregateSchemas) { inspect(aggregate, schema) }
    for (view, schema) in zip(domain.views, domain.viewSchemas) {
      inspect(schema.rowType, type: schema.name, path: [])
      check(view, schema.rowType, schema.name)
      inspect(schema.keyType, type: schema.name, path: ["Key"])
    }
    inspectNames(domain)
  }

  // MARK: Names

  private mutating func inspectNames(_ domain: Domain) {
    let aggregates = domain.aggregateSchemas
    reportDoubles(aggregates.map { ($0.name, $0.name) }, "two aggregates have the name")
    reportDoubles(aggregates.map { ($0.streamCategory, $0.name) }, "two aggregates have the stream category")
    reportDoubles(domain.viewSchemas.map { ($0.name, $0.name) }, "two views have the name")
    reportDoubles(domain.processManagers.map { ($0.name, $0.name) }, "two process managers have the name")
    for schema in aggregates where schema.streamCategory.contains("-") || schema.streamCategory.isEmpty {
      add(
        .error, schema.name, nil,
        "has the stream category '\(schema.streamCategory)'; it must be a text without '-', which ends the category in a stream's name"
      )
    }
  }

  private mutating func reportDoubles(_ names: [(name: String, type: String)], _ message: String) {
    var seen: [String: String] = [:]
    for (name, type) in names {
      if seen[name] != nil {
        add(.error, type, nil, "\(message) '\(name)'; give one of them another")
      }
      seen[name] = type
    }
  }

  // MARK: Aggregates

  private mutating func inspect<A: Aggregate>(_ aggregate: A.Type, _ schema: AggregateSchema) {
    inspect(schema.identityType, type: schema.name, path: ["ID"])
    inspect(schema.state, type: schema.name, path: [])
    check(aggregate, schema.state, schema.name)
    inspect(A.Command.self, schema.commands)
    inspect(A.Event.self, schema.events)
    if A.Failure.self != UndeclaredError.self { inspect(A.Failure.self, schema.errors) }
    inspectStoredNames(schema.events)
    inspectUpcasters(A.upcasters, schema.events)
    inspectWholeState(A.self, schema)
  }

  private mutating func inspect<Message: DomainMessage>(_ type: Message.Type, _ schema: MessageSchema) {
    findings += schema.findings
    for described in schema.cases {
      for field in described.fields { inspect(field.type, type: schema.typeName, path: [described.name, field.name]) }
    }
    for planned in MessagePlan.of(type).cases {
      if case .failed(let message, let path) = planned.check {
        add(.error, schema.typeName, ([planned.name] + (path.map { [$0] } ?? [])).joined(separator: "."), message)
      }
    }
  }

  private mutating func inspectStoredNames(_ schema: MessageSchema) {
    var owners: [String: String] = [:]
    for described in schema.cases {
      for name in [described.storedName] + described.formerStoredNames {
        if let owner = owners[name] {
          add(
            .error, schema.typeName, described.name,
            "has the stored name '\(name)', as '\(owner)' has; a stored event must tell which of them it is")
        }
        owners[name] = described.name
      }
    }
  }

  private mutating func inspectUpcasters(_ upcasters: [Upcaster], _ schema: MessageSchema) {
    var seen: Set<EventTypes.Form> = []
    for upcaster in upcasters {
      let form = "'\(upcaster.type)' version \(upcaster.schemaVersion)"
      if !seen.insert(EventTypes.Form(type: upcaster.type, schemaVersion: upcaster.schemaVersion)).inserted {
        add(.error, schema.typeName, nil, "two upcasters take \(form); only one can")
      }
      for described in schema.cases
      where described.storedName == upcaster.type && described.schemaVersion <= upcaster.schemaVersion {
        add(
          .error, schema.typeName, described.name,
          "has version \(described.schemaVersion), which an upcaster of \(form) takes for an older one; "
            + "raise the case's version in schemaVersions")
      }
    }
  }

  private mutating func inspectWholeState<A: Aggregate>(_ aggregate: A.Type, _ schema: AggregateSchema) {
    guard case .enumeration(let cases) = Reflection.shape(of: A.Event.self) else { return }
    for found in cases {
      for (place, field) in (found.payload ?? []).enumerated() {
        guard let type = field.type, Self.holds(type, A.self) else { continue }
        add(
          .warning, schema.events.typeName, "\(found.name).\(field.name ?? "_\(place)")",
          "carries the aggregate's whole state; an event says what happened, and no more")
      }
    }
  }

  /// Whether a type is another one, or an optional or a collection of it.
  private static func holds(_ type: Any.Type, _ wanted: Any.Type) -> Bool {
    if type == wanted { return true }
    guard let generic = StandardGeneric(type) else { return false }
    return Reflection.genericArguments(of: type, count: generic == .dictionary ? 2 : 1)
      .contains { holds($0, wanted) }
  }

  // MARK: Types

  /// Tries whether a state or row codes itself as its schema says.
  private mutating func check<T: Codable>(_ type: T.Type, _ schema: TypeSchema, _ name: String) {
    guard case .record(let record) = schema else { return }
    let samples = [SampleValue.Extent.full, .empty].compactMap { SampleValue.fields(record.fields, $0) }
    let check = CodingCheck(samples) { sample in
      let value = try DynamicDecoder().decode(type, from: .record(sample))
      guard case .record(let record) = try DynamicEncoder().encode(value) else { return DynamicRecord() }
      return record
    }
    if case .failed(let message, let path) = check { add(.error, name, path, message) }
  }

  private mutating func inspect(_ schema: TypeSchema, type: String, path: [String]) {
    switch schema {
    case .unreadable(let name, let reason):
      add(.error, type, path.joined(separator: "."), "\(name) \(reason)")
    case .optional(let wrapped): inspect(wrapped, type: type, path: path)
    case .array(let element), .set(let element): inspect(element, type: type, path: path + ["element"])
    case .dictionary(let key, let value):
      inspect(key, type: type, path: path + ["key"])
      inspect(value, type: type, path: path + ["value"])
      if !Self.isText(key) {
        add(
          .error, type, path.joined(separator: "."),
          "is a dictionary whose keys are no texts; use texts, numbers, UUIDs or an enum without payload as keys")
      }
    case .record(let record):
      for field in record.fields { inspect(field.type, type: type, path: path + [field.name]) }
    case .enumeration(let enumeration):
      for found in enumeration.cases {
        for field in found.fields { inspect(field.type, type: type, path: path + [found.name, field.name]) }
      }
    case .string, .bool, .integer, .floatingPoint, .decimal, .date, .duration, .uuid, .data, .text, .recursive: break
    }
  }

  private static func isText(_ key: TypeSchema) -> Bool {
    switch key {
    case .string, .integer, .uuid, .text, .date: true
    case .enumeration(let enumeration): enumeration.cases.allSatisfy(\.fields.isEmpty)
    // What cannot be read at all is reported as such.
    case .unreadable: true
    default: false
    }
  }

  private mutating func add(_ severity: SchemaFinding.Severity, _ type: String, _ path: String?, _ message: String) {
    let finding = SchemaFinding(severity, type: type, path: path?.isEmpty == true ? nil : path, message: message)
    if !findings.contains(finding) { findings.append(finding) }
  }
}
