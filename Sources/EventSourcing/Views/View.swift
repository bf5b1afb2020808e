/// A read model, whose rows a projection folds from the events of any aggregates; the conforming value is one row.
///
/// ```swift
/// struct OrderDetails: View {
///   var orderID: UUID
///   var status: String
///
///   static var projection: Projection<Self> {
///     On(Order.self) { event, envelope, rows in
///       switch event {
///       case .orderCreated(let orderID, _):
///         try rows.insert(Self(orderID: orderID, status: "draft"), id: orderID)
///       default: break
///       }
///     }
///   }
/// }
/// ```
public protocol View: Codable, Sendable {
  /// What rows are asked for by: `Then OrderDetails for order`.
  associatedtype Key: AggregateIdentity = UUID
  /// What one row is known by; the key itself unless a key has several rows.
  associatedtype RowID: AggregateIdentity = Key
  /// What the projection notes for itself beside the rows, such as the amount that a later event takes back.
  associatedtype Note: Codable & Sendable = Never

  /// The view's name; by default the type's own.
  static var name: String { get }
  /// The version of the rows' form and of the projection; another one has the view rebuilt.
  static var version: Int { get }
  /// The order of the rows of one key, where they have one.
  static var rowOrder: (@Sendable (Self, Self) -> Bool)? { get }
  /// What folds events into rows.
  @ProjectionBuilder<Self> static var projection: Projection<Self> { get }
}

extension View {
  /// The type's own name.
  public static var name: String { OwnName.of(Self.self).text }
  /// The first version.
  public static var version: Int { 1 }
  /// No order.
  public static var rowOrder: (@Sendable (Self, Self) -> Bool)? { nil }
}

/// The key of a view that has one row only.
public enum OnlyRow: String, AggregateIdentity {
  /// The only key there is.
  case row
}
