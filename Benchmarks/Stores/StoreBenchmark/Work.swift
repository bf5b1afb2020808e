import EventSourcing
import Foundation

/// The work that is measured on the store's side.
enum Work {
  /// Appends one event to a new stream, again and again.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - callers: How many tasks do so at once.
  ///   - seconds: For how long.
  ///   - makeCaller: Makes what gives a caller its streams and events.
  /// - Returns: Events a second.
  static func append(
    to store: any EventStore, callers: Int, seconds: Double,
    _ makeCaller: @escaping @Sendable () -> () throws -> (StreamName, NewEvent)
  ) async throws -> Double {
    let start = ContinuousClock.now
    let end = start + .seconds(seconds)
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<callers {
        group.addTask {
          let next = makeCaller()
          var count = 0
          while ContinuousClock.now < end {
            let (stream, event) = try next()
            _ = try await store.append(to: stream, events: [event], expected: .noStream)
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    return Double(count) / (ContinuousClock.now - start).seconds
  }

  /// A caller whose events are ready, under ids that cost as little as those of the plain loop.
  static func readyEvents(_ json: [UInt8]) -> @Sendable () -> () throws -> (StreamName, NewEvent) {
    {
      var state = UInt64.random(in: 1 ... .max)
      func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
      }
      let now = Date.now
      return {
        let id = unsafeBitCast((next(), next()), to: uuid_t.self)
        let stream = StreamName("ours-" + String(next(), radix: 16) + String(next() >> 32, radix: 16))
        return (stream, NewEvent(id: UUID(uuid: id), type: "Added", occurredAt: now, payload: .json(json)))
      }
    }
  }

  /// A caller whose events have to be encoded.
  static func typedEvents() -> () throws -> (StreamName, NewEvent) {
    { (Basket.stream(of: UUID()), try Basket.event()) }
  }

  /// Loads an aggregate.
  ///
  /// - Returns: Events a second.
  static func load(_ id: UUID, from store: any EventStore) async throws -> Double {
    let start = ContinuousClock.now
    let loaded = try await Repository<Basket>(store: store).load(id)
    return Double(loaded.version) / (ContinuousClock.now - start).seconds
  }

  /// Reads the first events of all.
  ///
  /// - Returns: Events a second.
  static func read(from store: any EventStore, limit: Int, decodes: Bool) async throws -> Double {
    let start = ContinuousClock.now
    var count = 0
    var checkpoint = Checkpoint.start
    while count < limit {
      let events = try await store.readAll(after: checkpoint, limit: 1000)
      guard let last = events.last else { break }
      if decodes { for event in events { _ = try Basket.codec.decode(event) } }
      count += events.count
      checkpoint = last.position
    }
    return Double(count) / (ContinuousClock.now - start).seconds
  }

  /// Appends events in large batches until so many are there.
  static func fill(_ store: any EventStore & BulkAppending, upTo count: Int) async throws {
    var stored = 0
    var checkpoint = Checkpoint.start
    while let last = try await store.readAll(after: checkpoint, limit: 10_000).last {
      checkpoint = last.position
      stored = Int(last.position.number)
    }
    let start = ContinuousClock.now
    let before = stored
    while stored < count {
      let stream = Basket.stream(of: UUID())
      let events = try (1...1000).map { version in
        EventEnvelope(try Basket.event(), stream: stream, version: version, position: .start)
      }
      try await store.appendAll(events)
      stored += events.count
    }
    let seconds = (ContinuousClock.now - start).seconds
    print("\(stored) events are there, \(Int(Double(stored - before) / seconds)) a second were added")
  }

  /// Follows the store from its beginning, decodes every event and prints the memory in use on the way.
  static func tail(_ store: any EventStore, count: Int) async throws {
    let start = ContinuousClock.now
    var seen = 0
    for try await event in store.subscribe(after: .start) {
      seen += try Basket.codec.decode(event).count
      if seen % 1_000_000 == 0 { print("\(seen) events, \(residentMegabytes()) MB resident") }
      if seen == count { break }
    }
    let seconds = (ContinuousClock.now - start).seconds
    print("\(seen) events in \(Int(seconds)) s, \(Int(Double(seen) / seconds)) a second")
  }

  private static func residentMegabytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * 4096 / (1 << 20)
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
