internal import EventSourcing
import Synchronization

extension EventStoreContract {
  private static var writers: Int { 8 }

  static var concurrency: [Check] {
    [
      Check("of many writers that expect one version exactly one wins it") { store, _ in
        let stream = StreamName("contended")
        for round in 0..<15 {
          let outcomes = try await inParallel(writers) { writer -> Int? in
            do {
              return try await store.append(
                to: stream, events: [.sample("\(round) \(writer)")], expected: .exact(round)
              ).version
            } catch let error as EventStoreError where error.code == .conflict {
              return nil
            }
          }
          try requireEqual(outcomes.compactMap { $0 }, [round + 1], "versions won in round \(round)")
        }
        try requireEqual(
          try await store.readStream(stream).map(\.version), Array(1...15), "versions of the contended stream")
      },
      Check("writers that try again until they win lose and double nothing") { store, _ in
        let stream = StreamName("contended")
        let ids = try await inParallel(writers) { writer -> [UUID] in
          var ids: [UUID] = []
          while ids.count < 10 {
            let version = try await store.version(of: stream)
            let event = NewEvent.sample("\(writer)")
            do {
              _ = try await store.append(to: stream, events: [event], expected: .exact(version))
              ids.append(event.id)
            } catch let error as EventStoreError where error.code == .conflict {}
          }
          return ids
        }
        try await requireStored(ids, in: store)
      },
      Check("concurrent appends that expect nothing all succeed") { store, _ in
        let ids = try await inParallel(writers) { writer -> [UUID] in
          var ids: [UUID] = []
          for number in 0..<20 {
            let events = NewEvent.samples(1 + number % 3, "\(writer)")
            _ = try await store.append(to: StreamName("shared"), events: events, expected: .any)
            ids += events.map(\.id)
          }
          return ids
        }
        try await requireStored(ids, in: store)
        let versions = try await store.readStream(StreamName("shared")).map(\.version)
        try requireEqual(versions, Array(1...ids.joined().count), "versions of the shared stream")
      },
      Check("writers on streams of their own lose, double and reorder nothing") { store, _ in
        let ids = try await inParallel(writers) { writer -> [UUID] in
          var ids: [UUID] = []
          for number in 0..<20 {
            let events = NewEvent.samples(1 + number % 2)
            _ = try await store.append(to: StreamName("own-\(writer)"), events: events, expected: .exact(ids.count))
            ids += events.map(\.id)
          }
          return ids
        }
        try await requireStored(ids, in: store)
        for (writer, ids) in ids.enumerated() {
          let stored = try await store.readStream(StreamName("own-\(writer)"))
          try requireEqual(stored.map(\.id), ids, "events of writer \(writer)")
        }
      },
      Check("the same append made by many at once is stored once") { store, _ in
        for round in 0..<10 {
          let stream = StreamName("repeated-\(round)")
          let events = NewEvent.samples(2)
          let results = try await inParallel(writers) { _ in
            try await store.append(to: stream, events: events, expected: .noStream)
          }
          try requireEqual(results.filter { !$0.wasAlreadyAppended }.count, 1, "first appends among the repeated ones")
          try requireEqual(Set(results.map(\.version)), [2], "versions answered")
          try requireEqual(Set(results.map(\.position)).count, 1, "number of positions answered")
          try requireStream(try await store.readStream(stream), stream, holds: events)
        }
      },
      Check("a reader that tails under load misses nothing and sees nothing twice") { store, _ in
        let count = writers * 25
        let isOver = Flag()
        let reader = Task {
          var seen: [EventEnvelope] = []
          while seen.count < count, !Task.isCancelled {
            let isOver = isOver.isSet
            let batch = try await store.readAll(after: seen.last?.position ?? .start, limit: 16)
            seen += batch
            if batch.isEmpty, isOver { break }
            if batch.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
          }
          return seen
        }
        let ids = try await inParallel(writers) { writer -> [UUID] in
          var ids: [UUID] = []
          for _ in 0..<25 {
            let event = NewEvent.sample()
            _ = try await store.append(to: StreamName("load-\(writer)"), events: [event], expected: .any)
            ids.append(event.id)
          }
          return ids
        }
        isOver.set()
        let seen = try await reader.value
        let all = try await store.everything()
        try await requireStored(ids, in: store)
        try requireEqual(
          seen.map(\.id), all.map(\.id), "events of the tailing reader (\(seen.count)) against all (\(all.count))")
      },
      Check("random work comes to the same as in memory") { store, generator in
        try await compareWithMemory(store, using: &generator)
      },
    ]
  }

