/// The commands, events or errors of an aggregate, as an enum with a case for each.
///
/// A case carries labelled values, or one payload struct; nothing else is asked for:
///
/// ```swift
/// enum Event: DomainMessage {
///   case orderCreated(orderID: UUID, customerID: UUID)
///   case orderCancelled(Cancellation)
/// }
/// ```
///
/// The names and types of cases and fields are read from the compiler's own metadata. Where that is not what is wanted,
/// ``schema`` and the other requirements can be supplied by hand.
public protocol DomainMessage: Codable, Sendable {
  /// The cases of this type with their fields; by default read by reflection.
  static var schema: MessageSchema { get }

  /// Stored type names by case name, for the cases whose name in a store is not the case's own in UpperCamelCase.
  static var storedNames: [String: String] { get }

  /// Former stored type names by case name, under which older events are still found in a store.
  static var formerStoredNames: [String: [String]] { get }

  /// Schema versions by case name, for the cases whose stored form has changed; others have version 1.
  static var schemaVersions: [String: Int] { get }

  /// Values by `case.field` that a spec may leave out, for instance `["addItem.quantity": 1]`.
  static var defaults: [String: any Codable & Sendable] { get }

  /// Adds a message to others; there is no need to supply it.
  ///
  /// The default is compiled with the conforming type, so that keeping events in memory costs what an array costs.
  ///
  /// - Parameters:
  ///   - message: The message.
  ///   - messages: The others.
  static func add(_ message: Self, toArray messages: inout [Self])
}

extension DomainMessage {
  /// None: every case is stored under its own name.
  public static var storedNames: [String: String] { [:] }
  /// None.
  public static var formerStoredNames: [String: [String]] { [:] }
  /// None: every case has version 1.
  public static var schemaVersions: [String: Int] { [:] }
  /// None.
  public static var defaults: [String: any Codable & Sendable] { [:] }

  /// Appends the message.
  @inlinable
  public static func add(_ message: Self, toArray messages: inout [Self]) { messages.append(message) }
}
