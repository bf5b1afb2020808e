#if SQLite
  import DurableStoreChecks
  import EventSourcing
  import Foundation
  import GRDB
  import StoreExpectations
  import Testing

  @testable import EventSourcingSQLite

  @Suite(.serialized) struct SQLiteFaultTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("what was acknowledged is there after kill -9 of the processes that append", .timeLimit(.minutes(5)))
    func killedClients() async throws {
      let store = try await SQLiteEventStore(folder.file)
      expectNone(try await KillLoop.killClients(of: "sqlite:" + folder.file, store: store))
    }

    @Test("a disk that becomes full refuses appends, and work goes on when there is room")
    func diskFull() async throws {
      guard let disk = SmallDisk(megabytes: 40) else {
        print("SKIPPED: mounting a small file system is not permitted here, the full disk was not tested")
        return
      }
      let store = try await SQLiteEventStore(disk.folder.appendingPathComponent("events.sqlite").path)
      expectNone(try await disk.check(store))
    }

    @Test("a file that may only be read gives an error that says so")
    func readOnlyFile() async throws {
      let store = try await SQLiteEventStore(folder.file)
      _ = try await store.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .any)
      store.close()
      // Root may write to any file: another user appends.
      chmod(folder.url.path, 0o755)
      chmod(folder.file, 0o444)
      let user = geteuid() == 0 ? "65534" : nil
      let process = try LoadProcess(store: "sqlite:" + folder.file, tasks: 1, appends: 1, user: user)
      process.wait()
      let said = process.output.joined(separator: "\n")
      #expect(said.hasPrefix("fail") || said.hasPrefix("fatal"))
      #expect(said.contains("not allowed to write") || said.contains("cannot be opened"), "\(said)")
      #expect(said.contains(folder.file))
      // Work goes on when it may be written.
      chmod(folder.url.path, 0o777)
      for suffix in ["", "-wal", "-shm"] { chmod(folder.file + suffix, 0o666) }
      let permitted = try LoadProcess(store: "sqlite:" + folder.file, tasks: 1, appends: 1, user: user)
      permitted.wait()
      #expect(permitted.output.last == "done", "\(permitted.output)")
      #expect(try await SQLiteEventStore(folder.file).readAll(after: .start, limit: 10).count > 1)
    }

    @Test(
      "a damaged snapshot is none, and is replaced by the next one",
      arguments: [
        "state = substr(state, 1, 4)", "state = cast('{\"y\":1}' as blob)", "version = version + 1", "aggregate = 'B'",
        "state_version = 2", "checksum = 0",
      ])
    func damagedSnapshot(damage: String) async throws {
      let store = try await SQLiteEventStore(folder.file)
      let snapshot = Snapshot(
        stream: StreamName("a\0"), version: 3, aggregate: "A", stateVersion: 1, state: Array("{\"x\":1}".utf8))
      try await store.save(snapshot)
      #expect(try await store.snapshot(of: snapshot.stream) == snapshot)
      try await DatabaseQueue(path: folder.file).write { try $0.execute(sql: "update snapshots set \(damage)") }
      #expect(try await store.snapshot(of: snapshot.stream) == nil)
      try await store.save(snapshot)
      #expect(try await store.snapshot(of: snapshot.stream) == snapshot)
    }

    @Test("an aggregate is loaded as if there were no snapshot, whatever is wrong with it")
    func damagedSnapshotOfAnAggregate() async throws {
      let store = try await SQLiteEventStore(folder.file)
      let queue = try DatabaseQueue(path: folder.file)
      let faults = try await SnapshotCheck.faults(in: store) {
        try await queue.write { try $0.execute(sql: "update snapshots set state = substr(state, 1, 7)") }
      } flip: {
        try await queue.write { database in
          let state = try Data.fetchOne(database, sql: "select state from snapshots") ?? Data()
          let flipped = Data(state.enumerated().map { $0.offset == state.count / 2 ? $0.element ^ 1 : $0.element })
          try database.execute(sql: "update snapshots set state = ?", arguments: [flipped])
        }
      }
      expectNone(faults)
    }

    @Test("rows and checkpoint change together or not at all")
    func togetherOrNotAtAll() async throws {
      let (store, other) = (try await SQLiteEventStore(folder.file), try await SQLiteEventStore(folder.file))
      expectNone(try await ProjectionCheck.changesTogether(in: store, seenBy: other))
    }

    @Test("of two that count in one row at the same time, none loses a step")
    func serializable() async throws {
      let stores = try await [SQLiteEventStore(folder.file), SQLiteEventStore(folder.file)]
      expectNone(try await ProjectionCheck.counts(on: stores))
    }

    @Test("a projection that refuses an event stops there, names it, and goes on when it may")
    func refusedEvent() async throws {
      expectNone(try await ProjectionCheck.stopsAtRefusal(in: try await SQLiteEventStore(folder.file)))
    }
  }
#endif
