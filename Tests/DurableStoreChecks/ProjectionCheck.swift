public import EventSourcing

/// Rows and checkpoints of projections over a store.
public enum ProjectionCheck {
  /// Compares the rows of ``Loads`` with their checkpoint, and after catching up with the streams.
  ///
  /// - Parameter store: A store that holds events of ``Load`` and no others.
  /// - Returns: A line for each fault.
  public static func faults(in store: any EventStore & ViewStore) async throws -> [String] {
    var faults: [String] = []
    let runner = ProjectionRunner(Loads.self, events: store, views: store)
    for build in try await builds(in: store) where build.checkpoint != UInt64(build.count) {
      faults.append("rows count \(build.count) events, their checkpoint is \(build.checkpoint)")
    }
    let end = try await runner.catchUp()
    // A build that a killed process has begun may be left beside the rows that are read.
    for build in try await builds(in: store) {
      if build.checkpoint != UInt64(build.count) || build.isActive && build.checkpoint != end.number {
        faults.append(
          "after catching up to \(end) rows count \(build.count) events, their checkpoint is \(build.checkpoint)")
      }
    }
    // What a killed process had asked for may still be committed: only what lies before the checkpoint is compared.
    var counts: [Int: Int] = [:]
    var checkpoint = Checkpoint.start
    while checkpoint < end {
      let events = try await store.readAll(after: checkpoint, limit: 1000)
      guard let last = events.last else { break }
      for event in events where event.position <= end {
        if let id = event.stream.id.flatMap({ Int($0) }) { counts[id, default: 0] += 1 }
      }
      checkpoint = last.position
    }
    let rows = try await runner.rows(limit: 10_000)
    for (id, row) in rows where counts[id] != row.count {
      faults.append("the row of \(id) counts \(row.count), its stream has \(counts[id] ?? 0) events")
    }
    if rows.count != counts.count { faults.append("there are \(rows.count) rows for \(counts.count) streams") }
    return faults
  }

  /// What the rows of a view count, and how far their checkpoint is.
  private struct Build: Sendable {
    var checkpoint: UInt64
    var count: Int
    var isActive: Bool
  }

  /// The rows that are read, and those that are being made.
  private static func builds(in store: any EventStore & ViewStore) async throws -> [Build] {
    try await store.withViewTransaction { transaction in
      try transaction.generations(of: Loads.name).map { generation in
        let rows = try transaction.rows(in: generation.id, after: nil, limit: 10_000)
        let counts = rows.map { row in
          row.content.split { !(48...57).contains($0) }.first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        }
        return Build(
          checkpoint: generation.checkpoint.number, count: counts.reduce(0, +), isActive: generation.isActive)
      }
    }
  }

  /// Has a projection refuse an event: it must stop there, name it, and go on when the cause is gone.
  ///
  /// - Parameter store: An empty store.
  /// - Returns: A line for each fault.
  public static func stopsAtRefusal(in store: any EventStore & ViewStore) async throws -> [String] {
    let repository = Repository<Load>(store: store)
    let refused = Int.random(in: 1_000_000 ... .max)
    for number in 1...9 {
      try await repository.execute(.load(number: number, offset: number == 6 ? refused : 0), on: number % 2)
    }
    let runner = ProjectionRunner(Loads.self, events: store, views: store, batchSize: 2)
    var faults: [String] = []
    do {
      Loads.refused.withLock { _ = $0.insert(refused) }
      defer { Loads.refused.withLock { _ = $0.remove(refused) } }
      try await runner.catchUp()
      faults.append("the projection did not stop")
    } catch let error as ViewError {
      if error.position != Checkpoint(6) || !error.message.contains("load-0") || !error.message.contains("Loaded") {
        faults.append("the error does not name the event: \(error)")
      }
    }
    for build in try await builds(in: store) where build.checkpoint != 5 || build.count != 5 {
      faults.append(
        "it stopped at position 6, the rows count \(build.count) events and their checkpoint is \(build.checkpoint)")
    }
    return faults + (try await Self.faults(in: store))
  }

  /// Throws in the middle of a transaction: neither row nor checkpoint may be there.
  ///
  /// - Parameters:
  ///   - store: An empty store.
  ///   - other: The same over another connection.
  /// - Returns: A line for each fault.
  public static func changesTogether(in store: any ViewStore, seenBy other: any ViewStore) async throws -> [String] {
    let generation = generation
    struct Crash: Error {}
    do {
      try await store.withViewTransaction { transaction in
        try transaction.save(generation)
        try transaction.put(StoredRow(id: "1", key: "k", content: [1]), in: generation.id)
        throw Crash()
      }
      return ["the transaction did not throw"]
    } catch is Crash {}
    let (generations, rows) = try await other.withViewTransaction { transaction in
      (try transaction.generations(of: "V").count, try transaction.rows(key: "k", in: generation.id).count)
    }
    return generations == 0 && rows == 0 ? [] : ["\(generations) generations and \(rows) rows are left"]
  }

  /// Lets tasks count in one row at the same time: none may lose a step.
  ///
  /// - Parameter stores: An empty store over several connections.
  /// - Returns: A line for each fault.
  public static func counts(on stores: [any ViewStore]) async throws -> [String] {
    let generation = generation
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        let store = stores[task % stores.count]
        group.addTask {
          for _ in 0..<20 {
            try await store.withViewTransaction { transaction in
              var current = try transaction.generations(of: "V").first ?? generation
              let count = try transaction.row("count", in: generation.id)?.content.first ?? 0
              try transaction.put(StoredRow(id: "count", key: "k", content: [count + 1]), in: generation.id)
              current.checkpoint = Checkpoint(current.checkpoint.number + 1)
              try transaction.save(current)
            }
          }
        }
      }
      try await group.waitForAll()
    }
    let row = try await stores[0].withViewTransaction { try $0.row("count", in: generation.id) }
    return row?.content == [80] ? [] : ["80 steps were made, the row says \(row?.content ?? [])"]
  }

  private static var generation: ViewGeneration {
    ViewGeneration(id: .init(view: "V", number: 1), formVersion: 1, isActive: true)
  }
}
