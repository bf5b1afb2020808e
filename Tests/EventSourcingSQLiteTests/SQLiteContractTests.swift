#if SQLite
  import DurableStoreChecks
  import EventSourcing
  import EventSourcingSQLite
  import EventSourcingTesting
  import Foundation
  import GRDB
  import Testing

  @Suite struct SQLiteContractTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("the event store contract holds", arguments: EventStoreContract.checks)
    func events(check: EventStoreContract.Check) async throws {
      try await check.run { try await SQLiteEventStore(folder.file) }
    }

    @Test("the snapshot store contract holds", arguments: SnapshotStoreContract.checks)
    func snapshots(check: SnapshotStoreContract.Check) async throws {
      try await check.run { try await SQLiteEventStore(folder.file) }
    }

    @Test("the view store contract holds", arguments: ViewStoreContract.checks)
    func views(check: ViewStoreContract.Check) async throws {
      try await check.run { try await SQLiteEventStore(folder.file) }
    }

    @Test("the contract of inline projections holds", arguments: InlineProjectionContract.checks)
    func inline(check: InlineProjectionContract.Check) async throws {
      try await check.run { try await SQLiteEventStore(folder.file) }
    }

    @Test("a scratch store has two connections, and leaves nothing behind")
    func scratch() async throws {
      let kept = try await SQLiteEventStore(folder.file)
      let scratch = try await SQLiteScratchStore(in: SQLiteConfiguration(folder.file))
      let event = NewEvent(id: UUID(), type: "A", occurredAt: .now, payload: .json(Array("{}".utf8)))
      _ = try await scratch.otherConnection.append(to: StreamName("a"), events: [event], expected: .noStream)
      #expect(try await scratch.store.version(of: StreamName("a")) == 1)
      #expect(try await kept.version(of: StreamName("a")) == 0)
      try await scratch.remove()
      let names = try await DatabaseQueue(path: folder.file).read {
        try String.fetchAll($0, sql: "select name from sqlite_master where name like 'scratch%'")
      }
      #expect(names == [])
    }
  }
#endif
