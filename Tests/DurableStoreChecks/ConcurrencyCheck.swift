public import EventSourcing

/// Several writers and readers on one store at the same time.
public enum ConcurrencyCheck {
  /// Lets writers append to one stream, each expecting the version that it has just read.
  ///
  /// - Parameters:
  ///   - stores: The connections, which the writers share out among them.
  ///   - writers: How many writers.
  ///   - rounds: How often each of them tries.
  /// - Returns: A line for each fault.
  public static func conflicts(on stores: [any EventStore], writers: Int, rounds: Int) async throws -> [String] {
    let stream = StreamName("contested-1")
    let successes = try await withThrowingTaskGroup(of: Int.self) { group in
      for writer in 0..<writers {
        let store = stores[writer % stores.count]
        group.addTask {
          var successes = 0
          for _ in 0..<rounds {
            let version = try await store.version(of: stream)
            do {
              _ = try await store.append(to: stream, events: [event(writer)], expected: .exact(version))
              successes += 1
            } catch let error as EventStoreError where error.code == .conflict {}
          }
          return successes
        }
      }
      return try await group.reduce(0, +)
    }
    let store = stores[0]
    let events = try await store.readStream(stream, from: 1, limit: .max, direction: .forwards)
    var faults: [String] = []
    if events.count != successes { faults.append("\(successes) successes, \(events.count) events") }
    if events.map(\.version) != Array(1..<events.count + 1) { faults.append("versions are not contiguous") }
    if successes == 0 || successes == writers * rounds {
      faults.append("\(successes) successes: no conflict was tried")
    }
    return faults
  }

  /// Lets writers append to one stream whatever its version; all must succeed.
  public static func unconditional(on stores: [any EventStore], writers: Int, rounds: Int) async throws -> [String] {
    let stream = StreamName("shared-1")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        let store = stores[writer % stores.count]
        group.addTask {
          for _ in 0..<rounds {
            _ = try await store.append(to: stream, events: [event(writer), event(writer)], expected: .any)
          }
        }
      }
      try await group.waitForAll()
    }
    let version = try await stores[0].version(of: stream)
    return version == writers * rounds * 2 ? [] : ["\(writers * rounds * 2) events were accepted, \(version) are there"]
  }

  /// Tails a store while writers append to it.
  ///
  /// - Parameters:
  ///   - stores: The writers' connections.
  ///   - reader: The reader's connection.
  ///   - appends: How many appends each of six writers makes.
  ///   - read: Reads what is behind a position; another one than the store's own shows that the check can fail.
  /// - Returns: How many events the reader missed, saw twice or saw otherwise than a second time.
  public static func tailing(
    on stores: [any EventStore], reader: any EventStore, appends: Int,
    read: @escaping @Sendable (Checkpoint) async throws -> [EventEnvelope]
  ) async throws -> (missed: Int, doubled: Int, changed: Int) {
    let start = try await end(of: reader)
    let writing = Task {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<6 {
          let store = stores[writer % stores.count]
          group.addTask {
            for number in 0..<appends {
              let events = (0...number % 3).map { _ in event(writer) }
              _ = try await store.append(to: StreamName("tail-\(writer)"), events: events, expected: .any)
            }
          }
        }
        try await group.waitForAll()
      }
    }
    let isWritten = Monitor(false)
    let reading = Task {
      var seen: [UUID: UInt64] = [:]
      var doubled = 0
      var changed = 0
      var checkpoint = start
      while true {
        let isLast = isWritten.withLock { $0 }
        let events = try await read(checkpoint)
        for event in events where seen.updateValue(event.position.number, forKey: event.id) != nil { doubled += 1 }
        if let last = events.last {
          let again = try await reader.readAll(after: checkpoint, limit: events.count)
          if again.map(\.id) != events.map(\.id) { changed += 1 }
          checkpoint = last.position
        } else if isLast {
          break
        }
      }
      return (seen, doubled, changed)
    }
    try await writing.value
    isWritten.withLock { $0 = true }
    let (seen, doubled, changed) = try await reading.value
    var missed = 0
    var checkpoint = start
    while true {
      let events = try await reader.readAll(after: checkpoint, limit: 1000)
      guard let last = events.last else { break }
      missed += events.filter { seen[$0.id] == nil }.count
      checkpoint = last.position
    }
    return (missed, doubled, changed)
  }

  /// Opens a store that is not there yet from several tasks at once, and appends over each connection.
  ///
  /// - Parameter open: Opens the store.
  /// - Returns: A line for each fault.
  public static func creation(_ open: @escaping @Sendable () async throws -> any EventStore) async throws -> [String] {
    let stream = StreamName("created-1")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { _ = try await open().append(to: stream, events: [event()], expected: .any) }
      }
      try await group.waitForAll()
    }
    let version = try await open().version(of: stream)
    return version == 8 ? [] : ["8 events were accepted, \(version) are there"]
  }

  /// Appends to one stream in two stores that share a database.
  ///
  /// - Returns: A line for each fault.
  public static func separateness(of first: any EventStore, and second: any EventStore) async throws -> [String] {
    for store in [first, second] {
      _ = try await store.append(to: StreamName("a"), events: [event()], expected: .noStream)
    }
    let count = try await second.readAll(after: .start, limit: 10).count
    return count == 1 ? [] : ["the second store sees \(count) events"]
  }

  private static func end(of store: any EventStore) async throws -> Checkpoint {
    var checkpoint = Checkpoint.start
    while let last = try await store.readAll(after: checkpoint, limit: 10_000).last { checkpoint = last.position }
    return checkpoint
  }

  /// An event for a check.
  public static func event(_ number: Int = 0, type: String = "Checked", id: UUID = UUID()) -> NewEvent {
    NewEvent(id: id, type: type, occurredAt: .now, payload: .json(Array("{\"number\":\(number)}".utf8)))
  }
}
