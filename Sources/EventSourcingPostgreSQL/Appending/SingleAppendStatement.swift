#if PostgreSQL
  internal import EventSourcing

  /// The statement for a group of one event whose append names the version that it expects: what a caller without
  /// company brings.
  ///
  /// It does what ``DirectAppendStatement`` does, and in the same order, head before counter, without arrays: to set up
  /// what unnests, sorts and counts them takes the server longer than one event itself.
  struct SingleAppendStatement {
    private let first: Statement
    private let next: Statement
    private let shard: Int

    init(_ names: SchemaNames, shard: Int) {
      self.shard = shard
      first = Statement(
        name: "append_first",
        sql: Self.sql(
          names,
          head: """
            insert into \(names.streams) (shard, stream, version) values ($1::integer, $2::text, $3::bigint) returning 1
            """))
      next = Statement(
        name: "append_next",
        sql: Self.sql(
          names,
          head: """
            update \(names.streams) set version = $3::bigint
            where shard = $1::integer and stream = $2::text and version = $3::bigint - 1 returning 1
            """))
    }

    private static func sql(_ names: SchemaNames, head: String) -> String {
      """
      with head as (
        \(head)
      ), counted as (
        update \(names.counters) set position = position + 1
        where shard = $1::integer and exists (select from head)
        returning position
      ), stored as (
        insert into \(names.events)
          (shard, position, stream, version, id, type, schema_version, occurred_at, metadata, payload)
        select $1::integer, c.position, $2::text, $3::bigint, $4::uuid, $5::text, $6::integer, $7::timestamptz, $8::bytea,
          $9::bytea
        from counted c
      )
      select position - 1 from counted
      """
    }

    /// Appends an event.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - stream: The stream's name as columns hold it.
    ///   - before: The version that the stream is to have.
    ///   - connection: The connection.
    ///   - meanwhile: What is done while the server works.
    /// - Returns: The position before the event; nil where the stream has another version and nothing was stored.
    /// - Throws: ``PostgreSQLFailure``; nothing is stored then, unless the connection broke.
    func run(
      _ event: EncodedEvent, to stream: String, after before: Int, on connection: PostgreSQLConnection,
      meanwhile: () -> Void
    ) throws -> UInt64? {
      var parameters = BinaryParameters(
        capacity: 128 + stream.utf8.count + event.metadata.count + event.payload.count)
      parameters.add(Int32(clamping: shard))
      parameters.add(stream)
      parameters.add(before + 1)
      parameters.add(event.id)
      parameters.add(StoredName.write(event.type))
      parameters.add(Int32(clamping: event.schemaVersion))
      parameters.add(time: event.occurredAt)
      parameters.add(event.metadata)
      parameters.add(event.payload)
      let result = try connection.execute(before == 0 ? first : next, parameters, meanwhile: meanwhile)
      return result.count == 0 ? nil : UInt64(clamping: try result.number(0, 0))
    }
  }
#endif
