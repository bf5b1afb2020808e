/// What can be brought up with all events that there are, such as a ``ProjectionRunner``.
public protocol CatchingUp: Sendable {
  /// Takes all events that there are and have not been taken yet.
  ///
  /// - Returns: The position of the last event taken.
  @discardableResult
  func catchUp() async throws -> Checkpoint
}

/// A store whose appends come back when views show them: inline projections over any store.
///
/// Rows are written behind the append, not in its transaction; where the process dies between the two, the next
/// append or ``CatchingUp/catchUp()`` writes them, once.
public struct ProjectingEventStore: EventStore {
  private let store: any EventStore
  private let projections: [any CatchingUp]
  private let onFailure: @Sendable (any Error) -> Void

  /// Makes a store over another.
  ///
  /// - Parameters:
  ///   - store: What holds the events.
  ///   - projections: What is brought up with each append.
  ///   - onFailure: Is told of a projection that failed; the append has gone through nevertheless.
  public init(
    _ store: any EventStore, projections: [any CatchingUp], onFailure: @escaping @Sendable (any Error) -> Void
  ) {
    self.store = store
    self.projections = projections
    self.onFailure = onFailure
  }

  /// What this store can do.
  public var capabilities: EventStoreCapabilities { store.capabilities }

  /// Appends events to a stream, all or none.
  public func append(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) async throws -> AppendResult
  {
    let result = try await store.append(to: stream, events: events, expected: expected)
    for projection in projections {
      do {
        try await projection.catchUp()
      } catch {
        onFailure(error)
      }
    }
    return result
  }

  /// Reads events of one stream.
  public func readStream(_ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection) async throws
    -> [EventEnvelope]
  {
    try await store.readStream(stream, from: version, limit: limit, direction: direction)
  }

  /// Reads events of all streams in the store's one order.
  public func readAll(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
    try await store.readAll(after: checkpoint, limit: limit)
  }

  /// The version of a stream: the number of its events.
  public func version(of stream: StreamName) async throws -> Int { try await store.version(of: stream) }

  /// Lists streams by name.
  public func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) async throws -> [StreamSummary] {
    try await store.streams(withPrefix: prefix, after: name, limit: limit)
  }

  /// Waits until there may be events behind a checkpoint, or the time is over.
  public func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws {
    try await store.waitForEvents(after: checkpoint, timeout: timeout)
  }
}
