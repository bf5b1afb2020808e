/// Something that reacts to events with commands, and to the passing of time; the conforming value is its state for
/// one correlation.
///
/// ```swift
/// struct TransferProcess: ProcessManager {
///   var target: UUID?
///
///   static var reactions: Reactions<Self> {
///     When(Transfer.self, correlatedBy: { event, envelope in … }) { process, event, context in
///       context.send(.withdraw(…), to: Account.self, id: source)
///       context.schedule("expire", after: .seconds(3600))
///     }
///     OnDeadline("expire") { process, context in … }
///     OnFailure(of: Account.self) { process, command, error, context in … }
///   }
/// }
/// ```
public protocol ProcessManager: Codable, Sendable {
  /// What ties the events of one process together.
  associatedtype Correlation: AggregateIdentity = UUID

  /// The process manager's name; by default the type's own.
  static var name: String { get }
  /// What it does when.
  @ReactionsBuilder<Self> static var reactions: Reactions<Self> { get }

  /// The state of a process of which nothing has been seen.
  init()
}

extension ProcessManager {
  /// The type's own name.
  public static var name: String { OwnName.of(Self.self).text }
}
