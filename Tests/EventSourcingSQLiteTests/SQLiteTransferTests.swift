#if SQLite
  import DurableStoreChecks
  import EventSourcing
  import Foundation
  import StoreExpectations
  import Testing

  @testable import EventSourcingSQLite

  @Suite struct SQLiteTransferTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("a store goes through a file into another one unchanged, and again is nothing to do")
    func roundTrip() async throws {
      let source = try await SQLiteEventStore(folder.file)
      let target = try await SQLiteEventStore(folder.url.appendingPathComponent("other.sqlite").path)
      expectNone(try await TransferCheck.faults(from: source, to: target))
    }

    @Test(
      "events that the Python package wrote are imported",
      .enabled(if: PythonPackage.interpreter != nil, "the Python package eventsourcing is not installed"))
    func pythonPackage() async throws {
      let written = PythonPackage.writeDogs([
        "PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": folder.file,
      ])
      try #require(written)
      let mapping = try #require(ForeignMapping.ready("pyeventsourcing"))
      let source = try await ForeignSQLiteEvents(folder.file, mapping: mapping)
      let target = MemoryEventStore()
      try await EventTransfer(from: source, batchSize: 3).importEvents(into: target)
      try await expectDogs(target)
      let events = try await target.readAll(after: .start, limit: 10)
      #expect(events.allSatisfy { abs($0.occurredAt.timeIntervalSinceNow) < 600 })
      let again = try await EventTransfer(from: source).importEvents(into: target)
      #expect(again.events == 0 && again.skipped == 4)
    }

    @Test("a database that the Python package wrote earlier is imported")
    func pythonFixture() async throws {
      let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/pyeventsourcing.sqlite")
      try FileManager.default.copyItem(atPath: fixture.path, toPath: folder.file)
      let mapping = try #require(ForeignMapping.ready("pyeventsourcing"))
      let target = try await SQLiteEventStore(folder.url.appendingPathComponent("target.sqlite").path)
      let source = try await ForeignSQLiteEvents(folder.file, mapping: mapping)
      try await EventTransfer(from: source, batchSize: 3).importEvents(into: target)
      try await expectDogs(target)
      let events = try await target.readAll(after: .start, limit: 10)
      #expect(events.map(\.occurredAt) == events.map(\.occurredAt).sorted())
      #expect(events[0].occurredAt > Date(timeIntervalSince1970: 1_700_000_000))
    }

    @Test("a mapping that does not fit says what the table has")
    func wrongMapping() async throws {
      _ = try await SQLiteEventStore(folder.file)
      let mapping = ForeignMapping(
        table: "events", stream: "stream", version: "number", position: "position", type: "type", payload: "payload")
      let error = await #expect(throws: TransferError.self) {
        _ = try await ForeignSQLiteEvents(folder.file, mapping: mapping)
      }
      #expect(error?.message.contains("'number'") == true && error?.message.contains("schema_version") == true)
    }
  }

  /// Expects what ``PythonPackage/writeDogs(_:)`` wrote.
  func expectDogs(_ store: any EventStore) async throws {
    let events = try await store.readAll(after: .start, limit: 10)
    #expect(events.map(\.type) == ["Dog.Registered", "Dog.TrickAdded", "Dog.Registered", "Dog.TrickAdded"])
    #expect(events.map(\.version) == [1, 2, 1, 3])
    #expect(events.allSatisfy { UUID(uuidString: $0.stream.text) != nil && $0.stream.text.contains("-") })
    let payload = try events[1].payload.jsonBytes()
    #expect(String(decoding: payload, as: UTF8.self).contains("röll 𝄞"))
  }
#endif
