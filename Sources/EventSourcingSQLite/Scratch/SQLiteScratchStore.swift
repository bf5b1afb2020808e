#if SQLite
  internal import EventSourcing
  internal import GRDB

  /// A store in tables of its own beside others in a file, which go when it is done with.
  public struct SQLiteScratchStore: Sendable {
    /// The store.
    public let store: SQLiteEventStore
    /// The same store over a second connection.
    public let otherConnection: SQLiteEventStore

    /// Makes tables with a prefix that nobody else has.
    ///
    /// - Parameter configuration: The file, and how it is used; commits need not reach the disk.
    /// - Throws: What ``SQLiteEventStore/init(_:)`` throws.
    public init(in configuration: SQLiteConfiguration) async throws {
      var own = configuration
      own.prefix = "scratch_" + UUID().uuidString.lowercased().filter { $0 != "-" } + "_"
      own.readers = 1
      own.synchronization = .normal
      store = try await SQLiteEventStore(own)
      otherConnection = try await SQLiteEventStore(own)
    }

    /// Drops the tables.
    ///
    /// - Throws: ``EventStoreError`` where they cannot be dropped; they are left then.
    public func remove() async throws {
      otherConnection.close()
      let tables = store.tables
      try await store.write("the tables of a scratch store were not removed") { database in
        try database.execute(sql: "drop view \(tables.readableEvents)")
        for table in [
          tables.events, tables.streams, tables.snapshots, tables.views, tables.viewRows, tables.versions,
        ] { try database.execute(sql: "drop table \(table)") }
      }
      store.close()
    }
  }
#endif
