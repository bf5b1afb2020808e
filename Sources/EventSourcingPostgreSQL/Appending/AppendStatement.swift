#if PostgreSQL
  internal import EventSourcing

  /// The one statement that appends a group: version check, stream heads, counter and events.
  ///
  /// The heads are locked in the order of their names and before the counter, so that two groups never wait for each
  /// other; the counter's row stays locked until the commit, so that the order of positions is the order of commits.
  struct AppendStatement {
    /// What a stream is appended to, once for each stream.
    struct Lane {
      var name: String
      var expected: ExpectedVersion
      var events: [EncodedEvent]
    }

    /// Where a lane's events went.
    struct Accepted {
      var lane: Int
      var versionBefore: Int
    }

    let statement: Statement
    let shard: Int

    init(_ names: SchemaNames, shard: Int) {
      self.shard = shard
      statement = Statement(
        name: "append",
        sql: """
          with appends as materialized (
            select a.stream collate "C" as stream, a.expected, a.added, a.number
            from unnest($2::text[], $3::bigint[], $4::bigint[]) with ordinality as a(stream, expected, added, number)
          ), heads as (
            insert into \(names.streams) as head (shard, stream, version)
            select $1::integer, a.stream, a.added from appends a
            where case
              when a.expected in (-1, 0) then true
              when a.expected = -2 then
                (select true from \(names.streams) s where s.shard = $1::integer and s.stream = a.stream)
              else
                (select s.version = a.expected from \(names.streams) s where s.shard = $1::integer and s.stream = a.stream)
              end
            order by a.stream
            on conflict (shard, stream) do update set version = head.version + excluded.version
              where (select e.expected < 0 or e.expected = head.version
                from (select ($3::bigint[])[array_position($2::text[], excluded.stream)] as expected) e)
            returning head.stream, head.version
          ), accepted as materialized (
            select a.number, h.version - a.added as base from appends a join heads h on h.stream = a.stream
          ), incoming as materialized (
            select e.*, a.base, row_number() over (order by e.place) as offset_in_group
            from unnest($5::bigint[], $6::bigint[], $7::uuid[], $8::text[], $9::bigint[], $10::timestamptz[], $11::bytea[],
              $12::bytea[]) with ordinality
              as e(number, step, id, type, schema_version, occurred_at, metadata, payload, place)
            join accepted a on a.number = e.number
          ), counted as (
            update \(names.counters) c set position = c.position + t.added
            from (select count(*) as added from incoming) t
            where c.shard = $1::integer and t.added > 0
            returning c.position - t.added as base
          ), stored as (
            insert into \(names.events)
              (shard, position, stream, version, id, type, schema_version, occurred_at, metadata, payload)
            select $1::integer, c.base + i.offset_in_group, ($2::text[])[i.number], i.base + i.step, i.id, i.type,
              i.schema_version, i.occurred_at, i.metadata, i.payload
            from incoming i cross join counted c order by i.offset_in_group
          )
          select a.number, a.base, c.base from accepted a cross join counted c order by a.number
          """)
    }

    /// Appends what is expected to fit.
    ///
    /// - Parameters:
    ///   - lanes: What to append, each to another stream, each with events.
    ///   - connection: The connection.
    ///   - meanwhile: What is done while the server works.
    /// - Returns: The lanes whose expectation held, in their order, and the position before their first event.
    /// - Throws: ``PostgreSQLFailure``; nothing is stored then, unless the connection broke.
    func run(
      _ lanes: [Lane], on connection: PostgreSQLConnection, meanwhile: () -> Void = {}
    ) throws -> (accepted: [Accepted], before: UInt64) {
      let count = lanes.reduce(0) { $0 + $1.events.count }
      let size = lanes.reduce(0) { $0 + $1.events.reduce(0) { $0 + $1.payload.count + $1.metadata.count } }
      var parameters = BinaryParameters(capacity: 256 + lanes.count * 80 + count * 140 + size)
      parameters.add(Int32(clamping: shard))
      parameters.addTexts(lanes.map(\.name))
      parameters.addNumbers(lanes.map { Self.code(of: $0.expected) })
      parameters.addNumbers(lanes.map { Int64($0.events.count) })
      let events = lanes.count == 1 ? lanes[0].events : lanes.flatMap(\.events)
      var numbers: [Int64] = []
      var steps: [Int64] = []
      numbers.reserveCapacity(count)
      steps.reserveCapacity(count)
      for (index, lane) in lanes.enumerated() {
        for step in lane.events.indices {
          numbers.append(Int64(index + 1))
          steps.append(Int64(step + 1))
        }
      }
      parameters.addNumbers(numbers)
      parameters.addNumbers(steps)
      parameters.addEvents(events)
      let result = try connection.execute(statement, parameters, meanwhile: meanwhile)
      var accepted: [Accepted] = []
      accepted.reserveCapacity(result.count)
      var before: UInt64 = 0
      for row in 0..<result.count {
        accepted.append(Accepted(lane: try result.integer(row, 0) - 1, versionBefore: try result.integer(row, 1)))
        before = UInt64(clamping: try result.number(row, 2))
      }
      return (accepted, before)
    }

    private static func code(of expected: ExpectedVersion) -> Int64 {
      switch expected {
      case .any: -1
      case .streamExists: -2
      case .noStream: 0
      case .exact(let version): Int64(version)
      }
    }
  }
#endif
