/// A part of a domain: an aggregate, a view, a process manager or another domain.
public protocol DomainPart: Sendable {}

/// All parts that there are.
enum DomainElement: DomainPart {
  case aggregate(any Aggregate.Type)
  case view(any View.Type)
  case processManager(any ProcessManager.Type)
  case domain(Domain)
}

/// Puts a domain together from the types that are named.
@resultBuilder
public enum DomainBuilder {
  /// Names an aggregate.
  public static func buildExpression<A: Aggregate>(_ aggregate: A.Type) -> [any DomainPart] {
    [DomainElement.aggregate(aggregate)]
  }

  /// Names a view.
  public static func buildExpression<V: View>(_ view: V.Type) -> [any DomainPart] { [DomainElement.view(view)] }

  /// Names a process manager.
  public static func buildExpression<P: ProcessManager>(_ processManager: P.Type) -> [any DomainPart] {
    [DomainElement.processManager(processManager)]
  }

  /// Takes in all parts of another domain.
  public static func buildExpression(_ domain: Domain) -> [any DomainPart] { [DomainElement.domain(domain)] }

  /// Joins parts.
  public static func buildBlock(_ parts: [any DomainPart]...) -> [any DomainPart] { parts.flatMap { $0 } }

  /// Takes parts where a condition holds.
  public static func buildOptional(_ parts: [any DomainPart]?) -> [any DomainPart] { parts ?? [] }

  /// Takes the parts of one branch.
  public static func buildEither(first parts: [any DomainPart]) -> [any DomainPart] { parts }

  /// Takes the parts of the other branch.
  public static func buildEither(second parts: [any DomainPart]) -> [any DomainPart] { parts }

  /// Joins the parts of a loop.
  public static func buildArray(_ parts: [[any DomainPart]]) -> [any DomainPart] { parts.flatMap { $0 } }
}
