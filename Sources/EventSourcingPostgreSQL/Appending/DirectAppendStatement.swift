#if PostgreSQL
  internal import EventSourcing

  /// The statement for a group in which every append names the version that it expects: most groups.
  ///
  /// It knows each event's version beforehand and so does with less than ``AppendStatement`` what that does. It takes
  /// the whole group or fails: with a division by zero where a stream is not at its version, with a unique key where
  /// one is there already. Nothing is stored then, and ``AppendStatement`` finds out which append is to blame.
  ///
  /// Streams that are there are locked first, then new ones, each in the order of their names, and the counter last.
  struct DirectAppendStatement {
    /// For a group in which every lane has one event, as most have: the events' own columns tell the streams too.
    private let single: Statement
    /// For one event and no other.
    private let alone: SingleAppendStatement
    /// For lanes of any number of events.
    private let several: Statement
    let shard: Int

    init(_ names: SchemaNames, shard: Int) {
      self.shard = shard
      alone = SingleAppendStatement(names, shard: shard)
      single = Statement(
        name: "append_directly",
        sql: Self.sql(
          names,
          lanes: """
            select e.stream, e.version - 1 as before, e.version
            from (select unnest($8::text[]) as stream, unnest($9::bigint[]) as version) e
            """,
          count: "cardinality($8::text[])", before: "excluded.version - 1"))
      several = Statement(
        name: "append_several_directly",
        sql: Self.sql(
          names,
          lanes: """
            select unnest($10::text[]) as stream, unnest($11::bigint[]) as before, unnest($12::bigint[]) as version
            """,
          count: "cardinality($10::text[])",
          before: "($11::bigint[])[array_position($10::text[], excluded.stream)]"))
    }

    /// Arrays are unnested in the select list: rows then come one by one, without a table of each array in between.
    ///
    /// - Parameters:
    ///   - names: The tables.
    ///   - lanes: What gives each stream with its version before and after.
    ///   - count: The number of streams.
    ///   - before: The version before, of the row that is in the way.
    private static func sql(_ names: SchemaNames, lanes: String, count: String, before: String) -> String {
      """
      with lanes as materialized (
        \(lanes)
      ), advanced as (
        insert into \(names.streams) as head (shard, stream, version)
        select $1::integer, l.stream, l.version from lanes l
        where l.before > 0
          and (select s.version = l.before from \(names.streams) s where s.shard = $1::integer and s.stream = l.stream)
        order by l.stream collate "C"
        on conflict (shard, stream) do update set version = excluded.version where head.version = \(before)
        returning 1
      ), created as (
        insert into \(names.streams) (shard, stream, version)
        select $1::integer, l.stream, l.version from lanes l where l.before = 0 order by l.stream collate "C"
        returning 1
      ), counted as (
        update \(names.counters)
        set position = position + cardinality($8::text[])
          / ((select count(*) from advanced) + (select count(*) from created) = \(count))::integer
        where shard = $1::integer
        returning position - cardinality($8::text[]) as base
      ), stored as (
        insert into \(names.events)
          (shard, position, stream, version, id, type, schema_version, occurred_at, metadata, payload)
        select $1::integer, c.base + e.place, e.stream, e.version, e.id, e.type, e.schema_version, e.occurred_at,
          e.metadata, e.payload
        from counted c cross join (
          select unnest($2::uuid[]) as id, unnest($3::text[]) as type, unnest($4::bigint[]) as schema_version,
            unnest($5::timestamptz[]) as occurred_at, unnest($6::bytea[]) as metadata, unnest($7::bytea[]) as payload,
            unnest($8::text[]) as stream, unnest($9::bigint[]) as version,
            generate_series(1, cardinality($8::text[])) as place
        ) e
      )
      select base from counted
      """
    }

    /// Whether a group of such lanes can be appended by this statement.
    static func accepts(_ lanes: [AppendStatement.Lane]) -> Bool { lanes.allSatisfy { version(of: $0) != nil } }

    /// Whether a failure says that an append of the group does not fit.
    private static func isRefusal(_ failure: PostgreSQLFailure) -> Bool {
      guard case .statement(let state, _) = failure else { return false }
      return state == "22012" || state == "23505"
    }

    /// The version that a lane expects; nil where it leaves that open.
    static func version(of lane: AppendStatement.Lane) -> Int? {
      switch lane.expected {
      case .noStream: 0
      case .exact(let version): version
      case .any, .streamExists: nil
      }
    }

    /// Appends a whole group.
    ///
    /// - Parameters:
    ///   - lanes: What to append, each to another stream, each with events and the version expected.
    ///   - connection: The connection.
    ///   - meanwhile: What is done while the server works.
    /// - Returns: The position before the first event; nil where an append does not fit and nothing was stored.
    /// - Throws: ``PostgreSQLFailure``; nothing is stored then, unless the connection broke.
    func run(
      _ lanes: [AppendStatement.Lane], on connection: PostgreSQLConnection, meanwhile: () -> Void
    ) throws -> UInt64? {
      do {
        if lanes.count == 1, let event = lanes[0].events.first, lanes[0].events.count == 1 {
          let before = Self.version(of: lanes[0]) ?? 0
          return try alone.run(event, to: lanes[0].name, after: before, on: connection, meanwhile: meanwhile)
        }
        return try runTogether(lanes, on: connection, meanwhile: meanwhile)
      } catch let failure as PostgreSQLFailure where Self.isRefusal(failure) {
        return nil
      }
    }

    private func runTogether(
      _ lanes: [AppendStatement.Lane], on connection: PostgreSQLConnection, meanwhile: () -> Void
    ) throws -> UInt64 {
      let count = lanes.reduce(0) { $0 + $1.events.count }
      let isSingle = count == lanes.count
      let size = lanes.reduce(0) { size, lane in
        lane.events.reduce(size + lane.name.utf8.count * (lane.events.count + (isSingle ? 0 : 1))) {
          $0 + $1.payload.count + $1.metadata.count
        }
      }
      var parameters = BinaryParameters(capacity: 256 + lanes.count * (isSingle ? 0 : 32) + count * 96 + size)
      parameters.add(Int32(clamping: shard))
      parameters.addEvents(lanes.count == 1 ? lanes[0].events : lanes.flatMap(\.events))
      if isSingle {
        parameters.addTexts(lanes.lazy.map(\.name))
        parameters.addNumbers(lanes.lazy.map { Int64(Self.version(of: $0) ?? 0) + 1 })
      } else {
        var names: [String] = []
        var versions: [Int64] = []
        names.reserveCapacity(count)
        versions.reserveCapacity(count)
        for lane in lanes {
          let before = Self.version(of: lane) ?? 0
          for step in lane.events.indices {
            names.append(lane.name)
            versions.append(Int64(before + step + 1))
          }
        }
        parameters.addTexts(names)
        parameters.addNumbers(versions)
        parameters.addTexts(lanes.lazy.map(\.name))
        parameters.addNumbers(lanes.lazy.map { Int64(Self.version(of: $0) ?? 0) })
        parameters.addNumbers(lanes.lazy.map { Int64((Self.version(of: $0) ?? 0) + $0.events.count) })
      }
      let result = try connection.execute(isSingle ? single : several, parameters, meanwhile: meanwhile)
      guard result.count == 1 else { throw PostgreSQLFailure.unexpected("no position was given") }
      return UInt64(clamping: try result.number(0, 0))
    }
  }

  extension BinaryParameters {
    /// Adds events as arrays of their ids, types, schema versions, times, metadata and payloads.
    mutating func addEvents(_ events: [EncodedEvent]) {
      addIdentities(events.lazy.map(\.id))
      addTexts(events.lazy.map { StoredName.write($0.type) })
      addNumbers(events.lazy.map { Int64($0.schemaVersion) })
      addTimes(events.lazy.map(\.occurredAt))
      addBytes(events.lazy.map(\.metadata))
      addBytes(events.lazy.map(\.payload))
    }
  }
#endif