  /// Whether the store holds exactly these events, each stream's versions contiguous, everything readable twice.
  private static func requireStored(_ ids: [[UUID]], in store: any EventStore) async throws {
    let all = try await store.everything()
    let appended = ids.flatMap { $0 }
    try requireEqual(all.count, Set(all.map(\.id)).count, "number of events, each counted once")
    try requireEqual(Set(all.map(\.id)).count, appended.count, "number of events stored against acknowledged ones")
    try require(Set(all.map(\.id)) == Set(appended), "other events are stored than were acknowledged")
    var versions: [StreamName: Int] = [:]
    for envelope in all {
      let next = (versions[envelope.stream] ?? 0) + 1
      try requireEqual(envelope.version, next, "version in '\(envelope.stream)', in the order of all events")
      versions[envelope.stream] = next
    }
    try requireEqual(try await store.everything(batch: 13).map(\.id), all.map(\.id), "all events, read again")
  }

  private static func compareWithMemory(_ store: any EventStore, using generator: inout SeededGenerator) async throws {
    let model = MemoryEventStore()
    var batches: [(StreamName, [NewEvent])] = []
    for step in 0..<250 {
      let stream = StreamName("s-\(Int.random(in: 0..<5, using: &generator))")
      switch Int.random(in: 0..<10, using: &generator) {
      case 0...5:
        var events = NewEvent.samples(Int.random(in: 0...3, using: &generator), "\(step)")
        var target = stream
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: if let known = batches.randomElement(using: &generator) { (target, events) = known }
        case 1: if let known = batches.randomElement(using: &generator) { events += known.1.prefix(1) }
        default: break
        }
        let expected: ExpectedVersion =
          switch Int.random(in: 0..<8, using: &generator) {
          case 0: .noStream
          case 1: .streamExists
          case 2: .exact(Int.random(in: 0..<20, using: &generator))
          case 3...5: .exact(try await model.version(of: target))
          default: .any
          }
        let what = "step \(step): append of \(events.count) to '\(target)' expecting \(expected)"
        let wanted = await outcome { try await model.append(to: target, events: events, expected: expected) }
        let got = await outcome { try await store.append(to: target, events: events, expected: expected) }
        switch (wanted, got) {
        case (.success(let wanted), .success(let got)):
          try requireEqual(got.version, wanted.version, "\(what): version")
          try requireEqual(got.wasAlreadyAppended, wanted.wasAlreadyAppended, "\(what): recognised")
          if !wanted.wasAlreadyAppended, !events.isEmpty { batches.append((target, events)) }
        case (.failure(let wanted), .failure(let got)):
          try requireEqual(got.code, wanted.code, "\(what): error code")
          try requireEqual(got.actual, wanted.actual, "\(what): actual version")
        default:
          throw ContractViolation(message: "\(what): expected \(wanted), got \(got)")
        }
      case 6, 7:
        let from = Int.random(in: 0..<15, using: &generator)
        let limit = Int.random(in: 0..<8, using: &generator)
        let direction: ReadDirection = Bool.random(using: &generator) ? .forwards : .backwards
        let wanted = try await model.readStream(stream, from: from, limit: limit, direction: direction)
        let got = try await store.readStream(stream, from: from, limit: limit, direction: direction)
        try requireEqual(
          got.map(\.id), wanted.map(\.id), "step \(step): '\(stream)' \(direction) from \(from), limit \(limit)")
      case 8:
        try requireEqual(
          try await store.version(of: stream), try await model.version(of: stream), "step \(step): version")
      default:
        try requireEqual(
          try await store.streams(withPrefix: "s-", after: stream, limit: 2),
          try await model.streams(withPrefix: "s-", after: stream, limit: 2), "step \(step): streams")
      }
    }
    let wanted = try await model.everything()
    let got = try await store.everything(batch: 17)
    try requireEqual(got.map(\.id), wanted.map(\.id), "all events at the end")
  }

  private static func outcome(_ body: () async throws -> AppendResult) async -> Result<AppendResult, EventStoreError> {
    do {
      return .success(try await body())
    } catch let error as EventStoreError {
      return .failure(error)
    } catch {
      return .failure(EventStoreError(.unavailable, "\(error)"))
    }
  }
}

/// Something that is not so at first.
private final class Flag: Sendable {
  private let value = Mutex(false)

  var isSet: Bool { value.withLock { $0 } }
  func set() { value.withLock { $0 = true } }
}

/// Runs work in several tasks at once.
///
/// - Returns: What each came to, in the order of their numbers.
func inParallel<Result: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) async throws -> Result
) async throws -> [Result] {
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    for number in 0..<count {
      group.addTask { (number, try await body(number)) }
    }
    var results: [(Int, Result)] = []
    for try await result in group { results.append(result) }
    return results.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
