public import EventSourcing

/// Runs random appends and reads against a store and the in-memory one, which must answer alike.
public enum ModelCheck {
  /// Runs random operations.
  ///
  /// - Parameters:
  ///   - store: An empty store.
  ///   - seed: What the choices are made from.
  ///   - steps: How many operations.
  /// - Returns: The first difference, nil where there is none.
  public static func difference(in store: any EventStore, seed: UInt64, steps: Int) async throws -> String? {
    let model = MemoryEventStore()
    var random = SplitMix(state: seed)
    let streams = ["a-1", "a-2", "b-1", "é-\0", "a"].map { StreamName($0) }
    var earlier: [(StreamName, [NewEvent])] = []
    for step in 0..<steps {
      let stream = streams[random.below(streams.count)]
      switch random.below(10) {
      case 0..<6:
        var target = stream
        var events = (0..<random.below(4)).map { event($0, &random) }
        switch random.below(8) {
        case 0 where !earlier.isEmpty: (target, events) = earlier[random.below(earlier.count)]
        case 1 where !earlier.isEmpty: events = earlier[random.below(earlier.count)].1
        case 2 where !earlier.isEmpty && !events.isEmpty:
          events[0].id = earlier[random.below(earlier.count)].1.first?.id ?? events[0].id
        case 3 where events.count > 1: events[1].id = events[0].id
        default: if !events.isEmpty { earlier.append((target, events)) }
        }
        let version = try await model.version(of: target)
        let expectations: [ExpectedVersion] = [
          .any, .any, .noStream, .streamExists, .exact(version), .exact(version), .exact(max(0, version - 1)),
        ]
        let expected = expectations[random.below(expectations.count)]
        let wanted = await outcome { try await model.append(to: target, events: events, expected: expected) }
        let found = await outcome { try await store.append(to: target, events: events, expected: expected) }
        if wanted != found {
          return "step \(step), append to \(target) expecting \(expected): \(found), the model says \(wanted)"
        }
      case 6:
        let from = random.below(8)
        let limit = random.below(5)
        let direction = random.below(2) == 0 ? ReadDirection.forwards : .backwards
        let wanted = try await model.readStream(stream, from: from, limit: limit, direction: direction).map(text)
        let found = try await store.readStream(stream, from: from, limit: limit, direction: direction).map(text)
        if wanted != found { return "step \(step), read \(stream): \(found), the model says \(wanted)" }
      case 7:
        let after = Checkpoint(UInt64(random.below(step + 1)))
        let limit = random.below(20)
        let wanted = try await model.readAll(after: after, limit: limit).map(text)
        let found = try await store.readAll(after: after, limit: limit).map(text)
        if wanted != found { return "step \(step), read all after \(after): \(found), the model says \(wanted)" }
      case 8:
        let prefix = ["", "a", "a-", "é-", "x"][random.below(5)]
        let name = random.below(2) == 0 ? nil : stream
        let wanted = try await model.streams(withPrefix: prefix, after: name, limit: 3)
        let found = try await store.streams(withPrefix: prefix, after: name, limit: 3)
        if wanted != found { return "step \(step), streams with '\(prefix)': \(found), the model says \(wanted)" }
      default:
        let wanted = try await model.version(of: stream)
        let found = try await store.version(of: stream)
        if wanted != found { return "step \(step), version of \(stream): \(found), the model says \(wanted)" }
      }
    }
    return nil
  }

  private static func event(_ number: Int, _ random: inout SplitMix) -> NewEvent {
    NewEvent(
      id: random.identity(), type: ["Opened", "Größe\0geändert"][random.below(2)], schemaVersion: 1 + random.below(3),
      occurredAt: Date(timeIntervalSinceReferenceDate: Double(random.below(1_000_000_000)) / 8),
      metadata: random.below(2) == 0 ? [:] : ["user": "\u{1F600}\0\"\\", "n": String(number)],
      payload: .json(Array(#"{"number":\#(number),"text":"𝄞 \u0000"}"#.utf8)))
  }

  private static func text(_ event: EventEnvelope) -> String {
    let payload = (try? event.payload.jsonBytes()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    return "\(event.position) \(event.stream) \(event.version) \(event.id) \(event.type) \(event.schemaVersion) "
      + "\(event.occurredAt.timeIntervalSinceReferenceDate) \(event.metadata.values.sorted { $0.key < $1.key }) \(payload)"
  }

  private static func outcome(_ body: () async throws -> AppendResult) async -> String {
    do {
      let result = try await body()
      return "\(result.version) \(result.position) \(result.wasAlreadyAppended)"
    } catch let error as EventStoreError {
      return "\(error.code) \(error.actual.map(String.init) ?? "")"
    } catch {
      return "\(error)"
    }
  }
}

/// A small generator of pseudo-random numbers, the same ones for a seed.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
public struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts from a seed.
  public init(state: UInt64) { self.state = state }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  mutating func identity() -> UUID {
    let (high, low) = (next(), next())
    return withUnsafeBytes(of: (high, low)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }
}
