/// A consistency boundary whose state is a fold over its events and whose commands decide new ones.
///
/// The conforming value *is* the state. It starts as `init()`, ``apply(_:)`` folds one event into it, and
/// ``handle(_:in:)`` answers a command with events or an error, reading time, new ids and metadata from nothing but
/// its context:
///
/// ```swift
/// struct Counter: Aggregate {
///   enum Command: DomainMessage { case increase(by: Int) }
///   enum Event: DomainMessage { case increased(by: Int) }
///
///   var total = 0
///
///   func handle(_ command: Command, in context: Context) throws -> [Event] {
///     switch command { case .increase(let amount): [.increased(by: amount)] }
///   }
///   mutating func apply(_ event: Event) {
///     switch event { case .increased(let amount): total += amount }
///   }
/// }
/// ```
public protocol Aggregate: AggregateBase, Codable, Sendable {
  /// What the aggregate can be asked to do.
  associatedtype Command: DomainMessage
  /// What can happen to the aggregate.
  associatedtype Event: DomainMessage
  /// With what the aggregate refuses a command.
  associatedtype Failure: DomainError = UndeclaredError

  /// The aggregate's name in specs and descriptions; by default the type's own.
  static var name: String { get }
  /// The first part of its streams' names; by default the name with a small first letter, as in `order-<id>`.
  static var streamCategory: String { get }
  /// The field that carries the identity in messages; by default the name with a small first letter + `ID`.
  static var identityField: String { get }
  /// The version of the state's coded form; a snapshot of another version is passed over.
  static var stateVersion: Int { get }
  /// What turns events as older releases stored them into today's.
  static var upcasters: [Upcaster] { get }
  /// What happens to a stored event whose type no case has.
  static var unknownEvents: UnknownEventPolicy { get }

  /// The state before the first event.
  init()

  /// Decides what a command leads to, changing nothing.
  ///
  /// - Parameters:
  ///   - command: What is asked for.
  ///   - context: The instance's id and all that the decision may know of the world.
  /// - Returns: The events that happened, in order; none where there is nothing to do.
  /// - Throws: The aggregate's error where the command is refused.
  func handle(_ command: Command, in context: Context) throws -> [Event]

  /// Folds one event into the state.
  ///
  /// It must accept whatever the stream holds: what was decided has happened.
  ///
  /// - Parameter event: The next event of the stream.
  mutating func apply(_ event: Event)

  /// Folds a run of events into the state; there is no need to supply it.
  ///
  /// The default is compiled with the conforming type, so that a replay costs what a bare loop costs.
  ///
  /// - Parameter events: The next events of the stream, in order.
  mutating func apply(contentsOf events: ArraySlice<Event>)
}

/// What is settled of an aggregate before anything else: its identity.
///
/// It stands apart from ``Aggregate`` so that the compiler need not look at `handle(_:in:)`, whose context has the
/// identity in its type, to find out what `ID` is.
public protocol AggregateBase {
  /// The identity of one instance; `UUID` unless stated otherwise.
  associatedtype ID: AggregateIdentity = UUID
}

extension AggregateBase {
  /// What an aggregate's `handle(_:in:)` may know of the world.
  public typealias Context = CommandContext<ID>
}

extension Aggregate {
  /// Folds events in order, one by one.
  @inlinable
  public mutating func apply(contentsOf events: ArraySlice<Event>) {
    for event in events { apply(event) }
  }

  /// The type's own name.
  public static var name: String { OwnName.of(Self.self).text }
  /// The name with a small first letter.
  public static var streamCategory: String {
    let own = OwnName.of(Self.self)
    return own.text == name ? own.lowerCamelCase : lowerCamelCase(name)
  }
  /// The name with a small first letter + `ID`.
  public static var identityField: String { lowerCamelCase(name) + "ID" }
  /// The first version.
  public static var stateVersion: Int { 1 }
  /// None.
  public static var upcasters: [Upcaster] { [] }
  /// Refuse to load the stream.
  public static var unknownEvents: UnknownEventPolicy { .fail }

  /// The name of an instance's stream.
  ///
  /// - Parameter id: The instance's identity.
  /// - Returns: The category and the identity, joined by a hyphen.
  public static func stream(of id: ID) -> StreamName { StreamName(category: streamCategory, id: id.streamText) }
}

/// `OrderItem` as `orderItem`, and `URLAlias` as `urlAlias`.
package func lowerCamelCase(_ name: String) -> String {
  let capitals = name.prefix { $0.isUppercase }
  if capitals.count <= 1 { return capitals.lowercased() + name.dropFirst(capitals.count) }
  if capitals.count == name.count { return name.lowercased() }
  return capitals.dropLast().lowercased() + name.dropFirst(capitals.count - 1)
}
