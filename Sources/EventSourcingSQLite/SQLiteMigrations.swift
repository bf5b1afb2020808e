#if SQLite
  internal import EventSourcing
  internal import GRDB

  /// Creates the tables of a store and brings older ones up to date; never drops anything.
  struct SQLiteMigrations {
    /// The version that this release reads and writes.
    static let current = 1

    let tables: SQLiteTables
    let path: String

    /// Makes sure that the tables are there and of the current version.
    ///
    /// - Parameters:
    ///   - database: The connection to use; several processes may do so at once, the first one takes the write lock.
    ///   - isReadOnly: Whether nothing may be created.
    func run(on database: Database, isReadOnly: Bool) throws {
      if let version = try version(on: database) {
        try check(version)
        if version == Self.current { return }
      }
      guard !isReadOnly else {
        throw EventStoreError(
          .corrupt,
          "'\(path)' holds no event store of this version with the prefix '\(tables.prefix)', and none may be made")
      }
      try database.inTransaction(.immediate) {
        try migrate(on: database)
        return .commit
      }
    }

    private func check(_ version: Int) throws {
      guard version <= Self.current else {
        throw EventStoreError(
          .unsupportedSchema,
          "the tables in '\(path)' have version \(version), this library knows versions up to \(Self.current): "
            + "use a newer release of the library")
      }
    }

    private func version(on database: Database) throws -> Int? {
      guard try database.tableExists(tables.prefix + "schema_version") else { return nil }
      return try Int.fetchOne(database, sql: "select max(version) from \(tables.versions)")
    }

    private func migrate(on database: Database) throws {
      database.clearSchemaCache()
      let version = try version(on: database)
      if let version {
        try check(version)
      } else {
        for name in ["streams", "events", "snapshots"] where try database.tableExists(tables.prefix + name) {
          throw EventStoreError(
            .corrupt, "'\(path)' has a table '\(tables.prefix + name)' that is no event store's: name another prefix")
        }
      }
      if version ?? 0 < 1 { for sql in versionOne { try database.execute(sql: sql) } }
      if version ?? 0 < Self.current {
        try database.execute(sql: "insert into \(tables.versions) (version) values (?)", arguments: [Self.current])
      }
    }

    private var versionOne: [String] {
      [
        "create table \(tables.versions) (version integer primary key, applied_at text not null default current_timestamp)",
        "create table \(tables.streams) (stream text primary key not null, version integer not null) without rowid",
        """
        create table \(tables.events) (
          position integer primary key, stream text not null, version integer not null, id blob not null unique,
          type text not null, schema_version integer not null default 1, occurred_at integer not null,
          metadata text not null, payload text not null, unique (stream, version))
        """,
        """
        create view \(tables.readableEvents) as
          select position, stream, version,
            lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-' || substr(hex(id), 13, 4) || '-'
              || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21)) as id,
            type, schema_version,
            strftime('%Y-%m-%dT%H:%M:%S', occurred_at / 1000000, 'unixepoch')
              || printf('.%06dZ', occurred_at % 1000000) as occurred_at,
            metadata, payload
          from \(tables.events)
        """,
        """
        create table \(tables.snapshots) (
          stream text primary key not null, version integer not null, aggregate text not null,
          state_version integer not null, checksum integer not null, state blob not null)
        """,
        """
        create table \(tables.views) (
          view text not null, number integer not null, form_version integer not null, checkpoint text not null,
          is_active integer not null, primary key (view, number)) without rowid
        """,
        """
        create table \(tables.viewRows) (
          view text not null, number integer not null, id text not null, key text not null, content blob not null,
          primary key (view, number, id))
        """,
        "create index \(tables.quoted("view_rows_key")) on \(tables.viewRows) (view, number, key, id)",
      ]
    }
  }
#endif
