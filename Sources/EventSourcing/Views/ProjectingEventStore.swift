/// What can be brought up with all events that there are, such as a ``ProjectionRunner``.
public protocol CatchingUp: Sendable {
  /// Takes all events that there are and have not been taken yet.
  ///
  /// - Returns: The position of the last event taken.
  @discardableResult
  func catchUp() async throws -> Checkpoint
}

/// What can take events in the transaction that appends them, such as a ``ProjectionRunner``.
public protocol InlineProjecting: CatchingUp {
  /// Where it keeps rows.
  var views: any ViewStore { get }

  /// Takes events that are being appended.
  ///
  /// - Parameters:
  ///   - events: The events, in the store's order.
  ///   - previous: The position of the last event before them.
  ///   - transaction: The rows of ``views``, in the appending transaction.
  /// - Returns: False where earlier events have not been taken yet: then nothing has changed, and the events must come
  ///   again behind a ``CatchingUp/catchUp()``.
  /// - Throws: What refuses an event; it must not be stored then.
  func take(_ events: [EventEnvelope], after previous: Checkpoint, in transaction: any ViewTransaction) throws -> Bool
}

/// A store whose appends come back when views show them: inline projections over any store.
///
/// Where the store can (``InlineProjectingStore``) and keeps the rows too, events and rows are written in one
/// transaction: an event that a projection refuses is not stored. Elsewhere rows are written behind the append; where the
/// process dies between the two, the next append or ``CatchingUp/catchUp()`` writes them, once.
public struct ProjectingEventStore: EventStore {
  private let store: any EventStore
  private let inline: (store: any InlineProjectingStore, projections: [any InlineProjecting])?
  private let behind: [any CatchingUp]
  private let onFailure: @Sendable (any Error) -> Void
  private static var attempts: Int { 100 }

  /// Makes a store over another.
  ///
  /// - Parameters:
  ///   - store: What holds the events.
  ///   - projections: What is brought up with each append.
  ///   - onFailure: Is told of a projection that failed behind an append, which has gone through nevertheless.
  public init(
    _ store: any EventStore, projections: [any CatchingUp], onFailure: @escaping @Sendable (any Error) -> Void
  ) {
    self.store = store
    self.onFailure = onFailure
    let capable = store.capabilities.contains(.inlineProjections) ? store as? any InlineProjectingStore : nil
    var inline: [any InlineProjecting] = []
    var behind: [any CatchingUp] = []
    for projection in projections {
      if let capable, let projection = projection as? any InlineProjecting, Self.isSame(projection.views, capable) {
        inline.append(projection)
      } else {
        behind.append(projection)
      }
    }
    self.inline = capable.flatMap { inline.isEmpty ? nil : ($0, inline) }
    self.behind = behind
  }

  /// Whether rows lie in the very store that holds the events; one that is no object is never known to be.
  private static func isSame(_ views: any ViewStore, _ store: any InlineProjectingStore) -> Bool {
    (views as AnyObject) === (store as AnyObject)
  }

  /// What this store can do.
  public var capabilities: EventStoreCapabilities { store.capabilities }

  /// Appends events to a stream, all or none.
  public func append(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) async throws -> AppendResult
  {
    let result: AppendResult
    if let inline {
      result = try await append(to: stream, events: events, expected: expected, inline.store, inline.projections)
    } else {
      result = try await store.append(to: stream, events: events, expected: expected)
    }
    for projection in behind {
      do {
        try await projection.catchUp()
      } catch {
        onFailure(error)
      }
    }
    return result
  }

  private func append(
    to stream: StreamName, events: [NewEvent], expected: ExpectedVersion, _ store: any InlineProjectingStore,
    _ projections: [any InlineProjecting]
  ) async throws -> AppendResult {
    // Others may append past this store at any time: then views catch up first.
    for _ in 0..<Self.attempts {
      do {
        return try await store.append(to: stream, events: events, expected: expected) { events, previous, transaction in
          for projection in projections {
            guard try projection.take(events, after: previous, in: transaction) else { throw FallenBehind() }
          }
        }
      } catch is FallenBehind {
        for projection in projections { try await projection.catchUp() }
      }
    }
    throw EventStoreError(
      .unavailable,
      "events for stream '\(stream)' were not stored: others append so fast that the inline projections do not keep up",
      stream: stream)
  }

  private struct FallenBehind: Error {}

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
