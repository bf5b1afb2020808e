/// Loads and saves the instances of an aggregate, and executes commands on them.
///
/// ```swift
/// let orders = Repository<Order>(store: MemoryEventStore())
/// try await orders.execute(.createOrder(orderID: id, customerID: alice), on: id)
/// ```
public struct Repository<A: Aggregate>: Sendable {
  /// Where events are stored.
  public let store: any EventStore
  /// Where snapshots are kept, if at all.
  public let snapshots: (any SnapshotStore)?
  /// After how many events a snapshot is taken; 0 for never.
  public let snapshotEvery: Int
  /// Where the time and new ids come from.
  public let environment: Environment
  /// Is told of a snapshot that could not be read or kept; it is passed over in any case.
  public var onSnapshotFailure: (@Sendable (StreamName, any Error) -> Void)?

  private let typedStore: (any TypedEventStore)?
  let codec = EventCodec<A>()
  private static var batchSize: Int { 1000 }

  /// Makes a repository.
  ///
  /// - Parameters:
  ///   - store: Where events are stored.
  ///   - snapshots: Where snapshots are kept, if at all.
  ///   - snapshotEvery: After how many events a snapshot is taken: whenever a save reaches or steps over a multiple.
  ///   - environment: Where the time and new ids come from.
  public init(
    store: any EventStore, snapshots: (any SnapshotStore)? = nil, snapshotEvery: Int = 50,
    environment: Environment = .system
  ) {
    self.store = store
    self.snapshots = snapshots
    self.snapshotEvery = snapshotEvery
    self.environment = environment
    typedStore = store as? any TypedEventStore
  }

  // MARK: Loading

  /// Loads an instance: the latest snapshot that can be used, and the events behind it.
  ///
  /// - Parameter id: The identity; one of which nothing is stored has version 0.
  /// - Returns: The instance.
  /// - Throws: What the store throws, or an error of the codec that names type, stream and position.
  public func load(_ id: A.ID) async throws -> LoadedAggregate<A> {
    var aggregate = LoadedAggregate<A>(id: id)
    let stream = aggregate.stream
    if let snapshots, let snapshot = try? await snapshots.snapshot(of: stream),
      let restored = restore(id, from: snapshot, notBehind: .max)
    {
      // The event at the snapshot's version is read along: without it the snapshot is ahead of its stream.
      if try await replay(stream, into: &aggregate, startingAt: restored, limit: .max) { return aggregate }
      aggregate = LoadedAggregate(id: id)
    }
    _ = try await replay(stream, into: &aggregate, startingAt: nil, limit: .max)
    return aggregate
  }

  /// Loads an instance as it was at a version.
  ///
  /// - Parameters:
  ///   - id: The identity.
  ///   - version: The number of events behind the state asked for.
  /// - Returns: The instance.
  /// - Throws: ``EventStoreError`` with code `invalidArgument` where the stream has no such version.
  public func load(_ id: A.ID, at version: Int) async throws -> LoadedAggregate<A> {
    var aggregate = LoadedAggregate<A>(id: id)
    let stream = aggregate.stream
    if version > 0 {
      var isReplayed = false
      if let snapshots, let snapshot = try? await snapshots.snapshot(of: stream),
        let restored = restore(id, from: snapshot, notBehind: version)
      {
        isReplayed = try await replay(stream, into: &aggregate, startingAt: restored, limit: version)
      }
      if !isReplayed {
        aggregate = LoadedAggregate(id: id)
        _ = try await replay(stream, into: &aggregate, startingAt: nil, limit: version)
      }
    }
    guard aggregate.version == version else {
      throw EventStoreError(
        .invalidArgument, "stream '\(stream)' has no version \(version), it is at version \(aggregate.version)",
        stream: stream, actual: aggregate.version)
    }
    return aggregate
  }

  private func restore(_ id: A.ID, from snapshot: Snapshot, notBehind version: Int) -> LoadedAggregate<A>? {
    guard snapshot.aggregate == A.name, snapshot.stateVersion == A.stateVersion, snapshot.version > 0,
      snapshot.version <= version
    else { return nil }
    do {
      let state = try StoredValue.decode(A.self, from: snapshot.state)
      return LoadedAggregate(id: id, state: state, version: snapshot.version)
    } catch {
      onSnapshotFailure?(snapshot.stream, error)
      return nil
    }
  }

