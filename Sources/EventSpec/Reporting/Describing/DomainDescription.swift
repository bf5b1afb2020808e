package import EventSourcing

/// What a domain offers to specs: aggregates, commands, events, errors, views, and the types of their fields.
package struct DomainDescription: Sendable {
  /// One thing that has a name in the domain.
  package enum Part: Sendable {
    case aggregate(AggregateSchema, errorTexts: [String: String])
    case command(CaseSchema, aggregate: String)
    case event(CaseSchema, aggregate: String)
    case error(CaseSchema, aggregate: String, text: String?)
    case view(ViewSchema)
    case processManager(name: String)
    case type(name: String, TypeSchema)
  }

  /// The domain's name.
  package let name: String
  /// The aggregates, views, process managers and types.
  package let parts: [Part]
  /// Writes default values.
  let specText: SpecText

  /// Describes a whole domain.
  package init(_ domain: Domain) {
    name = domain.name
    specText = SpecText(DomainModel(domain))
    var parts: [Part] = []
    var types: [(name: String, type: TypeSchema)] = []
    for (aggregate, schema) in zip(domain.aggregates, domain.aggregateSchemas) {
      parts.append(.aggregate(schema, errorTexts: Self.errorTexts(of: aggregate)))
      let messages = schema.commands.cases + schema.events.cases + schema.errors.cases
      for field in messages.flatMap(\.fields) { field.type.collectNamed(into: &types) }
      if case .record(let state) = schema.state {
        for field in state.fields { field.type.collectNamed(into: &types) }
      }
    }
    for schema in domain.viewSchemas {
      parts.append(.view(schema))
      if case .record(let row) = schema.rowType {
        for field in row.fields { field.type.collectNamed(into: &types) }
      }
    }
    parts += domain.processManagers.map { .processManager(name: $0.name) }
    parts += types.map { .type(name: $0.name, $0.type) }
    self.parts = parts
  }

  private init(name: String, parts: [Part], specText: SpecText) {
    self.name = name
    self.parts = parts
    self.specText = specText
  }

  /// The parts that have a name, compared as specs compare names; `Order.OrderPlaced` says the aggregate too.
  ///
  /// - Parameter wanted: The name.
  /// - Returns: The description of these parts alone; nil where nothing has the name.
  package func named(_ wanted: String) -> DomainDescription? {
    let pieces = wanted.split(separator: ".", maxSplits: 1).map(String.init)
    let owner = pieces.count == 2 ? pieces[0] : nil
    let name = pieces.last ?? wanted
    let found = everything.filter { part in
      Self.isSame(part.name, name) && (owner.map { Self.isSame(part.owner ?? "", $0) } ?? true)
    }
    return found.isEmpty ? nil : DomainDescription(name: self.name, parts: found, specText: specText)
  }

  /// All names that can be asked for.
  package var names: [String] { everything.map(\.name) }

  private var everything: [Part] {
    parts.flatMap { part in
      guard case .aggregate(let schema, let texts) = part else { return [part] }
      return [part] + schema.commands.cases.map { Part.command($0, aggregate: schema.name) }
        + schema.events.cases.map { Part.event($0, aggregate: schema.name) }
        + schema.errors.cases.map { Part.error($0, aggregate: schema.name, text: texts[$0.name]) }
    }
  }

  private static func isSame(_ left: String, _ right: String) -> Bool {
    NormalizedName.areEqual(left.utf8, right.utf8)
  }

  /// The texts of the errors that carry nothing, and so always say the same.
  private static func errorTexts<A: Aggregate>(of aggregate: A.Type) -> [String: String] {
    guard A.Failure.self != UndeclaredError.self else { return [:] }
    var texts: [String: String] = [:]
    let codec = MessageCodec<A.Failure>()
    for (index, described) in codec.schema.cases.enumerated() where described.fields.isEmpty {
      guard let error = try? codec.decode(caseIndex: index, DynamicRecord()) else { continue }
      texts[described.name] = error.description
    }
    return texts
  }
}

extension DomainDescription.Part {
  /// The name by which specs speak of it.
  package var name: String {
    switch self {
    case .aggregate(let schema, _): schema.name
    case .command(let described, _), .error(let described, _, _): upperCamelCase(described.name)
    case .event(let described, _): described.storedName.isEmpty ? upperCamelCase(described.name) : described.storedName
    case .view(let schema): schema.name
    case .processManager(let name): name
    case .type(let name, _): name
    }
  }

  /// The aggregate that it belongs to.
  var owner: String? {
    switch self {
    case .command(_, let aggregate), .event(_, let aggregate), .error(_, let aggregate, _): aggregate
    case .aggregate, .view, .processManager, .type: nil
    }
  }
}
