/// What folds events into the rows of a view.
public struct Projection<Row: View>: Sendable {
  /// The aggregates whose events it folds.
  package let aggregates: [any Aggregate.Type]
}

/// Puts a projection together.
@resultBuilder
public enum ProjectionBuilder<Row: View> {
  /// Joins handlers.
  public static func buildBlock(_ parts: Projection<Row>...) -> Projection<Row> {
    Projection(aggregates: parts.flatMap(\.aggregates))
  }
}
