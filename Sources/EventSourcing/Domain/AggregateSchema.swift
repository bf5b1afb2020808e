/// What an aggregate's messages and state look like.
public struct AggregateSchema: Sendable {
  /// The aggregate's name.
  public var name: String
  /// The field that carries the identity in messages.
  public var identityField: String
  /// The first part of its streams' names.
  public var streamCategory: String
  /// The identity's type.
  public var identityType: TypeSchema
  /// The state.
  public var state: TypeSchema
  /// What it can be asked to do.
  public var commands: MessageSchema
  /// What can happen to it.
  public var events: MessageSchema
  /// With what it refuses a command.
  public var errors: MessageSchema

  init<A: Aggregate>(_ aggregate: A.Type) {
    name = A.name
    identityField = A.identityField
    streamCategory = A.streamCategory
    identityType = TypeSchema.reflecting(A.ID.self)
    state = TypeSchema.reflectingRecord(A.self)
    commands = A.Command.schema
    events = A.Event.schema
    errors = A.Failure.self == UndeclaredError.self ? MessageSchema(typeName: "", cases: []) : A.Failure.schema
  }
}

/// What a view's rows look like.
public struct ViewSchema: Sendable {
  /// The view's name.
  public var name: String
  /// The type of what its rows are asked for by.
  public var keyType: TypeSchema
  /// The type of a row.
  public var rowType: TypeSchema
  /// Whether there is only one row.
  public var isSingleRow: Bool
  /// Whether the rows of a key have an order.
  public var isOrdered: Bool

  init<V: View>(_ view: V.Type) {
    name = V.name
    keyType = TypeSchema.reflecting(V.Key.self)
    rowType = TypeSchema.reflectingRecord(V.self)
    isSingleRow = V.Key.self == OnlyRow.self
    isOrdered = V.rowOrder != nil
  }
}
