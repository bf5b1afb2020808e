/// All that a decision may know of the world: the instance's id, the time, fresh ids, and who asks.
public struct CommandContext<ID: Sendable>: Sendable {
  /// The identity of the instance that decides.
  public let id: ID
  /// The time of the decision, the same however often it is asked for.
  public let now: Date
  /// What travels with the command and its events.
  public let metadata: Metadata
  private let identities: @Sendable () -> UUID

  /// Makes a context.
  ///
  /// - Parameters:
  ///   - id: The identity of the instance that decides.
  ///   - now: The time of the decision.
  ///   - metadata: What travels with the command.
  ///   - identities: Where new ids come from.
  public init(id: ID, now: Date, metadata: Metadata = [:], identities: @escaping @Sendable () -> UUID) {
    self.id = id
    self.now = now
    self.metadata = metadata
    self.identities = identities
  }

  /// Who asks, where the metadata says so.
  public var actor: String? { metadata.actor }

  /// A fresh identity for a thing that the decision creates.
  ///
  /// - Returns: An id that no earlier call gave.
  public func newID() -> UUID { identities() }
}
