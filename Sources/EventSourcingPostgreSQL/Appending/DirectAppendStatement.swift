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
    let statement: Statement
    let shard: Int

    init(_ names: SchemaNames, shard: Int) {
      self.shard = shard
      statement = Statement(
        name: "append_directly",
        sql: """
          with advanced as (
            insert into \(names.streams) as head (shard, stream, version)
            select $1::integer, a.stream, a.added
            from unnest($2::text[], $3::bigint[], $4::bigint[]) as a(stream, expected, added)
            where a.expected > 0
              and (select s.version = a.expected from \(names.streams) s where s.shard = $1::integer and s.stream = a.stream)
            order by a.stream collate "C"
            on conflict (shard, stream) do update set version = head.version + excluded.version
              where head.version = ($3::bigint[])[array_position($2::text[], excluded.stream)]
            returning 1
          ), created as (
            insert into \(names.streams) (shard, stream, version)
            select $1::integer, a.stream, a.added
            from unnest($2::text[], $3::bigint[], $4::bigint[]) as a(stream, expected, added)
            where a.expected = 0 order by a.stream collate "C"
            returning 1
          ), counted as (
            update \(names.counters)
            set position = position + cardinality($5::text[])
              / ((select count(*) from advanced) + (select count(*) from created) = cardinality($2::text[]))::integer
            where shard = $1::integer
            returning position - cardinality($5::text[]) as base
          ), stored as (
            insert into \(names.events)
              (shard, position, stream, version, id, type, schema_version, occurred_at, metadata, payload)
            select $1::integer, c.base + e.place, e.stream, e.version, e.id, e.type, e.schema_version, e.occurred_at,
              e.metadata, e.payload
            from counted c cross join unnest($5::text[], $6::bigint[], $7::uuid[], $8::text[], $9::bigint[],
              $10::timestamptz[], $11::bytea[], $12::bytea[]) with ordinality
              as e(stream, version, id, type, schema_version, occurred_at, metadata, payload, place)
          )
          select base from counted
          """)
    }

    /// Whether a group of such lanes can be appended by this statement.
    static func accepts(_ lanes: [AppendStatement.Lane]) -> Bool { lanes.allSatisfy { version(of: $0) != nil } }

    /// Whether a failure says that an append of the group does not fit.
    static func isRefusal(_ failure: PostgreSQLFailure) -> Bool {
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
    /// - Parameter lanes: What to append, each to another stream, each with events and the version expected.
    /// - Returns: The position before the first event.
    /// - Throws: ``PostgreSQLFailure``; nothing is stored then, unless the connection broke.
    func run(_ lanes: [AppendStatement.Lane], on connection: PostgreSQLConnection) throws -> UInt64 {
      let count = lanes.reduce(0) { $0 + $1.events.count }
      let size = lanes.reduce(0) { size, lane in
        lane.events.reduce(size + lane.name.utf8.count * (lane.events.count + 1)) {
          $0 + $1.payload.count + $1.metadata.count
        }
      }
      var parameters = BinaryParameters(capacity: 256 + lanes.count * 32 + count * 110 + size)
      parameters.add(Int32(clamping: shard))
      parameters.addTexts(lanes.lazy.map(\.name))
      parameters.addNumbers(lanes.lazy.map { Int64(Self.version(of: $0) ?? 0) })
      parameters.addNumbers(lanes.lazy.map { Int64($0.events.count) })
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
      parameters.addEvents(lanes.count == 1 ? lanes[0].events : lanes.flatMap(\.events))
      let result = try connection.execute(statement, parameters)
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
