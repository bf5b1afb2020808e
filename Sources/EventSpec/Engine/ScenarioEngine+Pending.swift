package import EventSourcing

/// What a session does with what it has recorded: look at it, commit it to a store, go back to the past.
extension ScenarioEngine {
  /// The streams that have been touched, in the order in which they were.
  package var touchedStreams: [StreamSlot] { streams.slots }

  /// The events that have not been committed.
  package var pendingEvents: Slice<EventLog> { log[min(committed, log.count)...] }

  /// Makes what is pending a part of the past: over a store, by appending it there, stream by stream in the order in
  /// which it came about.
  ///
  /// - Throws: `EventStoreError` with code `conflict` where somebody else has written to a stream meanwhile; what was
  ///   appended before stays committed, the rest stays pending.
  package mutating func commitPending() async throws {
    guard case .overlay(let store) = backing else {
      committed = log.count
      return
    }
    while committed < log.count {
      let slot = log[committed].slot
      let end = log[committed...].firstIndex { $0.slot != slot } ?? log.count
      let envelopes = try log[committed..<end].map { try envelope($0) }
      let events = envelopes.map {
        NewEvent(
          id: $0.id, type: $0.type, schemaVersion: $0.schemaVersion, occurredAt: $0.occurredAt, metadata: $0.metadata,
          payload: $0.payload)
      }
      _ = try await store.append(
        to: streams.slots[slot].reference.stream, events: events, expected: .exact(log[committed].version - 1))
      streams.slots[slot].storedVersion = log[end - 1].version
      committed = end
    }
  }

  /// A stream's state with its derived values in coded form.
  ///
  /// - Throws: Why the stream cannot be loaded.
  package mutating func state(of reference: StreamReference) async throws -> DynamicValue {
    let slot = try await slot(reference)
    if let failure = streams.slots[slot].loadFailure { throw failure }
    return try runtime.aggregates[reference.aggregate].coded(streams.slots[slot].node)
  }

  /// The number of a stream's events.
  package mutating func version(of reference: StreamReference) async throws -> Int {
    streams.slots[try await slot(reference)].version
  }

  /// A stream's events with all that is known about them, oldest first.
  package mutating func events(of reference: StreamReference) async throws -> [EventEnvelope] {
    let slot = try await slot(reference)
    var result: [EventEnvelope] = []
    switch backing {
    case .memory: break
    case .space(let space): return try await Self.read(reference.stream, from: space.store, upTo: .max)
    case .overlay(let store):
      result = try await Self.read(reference.stream, from: store, upTo: streams.slots[slot].storedVersion)
    }
    for logged in log where logged.slot == slot && logged.version > result.count { result.append(try envelope(logged)) }
    return result
  }

  private static func read(
    _ stream: StreamName, from store: any EventStore, upTo version: Int
  ) async throws -> [EventEnvelope] {
    var result: [EventEnvelope] = []
    while result.count < version {
      let limit = min(1_000, version - result.count)
      let batch = try await store.readStream(stream, from: result.count + 1, limit: limit, direction: .forwards)
      result += batch
      if batch.count < limit { break }
    }
    return result
  }

  /// What a view shows, in coded form.
  ///
  /// - Parameters:
  ///   - view: The view's index in the domain.
  ///   - key: What its rows are asked for by; nil for all rows.
  /// - Throws: Where the view cannot be brought up to date, or the key does not read.
  package mutating func rows(ofView view: Int, key: DynamicValue?) async throws -> [DynamicValue] {
    try await catchUp(view)
    guard var progress = views[view] else { return [] }
    defer { views[view] = progress }
    return try progress.content.rows(key: key)
  }

  /// An engine as it was when a stream had so many events: a command there is a what-if.
  ///
  /// - Parameters:
  ///   - version: The number of the stream's events.
  ///   - reference: The stream.
  /// - Throws: Where the store cannot be read.
  package func past(at version: Int, of reference: StreamReference) async throws -> ScenarioEngine {
    // What is tried in the past never reaches the store.
    let backing: Backing = if case .space(let space) = backing { .overlay(space.store) } else { backing }
    var past = ScenarioEngine(
      runtime, backing: backing, identities: identities.source, start: log.first?.occurredAt ?? clock)
    past.bindings = bindings
    past.horizon = (reference.stream, version)
    _ = try await past.slot(reference)
    for logged in log {
      let stream = streams.slots[logged.slot].reference
      if stream.stream == reference.stream, logged.version > version { break }
      let slot = try await past.slot(stream)
      if logged.version <= past.streams.slots[slot].version { continue }
      past.clock = max(past.clock, logged.occurredAt)
      let first = past.log.count
      if let event = logged.event {
        try await past.append([event], to: slot, expected: nil, metadata: logged.metadata)
      } else if let stored = logged.stored {
        try await past.append(stored: stored, to: slot)
      }
      if past.managers != nil { _ = try past.observe(from: first) }
    }
    past.committed = past.log.count
    past.metadata = metadata
    return past
  }
}
