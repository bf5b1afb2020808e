#if SQLite
  public import EventSourcing
  internal import GRDB

  extension SQLiteEventStore: SnapshotStore {
    /// The latest snapshot of a stream; none where its check sum is not that of its content.
    public func snapshot(of stream: StreamName) async throws -> Snapshot? {
      let tables = tables
      return try await read("the snapshot of stream '\(stream)' could not be read") { database in
        try Self.snapshot(of: stream, tables, on: database)
      }
    }

    /// Keeps a snapshot in place of an older, damaged or useless one of its stream.
    public func save(_ snapshot: Snapshot) async throws {
      let tables = tables
      let name = StoredName.write(snapshot.stream.text)
      try await write("the snapshot of stream '\(snapshot.stream)' was not kept") { database in
        // A newer one stays, unless it is damaged or ahead of its stream and so of no use.
        if let present = try Self.snapshot(of: snapshot.stream, tables, on: database),
          present.version > snapshot.version, present.stateVersion == snapshot.stateVersion
        {
          let head = try Int.fetchOne(
            database, sql: "select version from \(tables.streams) where stream = ?", arguments: [name])
          if present.version <= head ?? 0 { return }
        }
        let statement = try PreparedStatement(
          """
          insert or replace into \(tables.snapshots) (stream, version, aggregate, state_version, checksum, state)
          values (?, ?, ?, ?, ?, ?)
          """, on: database)
        statement.bind(1, name)
        statement.bind(2, snapshot.version)
        statement.bind(3, StoredName.write(snapshot.aggregate))
        statement.bind(4, snapshot.stateVersion)
        statement.bind(5, snapshot.checksum)
        statement.bind(6, snapshot.state)
        try statement.run()
      }
    }

    /// Forgets the snapshot of a stream.
    public func removeSnapshot(of stream: StreamName) async throws {
      let tables = tables
      try await write("the snapshot of stream '\(stream)' was not removed") { database in
        let statement = try PreparedStatement("delete from \(tables.snapshots) where stream = ?", on: database)
        statement.bind(1, StoredName.write(stream.text))
        try statement.run()
      }
    }

    private static func snapshot(of stream: StreamName, _ tables: SQLiteTables, on database: Database) throws
      -> Snapshot?
    {
      let statement = try PreparedStatement(
        "select version, aggregate, state_version, checksum, state from \(tables.snapshots) where stream = ?",
        on: database)
      statement.bind(1, StoredName.write(stream.text))
      defer { statement.reset() }
      guard try statement.step() else { return nil }
      let snapshot = Snapshot(
        stream: stream, version: statement.integer(0), aggregate: StoredName.read(statement.string(1)),
        stateVersion: statement.integer(2), state: Array(statement.blob(4)))
      return statement.number(3) == snapshot.checksum ? snapshot : nil
    }
  }
#endif
