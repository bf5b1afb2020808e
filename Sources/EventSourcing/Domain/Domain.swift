/// The aggregates, views and process managers that belong together.
///
/// ```swift
/// let ordering = Domain("Ordering") { Order.self; OrderDetails.self; Analytics.self }
/// ```
///
/// Putting it together costs nothing; schemas are read when somebody asks for them, once.
public struct Domain: Sendable {
  /// The domain's name.
  public let name: String
  /// The aggregates, each once, in the order in which they were named.
  public let aggregates: [any Aggregate.Type]
  /// The views, likewise.
  public let views: [any View.Type]
  /// The process managers, likewise.
  public let processManagers: [any ProcessManager.Type]
  private let schemas: Schemas

  /// Puts a domain together.
  ///
  /// - Parameters:
  ///   - name: The domain's name.
  ///   - parts: The types of aggregates, views and process managers, and other domains.
  public init(_ name: String, @DomainBuilder _ parts: () -> [any DomainPart]) { self.init(name, parts()) }

  /// One domain of several, with the names of all.
  ///
  /// - Parameter domains: The domains; what two of them have is taken once.
  /// - Returns: Their aggregates, views and process managers.
  public static func merging(_ domains: [Domain]) -> Domain {
    Domain(domains.map(\.name).joined(separator: ", "), domains.map { DomainElement.domain($0) })
  }

  private init(_ name: String, _ parts: [any DomainPart]) {
    self.name = name
    var aggregates: [any Aggregate.Type] = []
    var views: [any View.Type] = []
    var processManagers: [any ProcessManager.Type] = []
    func add(_ part: any DomainPart) {
      switch part as? DomainElement {
      case .aggregate(let type): if !aggregates.contains(where: { $0 == type }) { aggregates.append(type) }
      case .view(let type): if !views.contains(where: { $0 == type }) { views.append(type) }
      case .processManager(let type):
        if !processManagers.contains(where: { $0 == type }) { processManagers.append(type) }
      case .domain(let domain):
        domain.aggregates.forEach { add(DomainElement.aggregate($0)) }
        domain.views.forEach { add(DomainElement.view($0)) }
        domain.processManagers.forEach { add(DomainElement.processManager($0)) }
      case nil: break
      }
    }
    parts.forEach(add)
    self.aggregates = aggregates
    self.views = views
    self.processManagers = processManagers
    schemas = Schemas(aggregates: aggregates, views: views)
  }

  /// The schema of an aggregate.
  ///
  /// - Parameter aggregate: Its index in ``aggregates``, which must be one of them.
  public func schema(of aggregate: Int) -> AggregateSchema { schemas.all.aggregates[aggregate] }

  /// The schema of a view.
  ///
  /// - Parameter view: Its index in ``views``, which must be one of them.
  public func schema(ofView view: Int) -> ViewSchema { schemas.all.views[view] }

  /// The schemas of all aggregates, in their order.
  public var aggregateSchemas: [AggregateSchema] { schemas.all.aggregates }

  /// The schemas of all views, in their order.
  public var viewSchemas: [ViewSchema] { schemas.all.views }

  /// All that is wrong with the domain's types, errors and warnings.
  public var findings: [SchemaFinding] { schemas.findings(of: self) }

  /// Refuses a domain that cannot be used.
  ///
  /// - Throws: ``InvalidDomainError`` with all findings that are errors.
  public func validate() throws {
    let errors = findings.filter { $0.severity == .error }
    if !errors.isEmpty { throw InvalidDomainError(domain: name, findings: errors) }
  }

  /// The schemas, read at the first use.
  private final class Schemas: Sendable {
    struct All: Sendable {
      let aggregates: [AggregateSchema]
      let views: [ViewSchema]
    }

    private let aggregates: [any Aggregate.Type]
    private let views: [any View.Type]
    private let known = Guarded<All?>(nil)
    private let found = Guarded<[SchemaFinding]?>(nil)

    init(aggregates: [any Aggregate.Type], views: [any View.Type]) {
      self.aggregates = aggregates
      self.views = views
    }

    var all: All {
      known.withLock { known in
        if let known { return known }
        let all = All(
          aggregates: aggregates.map { AggregateSchema($0) }, views: views.map { ViewSchema($0) })
        known = all
        return all
      }
    }

    func findings(of domain: Domain) -> [SchemaFinding] {
      found.withLock { found in
        if let found { return found }
        let findings = DomainInspection(domain).findings
        found = findings
        return findings
      }
    }
  }
}

/// A domain that cannot be used, with everything that is wrong with it.
public struct InvalidDomainError: Error, Sendable, CustomStringConvertible {
  /// The domain's name.
  public let domain: String
  /// What is wrong, all of it.
  public let findings: [SchemaFinding]

  /// What a person reads.
  public var description: String {
    "the domain '\(domain)' cannot be used:\n" + findings.map { "  \($0)" }.joined(separator: "\n")
  }
}
