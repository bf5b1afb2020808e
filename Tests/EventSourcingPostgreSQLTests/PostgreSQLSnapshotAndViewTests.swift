#if PostgreSQL
  import DurableStoreChecks
  import EventSourcing
  import Testing

  @testable import EventSourcingPostgreSQL

  @Suite(.enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"))
  struct PostgreSQLSnapshotAndViewTests {
    let server: PostgreSQLServer
    let schema = "v\(UInt32.random(in: 0 ... .max))"
    let snapshot = Snapshot(
      stream: StreamName("a\0"), version: 3, aggregate: "A", stateVersion: 1, state: Array("{\"x\":1}".utf8))

    init() throws { server = try PostgreSQLServer.shared.get() }

    @Test(
      "a damaged snapshot is none, and is replaced by the next one",
      arguments: [
        "state = substring(state for 4)", "state = set_byte(state, 2, get_byte(state, 2) # 1)", "version = version + 1",
        "aggregate = 'B'", "state_version = 2", "checksum = 0",
      ])
    func damagedSnapshot(damage: String) async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      try await store.save(snapshot)
      #expect(try await store.snapshot(of: snapshot.stream) == snapshot)
      try administer(server, "update \(schema).snapshots set \(damage)")
      #expect(try await store.snapshot(of: snapshot.stream) == nil)
      try await store.save(snapshot)
      #expect(try await store.snapshot(of: snapshot.stream) == snapshot)
      try await store.removeSnapshot(of: snapshot.stream)
      #expect(try await store.snapshot(of: snapshot.stream) == nil)
    }

    @Test("a newer snapshot stays, but not one that is ahead of its stream")
    func newerSnapshot() async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      var newer = snapshot
      newer.version = 5
      try await store.save(newer)
      try await store.save(snapshot)
      #expect(try await store.snapshot(of: snapshot.stream)?.version == 3)
      let events = (0..<5).map { ConcurrencyCheck.event($0) }
      _ = try await store.append(to: snapshot.stream, events: events, expected: .noStream)
      try await store.save(newer)
      try await store.save(snapshot)
      #expect(try await store.snapshot(of: snapshot.stream)?.version == 5)
    }

    private let generation = ViewGeneration(id: .init(view: "V", number: 1), formVersion: 1, isActive: true)

    @Test("rows and checkpoint change together or not at all")
    func togetherOrNotAtAll() async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      let other = try await PostgreSQLEventStore(server.configuration(schema: schema))
      let generation = generation
      struct Crash: Error {}
      await #expect(throws: Crash.self) {
        try await store.withViewTransaction { transaction in
          try transaction.save(generation)
          try transaction.put(StoredRow(id: "1", key: "k", content: [1]), in: generation.id)
          throw Crash()
        }
      }
      let seen = try await other.withViewTransaction { transaction in
        (try transaction.generations(of: "V").count, try transaction.rows(key: "k", in: generation.id).count)
      }
      #expect(seen == (0, 0))
    }

    @Test("a connection lost between rows and checkpoint has the work run again, and its effect once")
    func lostBetween() async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      let (generation, server) = (generation, server)
      let runs = Monitor(0)
      try await store.withViewTransaction { transaction in
        var current = try transaction.generations(of: "V").first ?? generation
        let number = Int(current.checkpoint.number) + 1
        try transaction.put(StoredRow(id: "\(number)", key: "k", content: [1]), in: generation.id)
        #expect(try transaction.rows(key: "k", in: generation.id).count == number)
        let isFirst = runs.withLock { runs in
          runs += 1
          return runs == 1
        }
        if isFirst {
          try administer(
            server,
            "select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'")
        }
        current.checkpoint = Checkpoint(UInt64(number))
        try transaction.save(current)
      }
      let (checkpoint, rows) = try await store.withViewTransaction { transaction in
        (
          try transaction.generations(of: "V").first?.checkpoint,
          try transaction.rows(key: "k", in: generation.id).count
        )
      }
      #expect(runs.withLock { $0 } >= 2)
      #expect(checkpoint == Checkpoint(1) && rows == 1)
    }

    @Test("of two that count in one row at the same time, none loses a step")
    func serializable() async throws {
      let stores = try await [
        PostgreSQLEventStore(server.configuration(schema: schema)),
        PostgreSQLEventStore(server.configuration(schema: schema)),
      ]
      let generation = generation
      try await withThrowingTaskGroup(of: Void.self) { group in
        for task in 0..<4 {
          group.addTask {
            for _ in 0..<20 {
              try await stores[task % 2].withViewTransaction { transaction in
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
      #expect(row?.content == [80])
    }
  }
#endif
