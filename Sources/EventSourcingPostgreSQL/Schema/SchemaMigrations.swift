#if PostgreSQL
  internal import EventSourcing

  /// Creates the tables of a store and brings older ones up to date; never drops anything.
  struct SchemaMigrations {
    /// The version that this release reads and writes.
    static let current = 1

    let names: SchemaNames
    let shard: Int

    /// Makes sure that the schema is there and of the current version.
    ///
    /// Several processes may do so at once: they wait for each other by an advisory lock, or where the server has none,
    /// by trying again.
    ///
    /// - Parameters:
    ///   - connection: The connection to use.
    ///   - isReadOnly: Whether nothing may be created.
    /// - Throws: ``PostgreSQLFailure``.
    func run(on connection: PostgreSQLConnection, isReadOnly: Bool) throws {
      if let version = try version(on: connection) {
        try check(version)
        if version == Self.current, try hasCounter(on: connection) { return }
      }
      guard !isReadOnly else {
        throw PostgreSQLFailure.store(
          EventStoreError(
            .corrupt,
            "the schema '\(names.name)' holds no event store of this version, and it may not be created read-only"))
      }
      var attempts = 0
      while true {
        do {
          return try connection.transaction { try migrate(on: connection) }
        } catch let failure as PostgreSQLFailure {
          attempts += 1
          guard attempts < 20, !connection.isBroken, Self.isRace(failure) else { throw failure }
          blockThread(seconds: 0.05 * Double(attempts))
        }
      }
    }

    private static func isRace(_ failure: PostgreSQLFailure) -> Bool {
      guard case .statement(let state, _) = failure else { return false }
      // Somebody else created the same thing at the same time.
      return ["23505", "42P06", "42P07", "42701", "40001", "40P01", "55P03"].contains(state)
    }

    private func check(_ version: Int) throws {
      guard version <= Self.current else {
        throw PostgreSQLFailure.store(
          EventStoreError(
            .unsupportedSchema,
            "the schema '\(names.name)' has version \(version), this library knows versions up to \(Self.current): "
              + "use a newer release of the library"))
      }
    }

    /// The version of the schema, nil where it is not there.
    private func version(on connection: PostgreSQLConnection) throws -> Int? {
      do {
        let result = try connection.execute(
          Statement(name: "schema_version", sql: "select max(version)::bigint from \(names.versions)"))
        return result.count == 1 && !result.isNull(0, 0) ? try result.integer(0, 0) : nil
      } catch PostgreSQLFailure.statement(let state, _) where state == "42P01" || state == "3F000" {
        return nil
      }
    }

    private func hasCounter(on connection: PostgreSQLConnection) throws -> Bool {
      var parameters = BinaryParameters()
      parameters.add(Int32(clamping: shard))
      return try connection.execute(
        Statement(name: "has_counter", sql: "select 1 from \(names.counters) where shard = $1::integer"), parameters
      ).count == 1
    }

    private func migrate(on connection: PostgreSQLConnection) throws {
      try lock(on: connection)
      let found = try connection.execute(
        Statement(
          name: "tables",
          sql: """
            select count(*) filter (where table_name = 'schema_version'),
              coalesce(string_agg(table_name, ', ') filter (where table_name in ('counters', 'streams', 'events', 'snapshots')), '')
            from information_schema.tables where table_schema = $1::text
            """), parameters(names.name))
      var version = 0
      if try found.integer(0, 0) == 0 {
        let others = found.text(0, 1)
        guard others.isEmpty else {
          throw PostgreSQLFailure.store(
            EventStoreError(
              .corrupt,
              "the schema '\(names.name)' holds tables that are no event store's (\(others)): name another schema"))
        }
        if try !schemaExists(on: connection) { try connection.command("create schema if not exists \(names.schema)") }
        try connection.command(
          """
          create table \(names.versions) (
            version integer primary key, applied_at timestamptz not null default now());
          comment on table \(names.versions) is 'The versions of this event store''s tables, the highest one is in force.'
          """)
      } else {
        version = try self.version(on: connection) ?? 0
        try check(version)
      }
      if version < 1 { for sql in versionOne { try connection.command(sql) } }
      if version < Self.current {
        var parameters = BinaryParameters()
        parameters.add(Int32(Self.current))
        try connection.execute(
          Statement(name: "record", sql: "insert into \(names.versions) (version) values ($1::integer)"), parameters)
      }
      var parameters = BinaryParameters()
      parameters.add(Int32(clamping: shard))
      try connection.execute(
        Statement(
          name: "add_counter",
          sql: "insert into \(names.counters) (shard, position) values ($1::integer, 0) on conflict do nothing"),
        parameters)
    }

    private func schemaExists(on connection: PostgreSQLConnection) throws -> Bool {
      try connection.execute(
        Statement(name: "schema", sql: "select 1 from information_schema.schemata where schema_name = $1::text"),
        parameters(names.name)
      ).count == 1
    }

    private func lock(on connection: PostgreSQLConnection) throws {
      var sum = Checksum()
      sum.add(names.channel.utf8)
      var parameters = BinaryParameters()
      parameters.add(Int64(bitPattern: sum.value))
      try connection.command("savepoint before_lock")
      do {
        try connection.execute(
          Statement(name: "lock", sql: "select pg_advisory_xact_lock($1::bigint)"), parameters)
      } catch PostgreSQLFailure.statement(let state, _) where state == "42883" || state == "0A000" {
        try connection.command("rollback to savepoint before_lock")
      }
    }

    private func parameters(_ text: String) -> BinaryParameters {
      var parameters = BinaryParameters()
      parameters.add(text)
      return parameters
    }

    private var versionOne: [String] {
      [
        """
        create table \(names.counters) (
          shard integer primary key, position bigint not null) with (fillfactor = 10)
        """,
        "comment on table \(names.counters) is 'The last position given to an event, a row for each shard.'",
        """
        create table \(names.streams) (
          shard integer not null default 0, stream text collate "C" not null, version bigint not null,
          primary key (shard, stream)) with (fillfactor = 70)
        """,
        "comment on table \(names.streams) is 'Every stream with its version, the number of its events.'",
        """
        create table \(names.events) (
          shard integer not null default 0, position bigint not null,
          stream text collate "C" not null, version bigint not null,
          id uuid not null, type text collate "C" not null, schema_version integer not null default 1,
          occurred_at timestamptz not null, metadata bytea not null, payload bytea not null,
          constraint events_position primary key (shard, position),
          constraint events_version unique (shard, stream, version),
          constraint events_id unique (shard, id))
        """,
        "comment on table \(names.events) is 'The events: metadata and payload are JSON in UTF-8; append only.'",
        """
        create view \(names.schema).readable_events as
          select shard, position, stream, version, id, type, schema_version, occurred_at,
            convert_from(metadata, 'UTF8') as metadata, convert_from(payload, 'UTF8') as payload
          from \(names.events)
        """,
        """
        create table \(names.snapshots) (
          shard integer not null default 0, stream text collate "C" not null, version bigint not null,
          aggregate text collate "C" not null, state_version bigint not null, checksum bigint not null,
          state bytea not null, saved_at timestamptz not null default now(),
          primary key (shard, stream))
        """,
        """
        create table \(names.views) (
          view text collate "C" not null, number bigint not null, form_version bigint not null,
          checkpoint text collate "C" not null, is_active boolean not null, updated_at timestamptz not null default now(),
          primary key (view, number)) with (fillfactor = 50)
        """,
        "comment on table \(names.views) is 'The builds of each view and how far they have come; the active one is read.'",
        """
        create table \(names.viewRows) (
          view text collate "C" not null, number bigint not null, id text collate "C" not null,
          key text collate "C" not null, content bytea not null, primary key (view, number, id))
        """,
        "create index view_rows_key on \(names.viewRows) (view, number, key, id)",
      ]
    }
  }
#endif
