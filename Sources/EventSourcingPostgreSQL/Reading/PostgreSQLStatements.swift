#if PostgreSQL
  /// The statements that read events and keep snapshots.
  struct PostgreSQLStatements: Sendable {
    let names: SchemaNames
    let readForwards: Statement
    let readBackwards: Statement
    let readAll: Statement
    let version: Statement
    let streams: Statement
    let snapshot: Statement
    let saveSnapshot: Statement
    let replaceSnapshot: Statement
    let removeSnapshot: Statement

    init(_ names: SchemaNames) {
      self.names = names
      readForwards = Statement(
        name: "read_forwards",
        sql: """
          select \(EventRows.columns) from \(names.events)
          where shard = $1::integer and stream = $2::text and version >= $3::bigint order by version limit $4::bigint
          """)
      readBackwards = Statement(
        name: "read_backwards",
        sql: """
          select \(EventRows.columns) from \(names.events)
          where shard = $1::integer and stream = $2::text and version <= $3::bigint order by version desc limit $4::bigint
          """)
      readAll = Statement(
        name: "read_all",
        sql: """
          select \(EventRows.columns) from \(names.events)
          where shard = $1::integer and position > $2::bigint order by position limit $3::bigint
          """)
      version = Statement(
        name: "version", sql: "select version from \(names.streams) where shard = $1::integer and stream = $2::text")
      // Names with a prefix stand together, from the prefix itself on.
      streams = Statement(
        name: "streams",
        sql: """
          select stream, version from \(names.streams)
          where shard = $1::integer and stream > $2::text and stream >= $3::text and starts_with(stream, $3::text)
          order by stream limit $4::bigint
          """)
      snapshot = Statement(
        name: "snapshot",
        sql: """
          select version, aggregate, state_version, checksum, state from \(names.snapshots)
          where shard = $1::integer and stream = $2::text
          """)
      let insert = """
        insert into \(names.snapshots) as present (shard, stream, version, aggregate, state_version, checksum, state)
        values ($1::integer, $2::text, $3::bigint, $4::text, $5::bigint, $6::bigint, $7::bytea)
        on conflict (shard, stream) do update set version = excluded.version, aggregate = excluded.aggregate,
          state_version = excluded.state_version, checksum = excluded.checksum, state = excluded.state, saved_at = now()
        """
      replaceSnapshot = Statement(name: "replace_snapshot", sql: insert)
      // A newer snapshot stays, unless it is ahead of its stream and so of no use.
      saveSnapshot = Statement(
        name: "save_snapshot",
        sql: insert + """

          where present.version <= excluded.version or present.state_version <> excluded.state_version
            or present.version > coalesce(
              (select s.version from \(names.streams) s where s.shard = $1::integer and s.stream = $2::text), 0)
          """)
      removeSnapshot = Statement(
        name: "remove_snapshot", sql: "delete from \(names.snapshots) where shard = $1::integer and stream = $2::text")
    }
  }
#endif
