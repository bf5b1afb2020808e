#if SQLite
  import DurableStoreChecks
  import EventSourcing
  import Foundation
  import GRDB
  import StoreExpectations
  import Testing

  @testable import EventSourcingSQLite

  @Suite struct SQLiteStoreTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    func store(_ change: (inout SQLiteConfiguration) -> Void = { _ in }) async throws -> SQLiteEventStore {
      var configuration = SQLiteConfiguration(folder.file)
      change(&configuration)
      return try await SQLiteEventStore(configuration)
    }

    func administer(_ statements: String...) throws {
      // The stores that the test has let go of may still be closing.
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      let queue = try DatabaseQueue(path: folder.file, configuration: configuration)
      for statement in statements { try queue.write { try $0.execute(sql: statement) } }
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
      let writers = [try await store(), try await store()]
      let reader = try await store()
      let result = try await ConcurrencyCheck.tailing(on: writers, reader: reader, appends: 100) {
        try await reader.readAll(after: $0, limit: 100)
      }
      #expect(result == (0, 0, 0))
    }

    @Test("the file is in WAL mode and every commit is synchronised")
    func durability() async throws {
      let writer = try #require(try await store().writer)
      #expect(try await writer.writeWithoutTransaction { try Int.fetchOne($0, sql: "pragma synchronous") } == 2)
      #expect(try await writer.read { try String.fetchOne($0, sql: "pragma journal_mode") } == "wal")
    }

    @Test("a file whose texts are UTF-16 gives events back as they were")
    func otherEncoding() async throws {
      let queue = try DatabaseQueue(path: folder.file)
      try await queue.writeWithoutTransaction {
        try $0.execute(sql: "pragma encoding = 'UTF-16'; create table other (number integer)")
        #expect(try String.fetchOne($0, sql: "pragma encoding") != "UTF-8")
      }
      try queue.close()
      let difference = try await ModelCheck.difference(in: try await store(), seed: 4, steps: 200)
      #expect(difference == nil)
    }

    @Test("several connections may make the tables at once")
    func concurrentCreation() async throws {
      expectNone(try await ConcurrencyCheck.creation { try await store() })
    }

    @Test("tables of a newer version are refused and left as they are")
    func newerSchema() async throws {
      _ = try await store().append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      try administer("insert into schema_version (version) values (99)")
      await expectError(.unsupportedSchema, naming: "99") { _ = try await store() }
      try administer("delete from schema_version where version = 99")
      #expect(try await store().readAll(after: .start, limit: 10).count == 1)
    }

    @Test("tables that are no event store's are refused and left as they are")
    func foreignTables() async throws {
      try administer("create table events (x int)")
      await expectError(.corrupt, naming: "events") { _ = try await store() }
      try administer("insert into events values (1)")
      _ = try await store { $0.prefix = "shop_" }
    }

    @Test("two prefixes in one file know nothing of each other, whatever they are")
    func separatePrefixes() async throws {
      let first = try await store()
      let second = try await store { $0.prefix = #"odd "prefix"; "# }
      expectNone(try await ConcurrencyCheck.separateness(of: first, and: second))
    }

    @Test("a store opened for reading refuses appends and makes no file")
    func readOnly() async throws {
      await expectError(.forbidden, naming: folder.file) { _ = try await store { $0.isReadOnly = true } }
      #expect(!FileManager.default.fileExists(atPath: folder.file))
      let writable = try await store()
      _ = try await writable.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      let reading = try await store { $0.isReadOnly = true }
      #expect(try await reading.version(of: StreamName("a")) == 1)
      await expectError(.forbidden, naming: "reading only") {
        _ = try await reading.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      }
    }

    @Test("a file that is no database is refused and left as it is")
    func noDatabase() async throws {
      let text = String(repeating: "this is a letter\n", count: 100)
      try text.write(toFile: folder.file, atomically: false, encoding: .utf8)
      await expectError(.corrupt, naming: "no SQLite database") { _ = try await store() }
      #expect(try String(contentsOfFile: folder.file, encoding: .utf8) == text)
    }

    @Test("a disk that is full refuses the append, and work goes on when there is room")
    func diskFull() async throws {
      let store = try await store()
      let writer = try #require(store.writer)
      try await writer.writeWithoutTransaction { database in
        let pages = try Int.fetchOne(database, sql: "pragma page_count") ?? 0
        try database.execute(sql: "pragma max_page_count = \(pages)")
      }
      var event = ConcurrencyCheck.event()
      event.payload = .json(Array("{\"text\":\"\(String(repeating: "x", count: 100_000))\"}".utf8))
      let large = event
      await expectError(.unavailable, naming: "full") {
        _ = try await store.append(to: StreamName("a"), events: [large], expected: .any)
      }
      try await writer.writeWithoutTransaction { try $0.execute(sql: "pragma max_page_count = 1000000") }
      let result = try await store.append(to: StreamName("a"), events: [large], expected: .noStream)
      #expect(result == AppendResult(version: 1, position: Checkpoint(1)))
    }

    @Test("another process that holds the lock too long gives an error, and work goes on when it lets go")
    func busy() async throws {
      let store = try await store { $0.busyTimeout = .milliseconds(200) }
      var options = Configuration()
      options.allowsUnsafeTransactions = true
      let other = try DatabaseQueue(path: folder.file, configuration: options)
      try await other.writeWithoutTransaction { try $0.execute(sql: "begin immediate") }
      await expectError(.unavailable, naming: "lock") {
        _ = try await store.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      }
      try await other.writeWithoutTransaction { try $0.execute(sql: "rollback") }
      _ = try await store.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .noStream)
    }
  }
#endif
