#if PostgreSQL
  import DurableStoreChecks
  import EventSourcing
  import EventSourcingTesting
  import Testing

  @testable import EventSourcingPostgreSQL

  @Suite(.enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"))
  struct PostgreSQLContractTests {
    let server: PostgreSQLServer
    let schema = "c\(UInt32.random(in: 0 ... .max))"

    init() throws { server = try PostgreSQLServer.shared.get() }

    @Test("the event store contract holds", arguments: EventStoreContract.checks)
    func events(check: EventStoreContract.Check) async throws {
      try await check.run { try await PostgreSQLEventStore(server.configuration(schema: schema)) }
    }

    @Test("the snapshot store contract holds", arguments: SnapshotStoreContract.checks)
    func snapshots(check: SnapshotStoreContract.Check) async throws {
      try await check.run { try await PostgreSQLEventStore(server.configuration(schema: schema)) }
    }

    @Test("the view store contract holds", arguments: ViewStoreContract.checks)
    func views(check: ViewStoreContract.Check) async throws {
      try await check.run { try await PostgreSQLEventStore(server.configuration(schema: schema)) }
    }

    @Test("the contract of inline projections holds", arguments: InlineProjectionContract.checks)
    func inline(check: InlineProjectionContract.Check) async throws {
      try await check.run { try await PostgreSQLEventStore(server.configuration(schema: schema)) }
    }

    @Test("a scratch store has two connections, and leaves nothing behind")
    func scratch() async throws {
      let scratch = try await PostgreSQLScratchStore(in: server.configuration(schema: schema))
      let event = NewEvent(id: UUID(), type: "A", occurredAt: .now, payload: .json(Array("{}".utf8)))
      _ = try await scratch.otherConnection.append(to: StreamName("a"), events: [event], expected: .noStream)
      #expect(try await scratch.store.version(of: StreamName("a")) == 1)
      let name = scratch.store.configuration.schema
      try await scratch.remove()
      #expect(throws: PostgreSQLFailure.self) { try administer(server, "create table \(name).t (x int)") }
    }
  }
#endif
