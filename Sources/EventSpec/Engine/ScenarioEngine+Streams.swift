import EventSourcing

extension ScenarioEngine {
  // MARK: Values

  /// The value that a template stands for now.
  func value(_ template: ValueTemplate) throws -> DynamicValue {
    switch template {
    case .constant(let value): value
    case .bound(let name, _):
      if let value = bindings[name] { value } else { throw EngineError.unbound(name) }
    case .now(let offset): .date(clock.addingTimeInterval(offset.seconds))
    case .array(let elements): .array(try elements.map { try value($0) })
    case .record(let fields): .record(DynamicRecord(try fields.map { .init($0.name, try value($0.value)) }))
    }
  }

  /// The message that a template stands for now.
  mutating func message(_ template: MessageTemplate) throws -> CodedMessage {
    let aggregate = runtime.aggregates[template.aggregate]
    let message: CodedMessage
    if let made = template.message {
      message = try aggregate.message(template.kind, made)
    } else if case .record(let payload) = try value(template.payload) {
      message = try aggregate.message(template.kind, caseIndex: template.caseIndex, payload: payload)
    } else {
      throw EngineError.noPayload(aggregate.name)
    }
    identities.reserved.insert(message)
    return message
  }

  // MARK: Streams

  /// The stream that a step speaks of.
  func reference(_ target: StreamTarget) throws -> StreamReference {
    switch target {
    case .known(let reference): return reference
    case .bound(let aggregate, let name):
      guard let value = bindings[name] else { throw EngineError.unbound(name) }
      let text: String
      let display: String
      switch value {
      case .uuid(let id):
        text = id.streamText
        display = names.name(of: id) ?? text
      case .string(let value): (text, display) = (value, value)
      case .integer(let value): (text, display) = (String(value), String(value))
      case .unsigned(let value): (text, display) = (String(value), String(value))
      default: throw EngineError.notAnIdentity(name: name)
      }
      let category = runtime.aggregates[aggregate].type.streamCategory
      return StreamReference(
        aggregate: aggregate, stream: StreamName(category: category, id: text), displayName: display)
    }
  }

  /// Where a stream stands among the scenario's, as far as the engine itself knows it.
  mutating func touch(_ reference: StreamReference) throws -> Int {
    if let known = streams.index(of: reference.stream) { return known }
    let aggregate = runtime.aggregates[reference.aggregate]
    guard let identity = aggregate.identity(of: reference.stream) else {
      throw EngineError.noIdentity(reference.stream, aggregate: aggregate.name)
    }
    return streams.insert(StreamSlot(reference: reference, identity: identity, node: aggregate.initial))
  }

  /// Where a stream stands among the scenario's, up to date with its store.
  mutating func slot(_ reference: StreamReference) async throws -> Int {
    let index = try touch(reference)
    switch backing {
    case .memory: break
    case .space(let space): try await refresh(index, from: space.store)
    case .overlay(let store):
      if streams.slots[index].version == 0 {
        // What a store held before is not for this scenario to judge.
        let before = found
        try await refresh(index, from: store)
        found = before
      }
    }
    return index
  }

  /// Reads what a store has that the slot does not know yet.
  private mutating func refresh(_ index: Int, from store: any EventStore) async throws {
    let aggregate = runtime.aggregates[streams.slots[index].reference.aggregate]
    while true {
      let version = streams.slots[index].storedVersion
      let limit =
        horizon.map { $0.stream == streams.slots[index].reference.stream ? $0.version - version : 1_000 } ?? 1_000
      guard limit > 0 else { return }
      let batch = min(limit, 1_000)
      let envelopes = try await store.readStream(
        streams.slots[index].reference.stream, from: version + 1, limit: batch, direction: .forwards)
      for envelope in envelopes {
        do { fold(try aggregate.events(of: envelope), into: index) } catch {
          streams.slots[index].loadFailure = streams.slots[index].loadFailure ?? error
        }
        streams.slots[index].version = envelope.version
        streams.slots[index].storedVersion = envelope.version
      }
      if envelopes.count < batch { return }
    }
  }

  /// Takes events into a stream's state; each state on the way is looked at, not the last alone.
  mutating func fold(_ events: [CodedMessage], into index: Int) {
    let aggregate = runtime.aggregates[streams.slots[index].reference.aggregate]
    for event in events { advance(index, event, aggregate) }
  }

  private mutating func advance(_ index: Int, _ event: CodedMessage, _ aggregate: any AggregateRuntime) {
    let node = aggregate.next(streams.slots[index].node, event)
    streams.slots[index].node = node
    for finding in node.findings {
      if found.contains(where: { $0.kind == finding.kind && $0.subject == finding.subject }) { continue }
      found.append(finding)
    }
  }

