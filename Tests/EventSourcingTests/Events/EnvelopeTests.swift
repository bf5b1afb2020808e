import Testing

@testable import EventSourcing

/// What happened to a counter.
private enum Counted: DomainMessage, Equatable {
  case counted(to: Int)
}

/// Another kind of event.
private enum Named: DomainMessage, Equatable {
  case named(String)
}

private struct Counter: Aggregate, Equatable {
  enum Command: DomainMessage { case count }
  typealias Event = Counted

  var numbers: [Int] = []

  func handle(_ command: Command, in context: Context) throws -> [Counted] { [.counted(to: numbers.count + 1)] }
  mutating func apply(_ event: Counted) { if case .counted(let number) = event { numbers.append(number) } }
}

@Suite struct EnvelopeTests {
  let stream = StreamName("counter-1")
  let store = MemoryEventStore()

  private func event(_ number: Int) -> NewEvent {
    NewEvent(
      id: UUID(of: "\(number)", in: UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16))),
      type: "Counted",
      occurredAt: Date(timeIntervalSince1970: Double(number)), metadata: ["number": "\(number)"],
      payload: .value(Counted.counted(to: number)))
  }

  private func fill(_ count: Int) async throws {
    _ = try await store.append(to: stream, events: (1...count).map(event), expected: .noStream)
  }

  @Test(arguments: [1, 3, 700, 1023, 1024, 1025, 2500])
  func `envelopes say what was appended, however many are read at a time`(limit: Int) async throws {
    try await fill(2500)
    var version = 1
    while true {
      let batch = try await store.readStream(stream, from: version, limit: limit, direction: .forwards)
      if batch.isEmpty { break }
      for envelope in batch {
        let wanted = event(version)
        #expect(envelope.version == version && envelope.position == Checkpoint(UInt64(version)))
        #expect(envelope.id == wanted.id && envelope.occurredAt == wanted.occurredAt)
        #expect(envelope.metadata == wanted.metadata && envelope.stream == stream && envelope.type == "Counted")
        guard case .value(let message) = envelope.payload else {
          Issue.record("version \(version) is no value")
          return
        }
        #expect(message as? Counted == .counted(to: version))
        version += 1
      }
    }
    #expect(version == 2501)
    let backwards = try await store.readStream(stream, from: 2000, limit: limit, direction: .backwards)
    #expect(backwards.map(\.version) == (0..<min(limit, 2000)).map { 2000 - $0 })
    #expect(backwards.map(\.id) == backwards.map { event($0.version).id })
    let all = try await store.readAll(after: Checkpoint(1000), limit: limit)
    #expect(all.map(\.version) == (0..<min(limit, 1500)).map { 1001 + $0 })
  }

  @Test func `envelopes that somebody keeps do not change with later events`() async throws {
    try await fill(10)
    let kept = try await store.readStream(stream)
    let few = try await store.readStream(stream, from: 10)
    for number in 11...3000 {
      _ = try await store.append(to: stream, events: [event(number)], expected: .exact(number - 1))
    }
    #expect(kept.map(\.version) == Array(1...10))
    #expect(kept.map(\.id) == (1...10).map { event($0).id })
    #expect(few.map(\.id) == [event(10).id])
  }

  @Test func `events are taken in runs, and only as far as they lie side by side`() async throws {
    try await fill(2100)
    let all = try await store.readStream(stream)
    #expect(EventEnvelope.leadingEvents(of: all[...], as: Counted.self).count == 1024)
    #expect(EventEnvelope.leadingEvents(of: all[1020...], as: Counted.self).count == 4)
    #expect(EventEnvelope.leadingEvents(of: all[2048...], as: Counted.self).count == 52)
    #expect(Array(EventEnvelope.leadingEvents(of: all[5..<8], as: Counted.self)) == (6...8).map { .counted(to: $0) })
    #expect(EventEnvelope.leadingEvents(of: all[...], as: Named.self).isEmpty)
    #expect(EventEnvelope.leadingEvents(of: all.reversed()[...], as: Counted.self).count == 1)
    #expect(EventEnvelope.leadingEvents(of: [], as: Counted.self).isEmpty)
    let gap = Array(all[0..<3]) + Array(all[4..<6])
    #expect(EventEnvelope.leadingEvents(of: gap[...], as: Counted.self).count == 3)
  }

  @Test func `a stream replays the same with and without envelopes, from any version`() async throws {
    try await fill(2100)
    struct Plain: ForwardingStore { let base: MemoryEventStore }
    struct NumberedCounter: Aggregate {
      typealias Command = Counter.Command
      typealias Event = Counted
      typealias ID = Int
      static var streamCategory: String { "counter" }
      var counter = Counter()
      func handle(_ command: Command, in context: Context) throws -> [Counted] { [] }
      mutating func apply(_ event: Counted) { counter.apply(event) }
    }
    let typed = try await Repository<NumberedCounter>(store: store).load(1)
    let plain = Repository<NumberedCounter>(store: Plain(base: store))
    #expect(try await plain.load(1).state.counter == typed.state.counter)
    #expect(typed.state.counter.numbers == Array(1...2100))
    for version in [1, 1000, 1024, 1025, 2099] {
      #expect(try await plain.load(1, at: version).state.counter.numbers == Array(1...version))
    }
  }

  @Test func `a stream whose events are of two types keeps both`() async throws {
    try await fill(3)
    let other = NewEvent(
      id: UUID(), type: "Named", occurredAt: .now, payload: .value(Named.named("x")))
    _ = try await store.append(to: stream, events: [other, event(5)], expected: .exact(3))
    let stored = try await store.readStream(stream)
    #expect(stored.map(\.type) == ["Counted", "Counted", "Counted", "Named", "Counted"])
    guard case .value(let message) = stored[3].payload else {
      Issue.record("the event is no value")
      return
    }
    #expect(message as? Named == .named("x"))
    #expect(store.typedEvents(of: stream, as: Counted.self, from: 1) == nil)
  }

  @Test func `new ids are random, of version 4, and no two are the same`() {
    let ids = (0..<10_000).map { _ in Environment.system.newID() }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.uuid.6 >> 4 == 4 && $0.uuid.8 >> 6 == 0b10 })
    // Each of the other bits is set in about half of them.
    for byte in [0, 5, 7, 9, 15] {
      for bit in 0..<8 {
        let count = ids.count { withUnsafeBytes(of: $0.uuid) { $0[byte] } >> UInt8(bit) & 1 == 1 }
        #expect((4_500...5_500).contains(count), "bit \(bit) of byte \(byte): \(count)")
      }
    }
  }

  @Test func `metadata are the same however they were put together`() {
    let id = UUID()
    let made = Metadata().completed(by: id)
    let written: Metadata = ["causation": id.streamText, "correlation": id.streamText]
    #expect(made == written && written == made && made.hashValue == written.hashValue)
    #expect(made.values == written.values && made["correlation"] == id.streamText && made["other"] == nil)
    #expect(made.actor == nil)
    var changed = made
    changed.actor = "alice"
    #expect(changed.values.count == 3 && changed.causation == id.streamText && changed.actor == "alice")
    #expect(changed != made)
    let kept = Metadata(["correlation": "c", "tenant": "t"]).completed(by: id)
    #expect(kept.values == ["correlation": "c", "causation": id.streamText, "tenant": "t"])
  }

  @Test func `stream names are the same where their bytes are`() {
    #expect(StreamName("é") != StreamName("e\u{301}"))
    #expect(Set([StreamName("é"), StreamName("e\u{301}"), StreamName("é")]).count == 2)
    #expect(StreamName("a\0") != StreamName("a"))
    #expect(StreamName(category: "order", id: "1") == StreamName("order-1"))
    #expect(StreamName("order-1").isIn(category: "order") && !StreamName("orders-1").isIn(category: "order"))
    for length in 0..<40 {
      let text = String(repeating: "x", count: length)
      #expect(StreamName(text + "a") == StreamName(text + "a"))
      #expect(StreamName(text + "a") != StreamName(text + "b") && StreamName("a" + text) != StreamName("b" + text))
    }
  }
}
