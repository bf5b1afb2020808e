#if PostgreSQL
  public import EventSourcing

  /// An event store in a PostgreSQL database, for any number of processes.
  ///
  /// ```swift
  /// let store = try await PostgreSQLEventStore("postgres://shop@localhost/shop")
  /// let orders = Repository<Order>(store: store, snapshots: store)
  /// ```
  ///
  /// Positions are given by one row that stays locked until the commit: they are dense and in the order of commits, so
  /// that a reader who asks for what lies behind a position never misses an event. Appends of concurrent callers share a
  /// transaction. No call blocks a thread of the concurrency pool.
  public final class PostgreSQLEventStore: EventStore, ClosableEventStore {
    /// Where the store is and how it is used.
    public let configuration: PostgreSQLConfiguration

    let readers: WorkerPool<PostgreSQLLink>
    private let committer: GroupCommitter
    let signals: PostgreSQLSignals
    let statements: PostgreSQLStatements

    /// Opens a store, making its schema where it is not there.
    ///
    /// - Parameter configuration: Where the store is.
    /// - Throws: ``EventStoreError``: `forbidden` where the server or a right is refused, `unavailable` where it cannot be
    ///   reached, `unsupportedSchema` where a newer release made it, `corrupt` where the schema holds other tables.
    public convenience init(_ configuration: PostgreSQLConfiguration) async throws {
      self.init(unopened: configuration)
      try await read("the store could not be opened") { _ in }
    }

    /// Makes a store that connects when it is first used.
    init(unopened configuration: PostgreSQLConfiguration) {
      self.configuration = configuration
      readers = WorkerPool(size: configuration.readers)
      let signals = PostgreSQLSignals(configuration)
      self.signals = signals
      statements = PostgreSQLStatements(SchemaNames(configuration.schema))
      committer = GroupCommitter(limits: .init(appends: 128, repeatsStreams: false)) {
        let appender = PostgreSQLAppender(configuration) { signals.tell() }
        return { appender.commit($0, meanwhile: $1) }
      }
    }

    /// Opens a store by its address.
    ///
    /// - Parameters:
    ///   - address: A `postgres://` URL or libpq's `key=value` form; empty where the environment says it all.
    ///   - schema: The schema that holds the tables.
    /// - Throws: What ``init(_:)`` throws.
    public convenience init(_ address: String, schema: String? = nil) async throws {
      try await self.init(PostgreSQLConfiguration(address, schema: schema))
    }

    deinit { close() }

    /// Ends all connections once what was asked for is done; later calls fail.
    public func close() {
      committer.shutDown()
      readers.shutDown()
      signals.close()
    }

    package func closeAtOnce() { close() }

    /// One order of all events, positions without gaps, rows in the appending transaction, repeated appends known by
    /// their ids.
    public var capabilities: EventStoreCapabilities {
      [.totalOrder, .densePositions, .inlineProjections, .strongIdempotency]
    }

    /// Appends events to a stream, all or none, together with whoever else appends at the time.
    public func append(
      to stream: StreamName, events: [NewEvent], expected: ExpectedVersion
    ) async throws -> AppendResult {
      guard !configuration.isReadOnly || events.isEmpty else {
        throw EventStoreError(
          .forbidden, "events for stream '\(stream)' were not stored: the store is open for reading only")
      }
      return try await committer.append(
        try PendingAppend(stream: stream, events: events, expected: expected, nameLimit: 65536))
    }

    /// Reads events of one stream.
    public func readStream(
      _ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection
    ) async throws -> [EventEnvelope] {
      try checkLimit(limit)
      var parameters = shardParameter
      parameters.add(StoredName.write(stream.text))
      parameters.add(version)
      parameters.add(limit)
      let statement = direction == .forwards ? statements.readForwards : statements.readBackwards
      return try await read("stream '\(stream)' could not be read") { [parameters] connection in
        try EventRows.envelopes(try connection.execute(statement, parameters))
      }
    }

    /// Reads events of all streams in the order of their commits.
    public func readAll(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
      try checkLimit(limit)
      var parameters = shardParameter
      parameters.add(Int64(clamping: checkpoint.number))
      parameters.add(limit)
      let statement = statements.readAll
      return try await read("events behind position \(checkpoint) could not be read") { [parameters] connection in
        try EventRows.envelopes(try connection.execute(statement, parameters))
      }
    }

    /// The version of a stream: the number of its events, 0 where there is none.
    public func version(of stream: StreamName) async throws -> Int {
      var parameters = shardParameter
      parameters.add(StoredName.write(stream.text))
      let statement = statements.version
      return try await read("the version of stream '\(stream)' could not be read") { [parameters] connection in
        let result = try connection.execute(statement, parameters)
        return result.count == 0 ? 0 : try result.integer(0, 0)
      }
    }

    /// Lists streams in the order of their names' UTF-8 bytes.
    public func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) async throws -> [StreamSummary]
    {
      try checkLimit(limit)
      let prefix = StoredName.write(prefix)
      var parameters = shardParameter
      parameters.add(name.map { StoredName.write($0.text) } ?? "")
      parameters.add(prefix)
      parameters.add(limit)
      let statement = statements.streams
      return try await read("the streams could not be listed") { [parameters] connection in
        let result = try connection.execute(statement, parameters)
        return try (0..<result.count).map {
          StreamSummary(stream: StreamName(StoredName.read(result.text($0, 0))), version: try result.integer($0, 1))
        }
      }
    }

    /// Waits for an append of this process, for news of another one, or the poll interval.
    public func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws {
      await signals.wait(atMost: min(timeout, configuration.pollInterval))
      try Task.checkCancellation()
    }

    // MARK: For the other protocols

    var shardParameter: BinaryParameters {
      var parameters = BinaryParameters()
      parameters.add(Int32(clamping: configuration.shard))
      return parameters
    }

    /// Runs what only reads, or what can be repeated, on a thread that may block.
    func read<Value: Sendable>(
      _ action: String, _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
      let configuration = configuration
      return try await readers.run { link in
        let current = link ?? PostgreSQLLink(configuration)
        link = current
        return try current.reading(action, body)
      }
    }

    private func checkLimit(_ limit: Int) throws {
      guard limit >= 0 else {
        throw EventStoreError(.invalidArgument, "a limit must not be negative, it is \(limit)")
      }
    }
  }
#endif