  /// The stored form of a logged event with all that is known about it.
  func envelope(_ event: LoggedEvent) throws -> EventEnvelope {
    let reference = streams.slots[event.slot].reference
    let aggregate = runtime.aggregates[reference.aggregate]
    let stored: NewEvent
    if let known = event.stored {
      stored = known
    } else if let message = event.event {
      stored = try aggregate.newEvent(message, id: event.id, occurredAt: event.occurredAt, metadata: event.metadata)
    } else {
      throw EngineError.unknownAggregate(reference.stream.text)
    }
    return EventEnvelope(
      stored, stream: reference.stream, version: event.version,
      position: event.position ?? EventSourcing.Checkpoint(UInt64(event.index + 1)))
  }

  // MARK: Recording

  /// Whether the engine's own memory is all that there is, so that nothing has to be waited for.
  var isInMemory: Bool { if case .memory = backing { true } else { false } }

  /// Appends events to a stream.
  ///
  /// - Throws: `EventStoreError` with code `conflict` where the stream is not at the expected version.
  mutating func append(
    _ events: [CodedMessage], to index: Int, expected: Int?, metadata: Metadata, otherConnection: Bool = false
  ) async throws {
    if case .space(let space) = backing {
      try await appendToStore(
        events, to: index, expected: expected, metadata: metadata,
        store: otherConnection ? space.otherConnection ?? space.store : space.store)
      return
    }
    try record(events, in: index, expected: expected, metadata: metadata)
  }

  /// Appends events to what the engine itself holds of a stream.
  ///
  /// - Throws: `EventStoreError` with code `conflict` where the stream is not at the expected version.
  mutating func record(_ events: [CodedMessage], in index: Int, expected: Int?, metadata: Metadata) throws {
    if let expected, streams.slots[index].version != expected {
      throw EventStoreError.conflict(
        on: streams.slots[index].reference.stream, expected: .exact(expected), actual: streams.slots[index].version)
    }
    let aggregate = runtime.aggregates[streams.slots[index].reference.aggregate]
    for event in events {
      streams.slots[index].version += 1
      advance(index, event, aggregate)
      log.append(
        LoggedEvent(
          slot: index, version: streams.slots[index].version, index: log.count, event: event, stored: nil,
          id: eventIdentity(log.count), occurredAt: clock, metadata: metadata, position: nil))
    }
  }

  private mutating func appendToStore(
    _ events: [CodedMessage], to index: Int, expected: Int?, metadata: Metadata, store: any EventStore
  ) async throws {
    let aggregate = runtime.aggregates[streams.slots[index].reference.aggregate]
    let first = log.count
    let new = try events.enumerated().map { offset, event in
      try aggregate.newEvent(event, id: eventIdentity(first + offset), occurredAt: clock, metadata: metadata)
    }
    let result = try await store.append(
      to: streams.slots[index].reference.stream, events: new, expected: expected.map { .exact($0) } ?? .any)
    for (offset, event) in events.enumerated() {
      log.append(
        LoggedEvent(
          slot: index, version: result.version - events.count + offset + 1, index: log.count, event: event,
          stored: nil, id: new[offset].id, occurredAt: clock, metadata: metadata, position: nil))
    }
    try await refresh(index, from: store)
  }

  /// Appends an event in stored form.
  mutating func append(stored event: NewEvent, to index: Int) async throws {
    let aggregate = runtime.aggregates[streams.slots[index].reference.aggregate]
    let version = streams.slots[index].version + 1
    var logged = LoggedEvent(
      slot: index, version: version, index: log.count, stored: event, id: event.id,
      occurredAt: event.occurredAt, metadata: event.metadata, position: nil)
    if case .space(let space) = backing {
      _ = try await space.store.append(
        to: streams.slots[index].reference.stream, events: [event], expected: .exact(version - 1))
    }
    do {
      let events = try aggregate.events(of: envelope(logged))
      found += events.flatMap(\.findings)
      logged = LoggedEvent(
        slot: index, version: version, index: log.count, upcast: events, stored: event, id: event.id,
        occurredAt: event.occurredAt, metadata: event.metadata, position: nil)
      if case .space = backing {} else { fold(events, into: index) }
    } catch {
      streams.slots[index].loadFailure = streams.slots[index].loadFailure ?? error
    }
    if case .space(let space) = backing {
      try await refresh(index, from: space.store)
    } else {
      streams.slots[index].version = version
    }
    log.append(logged)
  }

  /// The id of the event at a place in the log.
  func eventIdentity(_ index: Int) -> UUID {
    if case .environment(let environment) = identities.source { return environment.newID() }
    let number = UInt64(index + 1)
    func byte(_ shift: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: number >> shift) }
    return UUID(
      uuid: (
        0x65, 0x76, 0x65, 0x6E, 0x74, 0, 0x80, 0, 0x80, 0, 0, byte(32), byte(24), byte(16), byte(8), byte(0)
      ))
  }
}

extension Duration {
  /// The length in seconds as dates count them.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