  /// Replays a stream up to a version.
  ///
  /// - Returns: False where the restored instance turns out to be ahead of its stream.
  private func replay(
    _ stream: StreamName, into aggregate: inout LoadedAggregate<A>, startingAt restored: LoadedAggregate<A>?, limit: Int
  ) async throws -> Bool {
    let start = restored?.version ?? 0
    if let typedStore, limit == .max,
      let events = typedStore.typedEvents(of: stream, as: A.Event.self, from: start + 1)
    {
      guard events.version >= start else { return false }
      if let restored { aggregate = restored }
      for chunk in events.chunks { aggregate.replay(chunk) }
      return true
    }

    if let restored {
      guard try await !store.readStream(stream, from: start, limit: 1, direction: .forwards).isEmpty else {
        return false
      }
      aggregate = restored
    }
    while aggregate.version < limit {
      let wanted = min(Self.batchSize, limit - aggregate.version)
      let batch = try await store.readStream(
        stream, from: aggregate.version + 1, limit: wanted, direction: .forwards)
      try replay(batch, into: &aggregate)
      if batch.count < wanted { break }
    }
    return true
  }

  private func replay(_ batch: [EventEnvelope], into aggregate: inout LoadedAggregate<A>) throws {
    var rest = batch[...]
    while let first = rest.first {
      let events = EventEnvelope.leadingEvents(of: rest, as: A.Event.self)
      if !events.isEmpty {
        aggregate.replay(events)
        rest = rest.dropFirst(events.count)
        continue
      }
      if case .value(let message) = first.payload, let event = exactly(A.Event.self, message) {
        aggregate.replay(event)
      } else {
        aggregate.replayStored(try codec.decode(first))
      }
      rest = rest.dropFirst()
    }
  }

  // MARK: Saving

  /// Stores an instance's pending events, where its stream is still at the version that it was loaded at.
  ///
  /// - Parameters:
  ///   - aggregate: The instance; its events are pending no more afterwards.
  ///   - expected: What is expected of the stream in place of the instance's version.
  ///   - metadata: What travels with the events.
  /// - Returns: The events as they were stored.
  /// - Throws: ``EventStoreError``, with code `conflict` where somebody else has stored events; the instance is as it was.
  @discardableResult
  public func save(
    _ aggregate: inout LoadedAggregate<A>, expected: ExpectedVersion? = nil, metadata: Metadata = [:]
  ) async throws -> [EventEnvelope] {
    let now = environment.now()
    let newEvents = try aggregate.pendingEvents.map {
      try codec.newEvent($0, id: environment.newID(), occurredAt: now, metadata: metadata)
    }
    return try await save(&aggregate, as: newEvents, expected: expected ?? .exact(aggregate.version))
  }

  func save(_ aggregate: inout LoadedAggregate<A>, as newEvents: [NewEvent], expected: ExpectedVersion) async throws
    -> [EventEnvelope]
  {
    let stream = aggregate.stream
    guard !newEvents.isEmpty else {
      if expected != .any { _ = try await store.append(to: stream, events: [], expected: expected) }
      return []
    }
    let result = try await store.append(to: stream, events: newEvents, expected: expected)
    let before = aggregate.version
    _ = aggregate.collectPendingEvents()
    if result.version == aggregate.version {
      await keepSnapshot(of: aggregate, stream: stream, before: before)
    } else {
      // Saved over what others had stored: only a fresh load knows the state.
      aggregate = try await load(aggregate.id)
    }
    return try await envelopes(of: newEvents, in: stream, result: result)
  }

  private func envelopes(of events: [NewEvent], in stream: StreamName, result: AppendResult) async throws
    -> [EventEnvelope]
  {
    let first = result.version - events.count + 1
    if events.count == 1 || store.capabilities.contains(.densePositions) {
      return events.enumerated().map { offset, event in
        let position = Checkpoint(
          result.position.number - UInt64(events.count - 1 - offset), others: result.position.others)
        return EventEnvelope(event, stream: stream, version: first + offset, position: position)
      }
    }
    return try await store.readStream(stream, from: first, limit: events.count, direction: .forwards)
  }

  private func keepSnapshot(of aggregate: LoadedAggregate<A>, stream: StreamName, before: Int) async {
    guard let snapshots, snapshotEvery > 0, before / snapshotEvery != aggregate.version / snapshotEvery else { return }
    do {
      let snapshot = Snapshot(
        stream: stream, version: aggregate.version, aggregate: A.name, stateVersion: A.stateVersion,
        state: try StoredValue.encode(aggregate.state))
      try await snapshots.save(snapshot)
    } catch {
      // The events are stored; a snapshot is a shortcut only.
      onSnapshotFailure?(stream, error)
    }
  }
}
