internal import EventSourcing

extension EventStoreContract {
  static var reading: [Check] {
    [
      Check("a stream is read from any version, in both directions, up to a limit") { store, _ in
        let stream = StreamName("sample-1")
        let events = NewEvent.samples(10)
        _ = try await store.append(to: StreamName("sample-0"), events: NewEvent.samples(3), expected: .any)
        _ = try await store.append(to: stream, events: events, expected: .any)
        for from in [Int.min, -1, 0, 1, 2, 5, 10, 11, .max] {
          for limit in [0, 1, 3, 10, .max] {
            let forwards = try await store.readStream(stream, from: from, limit: limit, direction: .forwards)
            let wanted = (1...10).filter { $0 >= from }.prefix(limit)
            try requireEqual(forwards.map(\.version), Array(wanted), "versions forwards from \(from), limit \(limit)")
            let backwards = try await store.readStream(stream, from: from, limit: limit, direction: .backwards)
            let wantedBack = (1...10).reversed().filter { $0 <= from }.prefix(limit)
            try requireEqual(
              backwards.map(\.version), Array(wantedBack), "versions backwards from \(from), limit \(limit)")
          }
        }
        try requireStream(try await store.readStream(stream), stream, holds: events)
        let back = try await store.readStream(stream, from: .max, limit: .max, direction: .backwards)
        try requireStream(back.reversed(), stream, holds: events, "stream read backwards")
        try requireEqual(try await store.readStream(StreamName("none")).count, 0, "events of no stream")
      },
      Check("all events are read in one order, in batches of any size") { store, generator in
        var appended: [StreamName: [NewEvent]] = [:]
        var order: [UUID] = []
        for _ in 0..<20 {
          let stream = StreamName("sample-\(Int.random(in: 0..<4, using: &generator))")
          let events = NewEvent.samples(Int.random(in: 1...4, using: &generator))
          _ = try await store.append(to: stream, events: events, expected: .any)
          appended[stream, default: []] += events
          order += events.map(\.id)
        }
        for batch in [1, 7, 1_000] {
          let all = try await store.everything(batch: batch)
          try requireEqual(all.map(\.id), order, "order of all events, read \(batch) at a time")
          try require(
            zip(all, all.dropFirst()).allSatisfy { $0.position < $1.position }, "positions do not increase")
        }
        let all = try await store.everything()
        for (stream, events) in appended {
          try requireStream(all.filter { $0.stream == stream }, stream, holds: events, "all events of '\(stream)'")
          let alone = try await store.readStream(stream)
          try requireEqual(
            alone.map(\.position), all.filter { $0.stream == stream }.map(\.position), "positions in '\(stream)'")
        }
        if store.capabilities.contains(.densePositions) {
          let numbers = all.map(\.position.number)
          try requireEqual(numbers, Array(1...UInt64(all.count)), "dense positions")
        }
        let last = all.last?.position ?? .start
        try requireEqual(try await store.readAll(after: last, limit: 10).count, 0, "events behind the last one")
        try requireEqual(
          try await store.readAll(after: Checkpoint(.max), limit: 10).count, 0, "events behind the end of all positions"
        )
        try requireEqual(try await store.readAll(after: .start, limit: 0).count, 0, "events with limit 0")
        let kept = Checkpoint(last.description)
        try requireEqual(kept, last, "a checkpoint kept as text and read back")
      },
      Check("streams are listed by prefix in the order of their names' bytes") { store, _ in
        let names = ["a-1", "a-10", "a-2", "a_1", "a%", "b-1", "B-1", "ä-1", "a", "😀-1", "a-2\u{0}", "\u{FFFD}-1"]
        for (index, name) in names.enumerated() {
          _ = try await store.append(
            to: StreamName(name), events: NewEvent.samples(index + 1), expected: .noStream)
        }
        func sorted(_ names: [String]) -> [String] { names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        for prefix in ["", "a", "a-", "a_", "a%", "a-2", "ä", "😀", "none", "B"] {
          let wanted = sorted(names.filter { $0.utf8.starts(with: prefix.utf8) })
          let listed = try await store.streams(withPrefix: prefix, after: nil, limit: .max)
          try requireEqual(listed.map(\.stream.text), wanted, "streams with prefix '\(prefix)'")
          for summary in listed {
            let version = (names.firstIndex(of: summary.stream.text) ?? -1) + 1
            try requireEqual(summary.version, version, "version of '\(summary.stream)' in the list")
          }
          var paged: [String] = []
          while true {
            let page = try await store.streams(withPrefix: prefix, after: paged.last.map { StreamName($0) }, limit: 2)
            try require(page.count <= 2, "a page of two has \(page.count) streams")
            if page.isEmpty { break }
            paged += page.map(\.stream.text)
            try require(paged.count <= wanted.count, "pages repeat streams with prefix '\(prefix)': \(paged)")
          }
          try requireEqual(paged, wanted, "streams with prefix '\(prefix)', two at a time")
        }
      },
      Check("a subscription catches up and then follows") { store, _ in
        let stream = StreamName("sample-1")
        let events = NewEvent.samples(60)
        _ = try await store.append(to: stream, events: Array(events[..<20]), expected: .any)
        let subscription = store.subscribe(after: .start, batchSize: 7)
        let reader = Task {
          var seen: [UUID] = []
          for try await envelope in subscription {
            seen.append(envelope.id)
            if seen.count == events.count { break }
          }
          return seen
        }
        for start in stride(from: 20, to: 60, by: 5) {
          try await Task.sleep(for: .milliseconds(2))
          _ = try await store.append(to: stream, events: Array(events[start..<(start + 5)]), expected: .any)
        }
        let seen = try await withTimeout(seconds: 180, "a subscription has stalled", reader) { try await reader.value }
        try requireEqual(seen, events.map(\.id), "events of the subscription")
      },
      Check("a subscription that waits ends when it is cancelled") { store, _ in
        let reader = Task {
          for try await _ in store.subscribe(pollInterval: .seconds(3_600)) {}
        }
        try await Task.sleep(for: .milliseconds(20))
        reader.cancel()
        _ = try await withTimeout(seconds: 180, "a cancelled subscription goes on", reader) { await reader.result }
      },
      Check("waiting for events ends when one comes, and when the time is over") { store, _ in
        _ = try await store.append(to: StreamName("a"), events: NewEvent.samples(1), expected: .any)
        let now = ContinuousClock.now
        try await store.waitForEvents(after: .start, timeout: .seconds(3_600))
        try await store.waitForEvents(after: Checkpoint(1), timeout: .milliseconds(20))
        try require(ContinuousClock.now - now < .seconds(600), "waiting took \(ContinuousClock.now - now)")
      },
    ]
  }
}

/// What a task comes to, or a violation where it takes too long; the task is cancelled then.
func withTimeout<Success: Sendable, Result: Sendable>(
  seconds: Int, _ message: String, _ task: Task<Success, any Error>,
  _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result?.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await Task.sleep(for: .seconds(seconds))
      task.cancel()
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let result = first else { throw ContractViolation(message: message) }
    return result
  }
}
