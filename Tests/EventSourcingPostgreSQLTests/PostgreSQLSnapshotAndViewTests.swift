#if PostgreSQL
  import DurableStoreChecks
  import EventSourcing
  import StoreExpectations
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

    @Test("an aggregate is loaded as if there were no snapshot, whatever is wrong with it")
    func damagedSnapshotOfAnAggregate() async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      let faults = try await SnapshotCheck.faults(in: store) {
        try administer(server, "update \(schema).snapshots set state = substring(state for 7)")
      } flip: {
        try administer(
          server,
          "update \(schema).snapshots set state = set_byte(state, length(state) / 2, get_byte(state, length(state) / 2) # 1)"
        )
      }
      expectNone(faults)
    }

    @Test("rows and checkpoint change together or not at all")
    func togetherOrNotAtAll() async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      let other = try await PostgreSQLEventStore(server.configuration(schema: schema))
      expectNone(try await ProjectionCheck.changesTogether(in: store, seenBy: other))
    }

    @Test("a connection lost between rows and checkpoint has the work run again, and its effect once")
    func lostBetween() async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      let generation = ViewGeneration(id: .init(view: "V", number: 1), formVersion: 1, isActive: true)
      let server = server
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
      expectNone(try await ProjectionCheck.counts(on: stores))
    }

    @Test("a projection that refuses an event stops there, names it, and goes on when it may")
    func refusedEvent() async throws {
      let store = try await PostgreSQLEventStore(server.configuration(schema: schema))
      expectNone(try await ProjectionCheck.stopsAtRefusal(in: store))
    }
  }
#endif
