/// All events of a store behind a checkpoint: first those that are there, then each new one as it comes.
///
/// It never ends by itself. Cancelling the task that iterates ends it with a `CancellationError`.
public struct EventSubscription: AsyncSequence, Sendable {
  private let store: any EventStore
  private let checkpoint: Checkpoint
  private let batchSize: Int
  private let pollInterval: Duration

  init(store: any EventStore, after checkpoint: Checkpoint, batchSize: Int, pollInterval: Duration) {
    self.store = store
    self.checkpoint = checkpoint
    self.batchSize = Swift.max(batchSize, 1)
    self.pollInterval = pollInterval
  }

  /// Starts to read behind the checkpoint.
  public func makeAsyncIterator() -> Iterator {
    Iterator(store: store, checkpoint: checkpoint, batchSize: batchSize, pollInterval: pollInterval)
  }

  /// Goes through the events.
  public struct Iterator: AsyncIteratorProtocol {
    private let store: any EventStore
    private var checkpoint: Checkpoint
    private let batchSize: Int
    private let pollInterval: Duration
    private var batch: ArraySlice<EventEnvelope> = []

    init(store: any EventStore, checkpoint: Checkpoint, batchSize: Int, pollInterval: Duration) {
      self.store = store
      self.checkpoint = checkpoint
      self.batchSize = batchSize
      self.pollInterval = pollInterval
    }

    /// The next event; waits for one where there is none yet.
    public mutating func next() async throws -> EventEnvelope? {
      while batch.isEmpty {
        try Task.checkCancellation()
        batch = try await store.readAll(after: checkpoint, limit: batchSize)[...]
        if let last = batch.last {
          checkpoint = last.position
        } else {
          // A hint may be lost on the way; reading again after the interval is what makes that harmless.
          try await store.waitForEvents(after: checkpoint, timeout: pollInterval)
        }
      }
      return batch.popFirst()
    }
  }
}

extension EventStore {
  /// Subscribes to all events behind a checkpoint.
  ///
  /// - Parameters:
  ///   - checkpoint: The last position seen; `.start` for none.
  ///   - batchSize: How many events are read at a time.
  ///   - pollInterval: How long to rely on the store's hint before looking again.
  /// - Returns: The events, in the store's order, each once.
  public func subscribe(
    after checkpoint: Checkpoint = .start, batchSize: Int = 256, pollInterval: Duration = .seconds(1)
  ) -> EventSubscription {
    EventSubscription(store: self, after: checkpoint, batchSize: batchSize, pollInterval: pollInterval)
  }

  /// Reads a stream forwards from its start, or from the version given.
  ///
  /// - Parameters:
  ///   - stream: The stream.
  ///   - version: The first version to read.
  ///   - limit: How many at the most.
  /// - Returns: The events, contiguous.
  public func readStream(_ stream: StreamName, from version: Int = 1, limit: Int = .max) async throws -> [EventEnvelope]
  {
    try await readStream(stream, from: version, limit: limit, direction: .forwards)
  }
}
