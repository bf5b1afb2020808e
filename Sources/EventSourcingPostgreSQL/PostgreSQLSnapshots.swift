#if PostgreSQL
  public import EventSourcing

  extension PostgreSQLEventStore: SnapshotStore {
    /// The latest snapshot of a stream; none where its check sum is not that of its content.
    public func snapshot(of stream: StreamName) async throws -> Snapshot? {
      var parameters = shardParameter
      parameters.add(StoredName.write(stream.text))
      let statement = statements.snapshot
      return try await read("the snapshot of stream '\(stream)' could not be read") { [parameters] connection in
        try Self.snapshot(of: stream, in: try connection.execute(statement, parameters))
      }
    }

    /// Keeps a snapshot in place of an older, damaged or useless one of its stream.
    public func save(_ snapshot: Snapshot) async throws {
      let name = StoredName.write(snapshot.stream.text)
      var lookup = shardParameter
      lookup.add(name)
      var parameters = lookup
      parameters.add(snapshot.version)
      parameters.add(StoredName.write(snapshot.aggregate))
      parameters.add(snapshot.stateVersion)
      parameters.add(snapshot.checksum)
      parameters.add(snapshot.state)
      let statements = statements
      try await read("the snapshot of stream '\(snapshot.stream)' was not kept") { [parameters, lookup] connection in
        guard try connection.execute(statements.saveSnapshot, parameters).changedRows == 0 else { return }
        let present = try connection.execute(statements.snapshot, lookup)
        // A damaged one must not stand in the way for ever.
        if present.count == 1, try Self.snapshot(of: snapshot.stream, in: present) == nil {
          try connection.execute(statements.replaceSnapshot, parameters)
        }
      }
    }

    /// Forgets the snapshot of a stream.
    public func removeSnapshot(of stream: StreamName) async throws {
      var parameters = shardParameter
      parameters.add(StoredName.write(stream.text))
      let statement = statements.removeSnapshot
      try await read("the snapshot of stream '\(stream)' was not removed") { [parameters] connection in
        _ = try connection.execute(statement, parameters)
      }
    }

    private static func snapshot(of stream: StreamName, in result: BinaryResult) throws -> Snapshot? {
      guard result.count == 1 else { return nil }
      let snapshot = Snapshot(
        stream: stream, version: try result.integer(0, 0), aggregate: StoredName.read(result.text(0, 1)),
        stateVersion: try result.integer(0, 2), state: Array(result.bytes(0, 4)))
      return try result.number(0, 3) == snapshot.checksum ? snapshot : nil
    }
  }
#endif
