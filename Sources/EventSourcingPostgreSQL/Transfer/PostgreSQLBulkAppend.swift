#if PostgreSQL
  public import EventSourcing

  extension PostgreSQLEventStore: BulkAppending {
    /// Appends events in their order in one transaction, through `COPY`.
    public func appendAll(_ events: [EventEnvelope]) async throws {
      guard !events.isEmpty else { return }
      guard !configuration.isReadOnly else {
        throw EventStoreError(.forbidden, "no events were stored: the store is open for reading only")
      }
      let batch = try BulkBatch(events)
      let (names, shard) = (statements.names, Int32(clamping: configuration.shard))
      do {
        try await readers.run { [configuration] link in
          let current = link ?? PostgreSQLLink(configuration)
          link = current
          try current.withConnection { connection in
            try connection.transaction { try batch.write(to: names, shard, on: connection) }
          }
        }
      } catch let failure as PostgreSQLFailure {
        throw failure.error(doing: "\(events.count) events were not stored")
      }
    }
  }

  /// Many events of many streams, checked and encoded.
  private struct BulkBatch: Sendable {
    struct Stream {
      var name: String
      var first: Int
      var count: Int
    }

    var streams: [Stream] = []
    var events: [(name: String, version: Int, event: EncodedEvent)] = []

    init(_ envelopes: [EventEnvelope]) throws {
      var numbers: [StreamName: Int] = [:]
      for envelope in envelopes {
        let append = try PendingAppend(
          stream: envelope.stream, events: [NewEvent(envelope)], expected: .any, nameLimit: 65536)
        if let number = numbers[append.stream] {
          let next = streams[number].first + streams[number].count
          guard envelope.version == next else {
            throw EventStoreError.conflict(
              on: envelope.stream, expected: .exact(envelope.version - 1), actual: next - 1)
          }
          streams[number].count += 1
        } else {
          numbers[append.stream] = streams.count
          streams.append(Stream(name: append.storedName, first: envelope.version, count: 1))
        }
        for event in append.events { events.append((append.storedName, envelope.version, event)) }
      }
    }

    func write(to names: SchemaNames, _ shard: Int32, on connection: PostgreSQLConnection) throws {
      try lockHeads(names, shard, connection)
      var parameters = BinaryParameters()
      parameters.add(shard)
      parameters.add(events.count)
      let counted = try connection.execute(
        Statement(
          name: "count_up",
          sql: """
            update \(names.counters) set position = position + $2::bigint where shard = $1::integer
            returning position - $2::bigint
            """), parameters)
      guard counted.count == 1 else { throw PostgreSQLFailure.unexpected("there is no counter of shard \(shard)") }
      var position = try counted.number(0, 0)
      var next = 0
      try connection.copyIn(
        """
        copy \(names.events) (shard, position, stream, version, id, type, schema_version, occurred_at, metadata, payload)
        from stdin (format binary)
        """
      ) {
        guard next <= events.count else { return nil }
        var rows = BinaryRows()
        if next == 0 { rows.begin() }
        while next < events.count, rows.bytes.count < 1 << 18 {
          position += 1
          rows.add(shard, position, events[next])
          next += 1
        }
        if next == events.count {
          rows.end()
          next += 1
        }
        return rows.bytes
      }
    }

    /// Moves the streams' heads, in the order of their names as every append does, where they are where they should be.
    private func lockHeads(_ names: SchemaNames, _ shard: Int32, _ connection: PostgreSQLConnection) throws {
      let starting = streams.filter { $0.first == 1 }
      let going = streams.filter { $0.first > 1 }
      var moved: Set<StreamName> = []
      for (part, statement) in [
        (
          starting,
          """
          insert into \(names.streams) as head (shard, stream, version)
          select $1::integer, n.stream, n.added from unnest($2::text[], $3::bigint[], $4::bigint[]) as n(stream, added, first)
          order by n.stream collate "C" on conflict do nothing returning stream
          """
        ),
        (
          going,
          """
          with locked as materialized (
            select h.stream, h.version, n.added, n.first
            from unnest($2::text[], $3::bigint[], $4::bigint[]) as n(stream, added, first)
            cross join lateral (
              select s.stream, s.version from \(names.streams) s where s.shard = $1::integer and s.stream = n.stream
              for update) h
            order by n.stream collate "C"
          )
          update \(names.streams) s set version = s.version + l.added from locked l
          where s.shard = $1::integer and s.stream = l.stream and s.version = l.first - 1 returning s.stream
          """
        ),
      ] where !part.isEmpty {
        var parameters = BinaryParameters()
        parameters.add(shard)
        parameters.addTexts(part.map(\.name))
        parameters.addNumbers(part.map { Int64($0.count) })
        parameters.addNumbers(part.map { Int64($0.first) })
        let result = try connection.execute(
          Statement(name: part[0].first == 1 ? "start_heads" : "move_heads", sql: statement), parameters)
        for row in 0..<result.count { moved.insert(StreamName(result.text(row, 0))) }
      }
      guard let refused = streams.first(where: { !moved.contains(StreamName($0.name)) }) else { return }
      var parameters = BinaryParameters()
      parameters.add(shard)
      parameters.add(refused.name)
      let result = try connection.execute(
        Statement(
          name: "version", sql: "select version from \(names.streams) where shard = $1::integer and stream = $2::text"),
        parameters)
      throw PostgreSQLFailure.store(
        .conflict(
          on: StreamName(StoredName.read(refused.name)), expected: .exact(refused.first - 1),
          actual: result.count == 1 ? try result.integer(0, 0) : 0))
    }
  }

  /// Rows in the format of `copy … (format binary)`.
  ///
  /// Source: PostgreSQL documentation, "COPY", section "Binary Format".
  private struct BinaryRows {
    private(set) var bytes: [UInt8] = []

    mutating func begin() {
      bytes.append(contentsOf: "PGCOPY\n".utf8)
      bytes.append(contentsOf: [0xff, 0x0d, 0x0a, 0])
      append(Int32(0))
      append(Int32(0))
    }

    mutating func end() { append(Int16(-1)) }

    mutating func add(_ shard: Int32, _ position: Int64, _ row: (name: String, version: Int, event: EncodedEvent)) {
      append(Int16(10))
      append(Int32(4))
      append(shard)
      add(position)
      add(row.name.utf8)
      add(Int64(row.version))
      append(Int32(16))
      withUnsafeBytes(of: row.event.id.uuid) { bytes.append(contentsOf: $0) }
      add(StoredName.write(row.event.type).utf8)
      append(Int32(4))
      append(Int32(clamping: row.event.schemaVersion))
      add(row.event.occurredAt - BinaryResult.epoch)
      add(row.event.metadata)
      add(row.event.payload)
    }

    private mutating func add(_ number: Int64) {
      append(Int32(8))
      append(number)
    }

    private mutating func add(_ value: some Collection<UInt8>) {
      append(Int32(clamping: value.count))
      bytes.append(contentsOf: value)
    }

    private mutating func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
  }
#endif
