/// An event store within the process: the default, and the measure of all others.
///
/// It keeps events as the values that they are, never coded. It also keeps snapshots and views' rows. Nothing of it
/// outlives the process.
public final class MemoryEventStore: TypedEventStore, SnapshotStore, InlineProjectingStore {
  private let log: Guarded<MemoryLog>
  private let snapshots: Guarded<[StreamName: Snapshot]>
  private let views: Guarded<MemoryViews>
  private let appended = WakeUp()

  /// Makes an empty store.
  public init() {
    log = Guarded(MemoryLog())
    snapshots = Guarded([:])
    views = Guarded(MemoryViews())
  }

  private init(log: MemoryLog, snapshots: [StreamName: Snapshot], views: MemoryViews) {
    self.log = Guarded(log)
    self.snapshots = Guarded(snapshots)
    self.views = Guarded(views)
  }

  /// A store with the same contents, independent from then on.
  ///
  /// - Complexity: O(1); what is shared is copied in pieces when one of the two changes it.
  package func copy() -> MemoryEventStore {
    MemoryEventStore(
      log: log.withLock { $0 }, snapshots: snapshots.withLock { $0 }, views: views.withLock { $0 })
  }

  /// What this store can do.
  public var capabilities: EventStoreCapabilities {
    [.totalOrder, .densePositions, .inlineProjections, .strongIdempotency]
  }

  // MARK: Events

  /// Appends events to a stream, all or none.
  public func append(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) async throws -> AppendResult
  {
    try appendNow(to: stream, events: events, expected: expected)
  }

  /// ``append(to:events:expected:)`` for callers that cannot wait.
  package func appendNow(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) throws(EventStoreError)
    -> AppendResult
  {
    let result = try log.withLock { log throws(EventStoreError) in
      try log.append(events, to: stream, expected: expected)
    }
    appended.wakeAll()
    return result
  }

  /// Appends events to a stream and runs work on views' rows, both or neither.
  public func append(
    to stream: StreamName, events: [NewEvent], expected: ExpectedVersion, inTransaction work: @escaping InlineWork
  ) async throws -> AppendResult {
    let result = try log.withLock { log in
      try views.withLock { views in
        try Self.inTransaction(&views) { transaction in
          try log.append(events, to: stream, expected: expected) { try work($0, $1, transaction) }
        }
      }
    }
    appended.wakeAll()
    return result
  }

  /// Reads events of one stream.
  public func readStream(
    _ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection
  ) async throws -> [EventEnvelope] {
    try readNow(stream, from: version, limit: limit, direction: direction)
  }

  /// ``readStream(_:from:limit:direction:)`` for callers that cannot wait.
  package func readNow(_ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection)
    throws(EventStoreError) -> [EventEnvelope]
  {
    try log.withLock { log throws(EventStoreError) in
      try log.read(stream, from: version, limit: limit, direction: direction)
    }
  }

  /// Reads events of all streams in the store's one order.
  public func readAll(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
    try readAllNow(after: checkpoint, limit: limit)
  }

  /// ``readAll(after:limit:)`` for callers that cannot wait.
  package func readAllNow(after checkpoint: Checkpoint, limit: Int) throws(EventStoreError) -> [EventEnvelope] {
    try log.withLock { log throws(EventStoreError) in try log.readAll(after: checkpoint, limit: limit) }
  }

  /// The events of a stream as values, where it holds nothing else.
  public func typedEvents<Event: DomainMessage>(of stream: StreamName, as type: Event.Type, from version: Int)
    -> TypedEvents<Event>?
  {
    log.withLock { $0.typedEvents(of: stream, as: type, from: version) }
  }

  /// The version of a stream: the number of its events.
  public func version(of stream: StreamName) async throws -> Int { versionNow(of: stream) }

  /// ``version(of:)`` for callers that cannot wait.
  package func versionNow(of stream: StreamName) -> Int { log.withLock { $0.version(of: stream) } }

  /// Lists streams by name.
  public func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) async throws -> [StreamSummary] {
    try log.withLock { log throws(EventStoreError) in
      try log.streams(withPrefix: prefix, after: name, limit: limit)
    }
  }

  /// Waits until there may be events behind a checkpoint, or the time is over.
  public func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws {
    await appended.wait(atMost: timeout) { log.withLock { checkpoint.number < UInt64($0.lastPosition) } }
  }

  // MARK: Snapshots

  /// The latest snapshot of a stream, if there is one.
  public func snapshot(of stream: StreamName) async throws -> Snapshot? { snapshots.withLock { $0[stream] } }

  /// Keeps a snapshot in place of an older one of its stream.
  public func save(_ snapshot: Snapshot) async throws {
    snapshots.withLock { snapshots in
      if let present = snapshots[snapshot.stream], present.version > snapshot.version,
        present.stateVersion == snapshot.stateVersion
      {
        return
      }
      snapshots[snapshot.stream] = snapshot
    }
  }

  /// Forgets the snapshot of a stream.
  public func removeSnapshot(of stream: StreamName) async throws {
    snapshots.withLock { $0[stream] = nil }
  }

  // MARK: Views

  /// Runs a body in one transaction over a view's rows and checkpoint.
  public func withViewTransaction<Result: Sendable>(
    _ body: @escaping @Sendable (any ViewTransaction) throws -> Result
  ) async throws -> Result {
    try views.withLock { views in try Self.inTransaction(&views, body) }
  }

  private static func inTransaction<Result>(
    _ views: inout MemoryViews, _ body: (any ViewTransaction) throws -> Result
  ) throws -> Result {
    // The transaction works on the rows themselves, not on a copy beside them.
    let transaction = MemoryViewTransaction(views)
    views = MemoryViews()
    defer { views = transaction.views }
    do {
      return try body(transaction)
    } catch {
      transaction.rollBack()
      throw error
    }
  }
}
