package import EventSourcing

/// A view of the domain as the engine sees it.
package protocol ViewRuntime: AnyObject, Sendable {
  /// The view's name.
  var name: String { get }
  /// The type of a row's field.
  func type(of field: String) -> TypeSchema
  /// Its key and rows.
  var schema: ViewSchema { get }
  /// Whether the rows of one key have an order.
  var isOrdered: Bool { get }
  /// The view before the first event.
  var empty: any ViewContent { get }
}

/// The rows of a view; a value, so that a copy is not changed by what happens later.
package protocol ViewContent: Sendable {
  /// Folds one event into the rows.
  ///
  /// - Throws: What the view's handler throws.
  mutating func apply(_ event: any DomainMessage, of aggregate: any Aggregate.Type, envelope: EventEnvelope) throws
  /// The rows with a key, all of them without one, in coded form with derived values.
  ///
  /// - Throws: What the row's own encoding throws, or an error where the key does not read.
  mutating func rows(key: DynamicValue?) throws -> [DynamicValue]
}

/// What is behind ``ViewRuntime`` for one type.
package final class TypedViewRuntime<Row: View>: ViewRuntime {
  private let projection = Row.projection

  package let schema: ViewSchema

  package init(schema: ViewSchema) { self.schema = schema }

  package func type(of field: String) -> TypeSchema {
    guard case .record(let record) = schema.rowType, let found = record.fields.first(where: { $0.name == field }) else {
      return .unreadable(name: field, reason: "not listed")
    }
    return found.type
  }

  package var name: String { Row.name }
  package var isOrdered: Bool { Row.rowOrder != nil }
  package var empty: any ViewContent { TypedViewContent<Row>(projection: projection) }
}

private struct TypedViewContent<Row: View>: ViewContent {
  let projection: Projection<Row>
  private var content = ViewRows<Row>()

  init(projection: Projection<Row>) { self.projection = projection }

  mutating func apply(_ event: any DomainMessage, of aggregate: any Aggregate.Type, envelope: EventEnvelope) throws {
    try projection.apply(event, of: aggregate, envelope: envelope, to: &content)
  }

  mutating func rows(key: DynamicValue?) throws -> [DynamicValue] {
    let rows: [Row]
    if let key {
      rows = content.rows(key: try DynamicDecoder().decode(Row.Key.self, from: key))
    } else {
      let all = content.present.map(\.row)
      rows = Row.rowOrder.map { order in all.sorted(by: order) } ?? all
    }
    let encoder = DynamicEncoder(includesDerivedValues: true)
    return try rows.map { try encoder.encode($0) }
  }
}
