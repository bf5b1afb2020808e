import EventSourcing

/// Domains made ready for scenarios written in Swift, each once.
enum DomainRuntimes {
  private static let known = Memo<[ObjectIdentifier], DomainRuntime>(capacity: 256)

  /// The domain of an aggregate alone.
  static func runtime<A: Aggregate>(of type: A.Type) -> DomainRuntime { runtime(Domain(type.name) { type }) }

  /// A domain.
  static func runtime(_ domain: Domain) -> DomainRuntime {
    let key =
      domain.aggregates.map { ObjectIdentifier($0) } + domain.views.map { ObjectIdentifier($0) }
      + domain.processManagers.map { ObjectIdentifier($0) }
    if let known = known[key] { return known }
    return known.keep(DomainRuntime(domain, model: DomainModel(domain)), for: key)
  }
}
