package import EventSourcing

extension DomainModel {
  /// Prepares the names of a domain.
  ///
  /// - Parameter domain: The domain; what is wrong with it is for `validate()` to say.
  package convenience init(_ domain: Domain) {
    var aggregates: [AggregateModel] = []
    for (index, aggregate) in domain.aggregates.enumerated() {
      aggregates.append(AggregateModel.describing(aggregate, domain.schema(of: index)))
    }
    let views = domain.viewSchemas.map { view in
      ViewModel(
        name: view.name, keyType: view.keyType, row: view.rowType, isSingleRow: view.isSingleRow,
        isOrdered: view.isOrdered)
    }
    self.init(name: domain.name, aggregates: aggregates, views: views)
  }
}

extension AggregateModel {
  fileprivate static func describing<A: Aggregate>(_ aggregate: A.Type, _ schema: AggregateSchema) -> AggregateModel {
    let commands = MessageCodec<A.Command>()
    let events = MessageCodec<A.Event>()
    return AggregateModel(
      name: schema.name, category: schema.streamCategory, identityField: schema.identityField,
      identityType: schema.identityType, state: schema.state, commands: schema.commands, events: schema.events,
      errors: schema.errors, upcastTypes: A.upcasters.map(\.type)
    ) { kind, caseIndex, payload in
      switch kind {
      case .command: try commands.decode(caseIndex: caseIndex, payload)
      case .event: try events.decode(caseIndex: caseIndex, payload)
      }
    }
  }
}
