package import EventSourcing

/// A domain made ready for scenarios: one runtime for each aggregate and view, shared by all engines and threads.
package final class DomainRuntime: Sendable {
  /// The domain.
  package let domain: Domain
  /// The domain's names with their schemas.
  package let model: DomainModel
  /// The aggregates, in the domain's order.
  package let aggregates: [any AggregateRuntime]
  /// The views, in the domain's order.
  package let views: [any ViewRuntime]
  /// The process managers of which nothing has been seen; nil where the domain has none.
  let processManagers: ProcessManagerRuntime?
  /// Whether process managers react to an aggregate's events, by the aggregate's index.
  let isObserved: [Bool]
  private let indices: [ObjectIdentifier: Int]

  /// Makes a domain ready.
  ///
  /// - Parameters:
  ///   - domain: A domain without error findings.
  ///   - model: Its names with their schemas.
  package init(_ domain: Domain, model: DomainModel) {
    self.domain = domain
    self.model = model
    aggregates = domain.aggregates.enumerated().map { index, type in
      Self.runtime(type, index: index, schema: domain.schema(of: index), model: model)
    }
    views = domain.views.enumerated().map { Self.runtime($1, schema: domain.schema(ofView: $0)) }
    let managers = domain.processManagers.isEmpty ? nil : ProcessManagerRuntime(domain.processManagers)
    processManagers = managers
    isObserved = domain.aggregates.map { managers?.reacts(to: $0) ?? false }
    indices = Dictionary(
      domain.aggregates.enumerated().map { (ObjectIdentifier($1), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The index of an aggregate's type; nil where the domain does not have it.
  package func index(of aggregate: any Aggregate.Type) -> Int? { indices[ObjectIdentifier(aggregate)] }

  private static func runtime<A: Aggregate>(
    _ type: A.Type, index: Int, schema: AggregateSchema, model: DomainModel
  ) -> any AggregateRuntime {
    TypedAggregateRuntime<A>(index: index, schema: schema, model: model)
  }

  private static func runtime<Row: View>(_ type: Row.Type, schema: ViewSchema) -> any ViewRuntime {
    TypedViewRuntime<Row>(schema: schema)
  }
}
