/// What a process manager does when.
public struct Reactions<Manager: ProcessManager>: Sendable {
  /// The aggregates whose events it reacts to.
  package let aggregates: [any Aggregate.Type]
}

/// Puts reactions together.
@resultBuilder
public enum ReactionsBuilder<Manager: ProcessManager> {
  /// Joins reactions.
  public static func buildBlock(_ parts: Reactions<Manager>...) -> Reactions<Manager> {
    Reactions(aggregates: parts.flatMap(\.aggregates))
  }
}
