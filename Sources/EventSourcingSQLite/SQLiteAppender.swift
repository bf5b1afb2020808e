#if SQLite
  internal import EventSourcing
  internal import GRDB

  /// Commits groups of appends, each in one transaction.
  struct SQLiteAppender: Sendable {
    let pool: DatabasePool
    let path: String
    private let begin = "begin immediate"
    private let version: String
    private let insertStream: String
    private let updateStream: String
    private let insertEvent: String
    private let copy: String

    init(_ pool: DatabasePool, tables: SQLiteTables, path: String) {
      self.pool = pool
      self.path = path
      version = "select version from \(tables.streams) where stream = ?"
      insertStream = "insert or ignore into \(tables.streams) (version, stream) values (?, ?)"
      updateStream = "update \(tables.streams) set version = ? where stream = ? and version = ?"
      // SQLite itself gives the position: the one behind the last.
      insertEvent = """
        insert into \(tables.events) (stream, version, id, type, schema_version, occurred_at, metadata, payload)
        values (?, ?, ?, ?, ?, ?, ?, ?)
        """
      copy = "select \(SQLiteRows.columns) from \(tables.events) where id = ?"
    }

    /// Commits a group.
    ///
    /// - Returns: An outcome for each append.
    func commit(_ group: [PendingAppend]) -> [AppendOutcome] {
      do {
        return try pool.writeWithoutTransaction { database in
          try transaction(on: database) { try group.map { try outcome(of: $0, looksFirst: false, on: database) } }
        }
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
        // One of the ids is stored already: which one comes out when each append is looked up first.
        return group.map { appendAlone($0) }
      } catch {
        return group.map { .failure(failure(error, of: $0)) }
      }
    }

    private func appendAlone(_ append: PendingAppend) -> AppendOutcome {
      do {
        return try pool.writeWithoutTransaction { database in
          try transaction(on: database) { try outcome(of: append, looksFirst: true, on: database) }
        }
      } catch {
        return .failure(failure(error, of: append))
      }
    }

    private func failure(_ error: any Error, of append: PendingAppend) -> EventStoreError {
      let action = "events for stream '\(append.stream)' were not stored"
      let error = SQLiteFailure.error(error, doing: action, path: path)
      return error as? EventStoreError ?? EventStoreError(.unavailable, "\(action): \(error)")
    }

    private func transaction<Value>(on database: Database, _ body: () throws -> Value) throws -> Value {
      try PreparedStatement(begin, on: database).run()
      do {
        let value = try body()
        try PreparedStatement("commit", on: database).run()
        return value
      } catch {
        // SQLite may have rolled back by itself.
        if database.isInsideTransaction { try PreparedStatement("rollback", on: database).run() }
        throw error
      }
    }

    /// Makes one append in the transaction that is open.
    func outcome(of append: PendingAppend, looksFirst: Bool, on database: Database) throws -> AppendOutcome {
      let current: Int
      if !looksFirst, let expected = append.expectedNumber, try advance(append, from: expected, on: database) {
        current = expected
      } else {
        current = try currentVersion(of: append, on: database)
        if looksFirst || !append.expected.accepts(current) {
          if let answer = append.answer(copies: try copies(of: append.events, on: database), version: current) {
            return answer
          }
        }
        guard !append.events.isEmpty else { return .success(AppendResult(version: current, position: .start)) }
        guard try advance(append, from: current, on: database) else {
          throw EventStoreError(.corrupt, "stream '\(append.stream)' in '\(path)' has no version of its own")
        }
      }
      let insert = try PreparedStatement(insertEvent, on: database)
      insert.bind(1, append.storedName)
      for (offset, event) in append.events.enumerated() {
        insert.bind(2, current + offset + 1)
        insert.bind(3, event.id)
        insert.bind(4, StoredName.write(event.type))
        insert.bind(5, event.schemaVersion)
        insert.bind(6, event.occurredAt)
        insert.bindText(7, event.metadata)
        insert.bindText(8, event.payload)
        try insert.run()
      }
      return .success(
        AppendResult(
          version: current + append.events.count, position: Checkpoint(UInt64(clamping: insert.lastInsertedNumber))))
    }

    /// Moves the stream's head, which tells at once whether it was where it was expected.
    ///
    /// - Returns: Whether it was; nothing has changed where not.
    private func advance(_ append: PendingAppend, from version: Int, on database: Database) throws -> Bool {
      guard !append.events.isEmpty else { return false }
      let head = try PreparedStatement(version == 0 ? insertStream : updateStream, on: database)
      head.bind(1, version + append.events.count)
      head.bind(2, append.storedName)
      if version > 0 { head.bind(3, version) }
      try head.run()
      return head.changedRows == 1
    }

    private func currentVersion(of append: PendingAppend, on database: Database) throws -> Int {
      let head = try PreparedStatement(version, on: database)
      head.bind(1, append.storedName)
      defer { head.reset() }
      return try head.step() ? head.integer(0) : 0
    }

    private func copies(of events: [EncodedEvent], on database: Database) throws -> [UUID: StoredCopy] {
      var copies: [UUID: StoredCopy] = [:]
      for event in events {
        let statement = try PreparedStatement(copy, on: database)
        statement.bind(1, event.id)
        if try statement.step() { copies[event.id] = try SQLiteRows.copy(statement) }
        statement.reset()
      }
      return copies
    }
  }

  extension PendingAppend {
    /// The version that the stream must have; nil where the append leaves that open.
    fileprivate var expectedNumber: Int? {
      switch expected {
      case .noStream: 0
      case .exact(let version): version
      case .any, .streamExists: nil
      }
    }
  }
#endif
