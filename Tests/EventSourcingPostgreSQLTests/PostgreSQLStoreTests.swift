#if PostgreSQL
  import CPostgreSQL
  import DurableStoreChecks
  import EventSourcing
  import StoreExpectations
  import Testing

  @testable import EventSourcingPostgreSQL

  /// Runs statements that no store would.
  func administer(_ server: PostgreSQLServer, _ statements: String..., schema: String = "public") throws {
    let connection = try PostgreSQLConnection(server.configuration(schema: schema))
    for statement in statements { try connection.command(statement) }
  }

  @Suite(.enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"))
  struct PostgreSQLStoreTests {
    let server: PostgreSQLServer
    let schema = "s\(UInt32.random(in: 0 ... .max))"

    init() throws { server = try PostgreSQLServer.shared.get() }

    func store(_ change: (inout PostgreSQLConfiguration) -> Void = { _ in }) async throws -> PostgreSQLEventStore {
      var configuration = server.configuration(schema: schema)
      change(&configuration)
      return try await PostgreSQLEventStore(configuration)
    }

    @Test("random operations answer as the in-memory store does", arguments: [1, 2, 3] as [UInt64])
    func model(seed: UInt64) async throws {
      let difference = try await ModelCheck.difference(in: try await store(), seed: seed, steps: 400)
      #expect(difference == nil)
    }

    @Test("of concurrent appends to one version one succeeds, over several connections")
    func conflicts() async throws {
      let stores = [try await store(), try await store(), try await store()]
      expectNone(try await ConcurrencyCheck.conflicts(on: stores, writers: 12, rounds: 25))
      expectNone(try await ConcurrencyCheck.unconditional(on: stores, writers: 12, rounds: 25))
      expectNone(try await StoreAudit.faults(in: stores[1], acknowledged: []))
    }

    @Test("an event alone is stored where its stream has the version expected, and takes no position where not")
    func single() async throws {
      let store = try await store()
      expectNone(try await SingleAppendCheck.faults(in: store))
      expectNone(try await StoreAudit.faults(in: store, acknowledged: []))
    }

    @Test("a reader that tails under load misses nothing and sees nothing twice")
    func tailing() async throws {
      let writers = [try await store(), try await store(), try await store()]
      let reader = try await store()
      let result = try await ConcurrencyCheck.tailing(on: writers, reader: reader, appends: 150) {
        try await reader.readAll(after: $0, limit: 100)
      }
      #expect(result == (0, 0, 0))
    }

    @Test("the same check finds events missed where positions come from a sequence")
    func naiveTailing() async throws {
      let naive = try SequenceStore(server, schema: schema)
      let writers = try (0..<6).map { _ in try SequenceStore(server, schema: schema) }
      let result = try await ConcurrencyCheck.tailing(on: writers, reader: naive, appends: 150) {
        try await naive.readAll(after: $0, limit: 100)
      }
      #expect(result.missed > 0)
    }

    @Test("several processes may make the schema at once")
    func concurrentCreation() async throws {
      expectNone(try await ConcurrencyCheck.creation { try await store() })
    }

    @Test("a schema of a newer version is refused and left as it is")
    func newerSchema() async throws {
      _ = try await store().append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      try administer(server, "insert into \(schema).schema_version (version) values (99)")
      await expectError(.unsupportedSchema, naming: "99") { _ = try await store() }
      try administer(server, "delete from \(schema).schema_version where version = 99")
      #expect(try await store().readAll(after: .start, limit: 10).count == 1)
    }

    @Test("a schema with tables that are no event store's is refused and left as it is")
    func foreignTables() async throws {
      try administer(server, "create schema \(schema)", "create table \(schema).events (x int)")
      await expectError(.corrupt, naming: "events") { _ = try await store() }
      try administer(server, "insert into \(schema).events values (1)")
    }

    @Test("a table of another owner gives an error that says which right is missing")
    func otherOwner() async throws {
      _ = try await store()
      let role = "role_\(schema)"
      try administer(
        server, "create role \(role) login password 'other'", "grant usage on schema \(schema) to \(role)",
        "grant select on all tables in schema \(schema) to \(role)")
      let other = try await PostgreSQLEventStore(server.address(schema: schema, user: role, password: "other"))
      await expectError(.forbidden, naming: "permission denied") {
        _ = try await other.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      }
      #expect(try await other.readAll(after: .start, limit: 10).isEmpty)
      try administer(server, "grant insert, update on all tables in schema \(schema) to \(role)")
      _ = try await other.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
    }

    @Test("a wrong password is refused at once, and no password is in any message")
    func wrongPassword() async throws {
      for password in ["wr0ng-w0rd", "wr0ng%zz", "wr0ng w0rd"] {
        let addresses = [
          server.address(schema: schema, password: password),
          "postgres://tester:\(password)@/postgres?host=\(server.folder.path)",
          "host=\(server.folder.path) user=tester dbname=postgres password=\(password)",
        ]
        for address in addresses {
          await expectError(.forbidden, naming: "") { _ = try await PostgreSQLEventStore(address) }
          let configuration = PostgreSQLConfiguration(address)
          var dumped = ""
          dump(configuration, to: &dumped)
          #expect(!"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("w0rd"))
        }
      }
    }

    @Test("an unreachable server is reported as unavailable, with its address")
    func unreachable() async throws {
      var configuration = PostgreSQLConfiguration("postgres:///nothing?host=/nowhere/at/all")
      configuration.patience = .milliseconds(200)
      await expectError(.unavailable, naming: "/nowhere/at/all") { _ = try await PostgreSQLEventStore(configuration) }
    }

    @Test("a store opened for reading refuses appends and makes no schema")
    func readOnly() async throws {
      await expectError(.corrupt, naming: schema) { _ = try await store { $0.isReadOnly = true } }
      let writable = try await store()
      _ = try await writable.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      let reading = try await store { $0.isReadOnly = true }
      #expect(try await reading.version(of: StreamName("a")) == 1)
      await expectError(.forbidden, naming: "reading only") {
        _ = try await reading.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      }
    }

    @Test("two schemas in one database know nothing of each other, whatever their names")
    func separateSchemas() async throws {
      let first = try await store()
      let second = try await store { $0.schema = #"Odd "name"; drop schema x -- "# + schema }
      expectNone(try await ConcurrencyCheck.separateness(of: first, and: second))
    }

    @Test("a signal of another connection wakes a reader before its poll interval")
    func signals() async throws {
      let writer = try await store()
      let reader = try await store { $0.pollInterval = .seconds(600) }
      let waiting = Task {
        let start = ContinuousClock.now
        try await reader.waitForEvents(after: .start, timeout: .seconds(600))
        return ContinuousClock.now - start
      }
      for _ in 0..<20 {
        try await Task.sleep(for: .milliseconds(100))
        _ = try await writer.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      }
      #expect(try await waiting.value < .seconds(300))
    }

    @Test("payloads of several megabytes come back as they were")
    func largePayload() async throws {
      let store = try await store()
      let text = String(repeating: "0123456789abcdé", count: 400_000)
      var event = ConcurrencyCheck.event()
      event.payload = .json(Array("{\"text\":\"\(text)\"}".utf8))
      _ = try await store.append(to: StreamName("big"), events: [event], expected: .noStream)
      let stored = try await store.readStream(StreamName("big"), from: 1, limit: 1, direction: .forwards)
      #expect(try stored.first?.payload.jsonBytes() == event.payload.jsonBytes())
    }

    @Test("the counter, the heads and the events go in one transaction: a failed append leaves no gap")
    func noGaps() async throws {
      let store = try await store()
      let event = ConcurrencyCheck.event()
      _ = try await store.append(to: StreamName("a"), events: [event], expected: .any)
      for number in 0..<5 {
        await expectError(.duplicateEvent, naming: "stored already") {
          _ = try await store.append(
            to: StreamName("b"), events: [ConcurrencyCheck.event(number), event], expected: .any)
        }
      }
      let result = try await store.append(to: StreamName("b"), events: [ConcurrencyCheck.event()], expected: .noStream)
      #expect(result.position == Checkpoint(2))
    }

    @Test("a statement that takes too long ends with its time-out, and work goes on")
    func statementTimeout() async throws {
      let store = try await store { $0.lockTimeout = .milliseconds(200) }
      _ = try await store.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      let blocker = try PostgreSQLConnection(server.configuration(schema: schema))
      try blocker.command("begin")
      try blocker.command("lock table \(schema).counters in exclusive mode")
      await expectError(.unavailable, naming: "lock") {
        _ = try await store.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      }
      try blocker.command("rollback")
      let result = try await store.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .exact(1))
      #expect(result.version == 2)
    }
  }
#endif
