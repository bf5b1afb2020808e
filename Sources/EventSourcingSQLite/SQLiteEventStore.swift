#if SQLite
  public import EventSourcing
  internal import GRDB

  /// An event store in an SQLite file, for the processes of one machine.
  ///
  /// ```swift
  /// let store = try await SQLiteEventStore("shop.sqlite")
  /// let orders = Repository<Order>(store: store, snapshots: store)
  /// ```
  ///
  /// The file is in WAL mode and every commit is on the disk before it is acknowledged. Appends of concurrent callers
  /// share a transaction, and several processes may use the file at the same time. No call blocks a thread of the
  /// concurrency pool.
  public final class SQLiteEventStore: EventStore, ClosableEventStore {
    /// Where the store is and how it is used.
    public let configuration: SQLiteConfiguration

    let pool: any DatabaseReader
    let writer: DatabasePool?
    let tables: SQLiteTables
    private let isUTF8: Bool
    private let committer: GroupCommitter?
    let waiting = WakeUp()
    private let readForwards: String
    private let readBackwards: String
    private let readEvents: String
    private let readVersion: String
    private let readStreams: String

    /// Opens a store, making the file and its tables where they are not there.
    ///
    /// - Parameter configuration: Where the store is.
    /// - Throws: ``EventStoreError``: `forbidden` where the file may not be opened or written, `unsupportedSchema` where a
    ///   newer release made it, `corrupt` where it is no database or holds other tables, `unavailable` where another
    ///   process holds its lock too long.
    public init(_ configuration: SQLiteConfiguration) async throws {
      self.configuration = configuration
      let tables = SQLiteTables(prefix: configuration.prefix)
      self.tables = tables
      let opened = try await SQLiteFile.open(configuration, tables)
      pool = opened.reader
      writer = opened.writer
      isUTF8 = opened.isUTF8
      if let writer = opened.writer {
        let appender = SQLiteAppender(writer, tables: tables, path: configuration.path)
        committer = GroupCommitter(limits: .init(appends: 256, repeatsStreams: true)) {
          // Nobody else works on a commit: those who have their answers prepare the next group meanwhile.
          { group, meanwhile in
            meanwhile()
            return appender.commit(group)
          }
        }
      } else {
        committer = nil
      }
      let select = "select \(SQLiteRows.columns) from \(tables.events)"
      readForwards = select + " where stream = ? and version >= ? order by version limit ?"
      readBackwards = select + " where stream = ? and version <= ? order by version desc limit ?"
      readEvents = select + " where position > ? order by position limit ?"
      readVersion = "select version from \(tables.streams) where stream = ?"
      readStreams = "select stream, version from \(tables.streams) where stream > ? and stream >= ? order by stream"
    }

    /// Opens a store by its file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - prefix: What the names of the tables begin with.
    /// - Throws: What ``init(_:)`` throws.
    public convenience init(_ path: String, prefix: String = "") async throws {
      try await self.init(SQLiteConfiguration(path, prefix: prefix))
    }

    deinit { close() }

    /// Ends the store's thread once what was asked for is done; later appends fail.
    ///
    /// The file is closed with the last reference to the store.
    public func close() {
      committer?.shutDown()
      waiting.close()
    }

    /// Closes the file now; the last one who does takes what is in the log over into the file and removes the log.
    package func closeAtOnce() {
      close()
      try? pool.close()
      // The pool closes its readers last, and only a connection that may write can remove the log.
      guard writer != nil, SQLitePath(path: configuration.path).obstacle(isReadOnly: true) == nil,
        let last = try? DatabaseQueue(path: configuration.path)
      else { return }
      try? last.writeWithoutTransaction { _ = try $0.checkpoint(.passive) }
      try? last.close()
    }

    /// One order of all events, positions without gaps, rows in the appending transaction, repeated appends known by
    /// their ids.
    public var capabilities: EventStoreCapabilities {
      [.totalOrder, .densePositions, .inlineProjections, .strongIdempotency]
    }

    /// Appends events to a stream, all or none, together with whoever else appends at the time.
    public func append(
      to stream: StreamName, events: [NewEvent], expected: ExpectedVersion
    ) async throws -> AppendResult {
      let append = try PendingAppend(stream: stream, events: events, expected: expected, nameLimit: 65536)
      guard let committer else {
        guard events.isEmpty else {
          throw EventStoreError(
            .forbidden,
            "events for stream '\(stream)' were not stored: '\(configuration.path)' is open for reading only")
        }
        let version = try await version(of: stream)
        guard expected.accepts(version) else {
          throw EventStoreError.conflict(on: stream, expected: expected, actual: version)
        }
        return AppendResult(version: version, position: .start)
      }
      let result = try await committer.append(append)
      if !result.wasAlreadyAppended { waiting.wakeAll() }
      return result
    }

    /// Reads events of one stream.
    public func readStream(
      _ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection
    ) async throws -> [EventEnvelope] {
      try checkLimit(limit)
      let sql = direction == .forwards ? readForwards : readBackwards
      return try await read("stream '\(stream)' could not be read") { [isUTF8] database in
        let statement = try PreparedStatement(sql, on: database)
        statement.bind(1, StoredName.write(stream.text))
        statement.bind(2, version)
        statement.bind(3, limit)
        return try SQLiteRows.envelopes(statement, capacity: limit, isUTF8: isUTF8)
      }
    }

    /// Reads events of all streams in the order of their commits.
    public func readAll(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
      try checkLimit(limit)
      return try await read("events behind position \(checkpoint) could not be read") { [readEvents, isUTF8] database in
        let statement = try PreparedStatement(readEvents, on: database)
        statement.bind(1, Int64(clamping: checkpoint.number))
        statement.bind(2, limit)
        return try SQLiteRows.envelopes(statement, capacity: limit, isUTF8: isUTF8)
      }
    }

    /// The version of a stream: the number of its events, 0 where there is none.
    public func version(of stream: StreamName) async throws -> Int {
      try await read("the version of stream '\(stream)' could not be read") { [readVersion] database in
        let statement = try PreparedStatement(readVersion, on: database)
        statement.bind(1, StoredName.write(stream.text))
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : 0
      }
    }

    /// Lists streams in the order of their names' UTF-8 bytes.
    public func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) async throws -> [StreamSummary]
    {
      try checkLimit(limit)
      let prefix = StoredName.write(prefix)
      return try await read("the streams could not be listed") { [readStreams] database in
        let statement = try PreparedStatement(readStreams, on: database)
        statement.bind(1, name.map { StoredName.write($0.text) } ?? "")
        statement.bind(2, prefix)
        defer { statement.reset() }
        var summaries: [StreamSummary] = []
        // Names with a prefix stand together, from the prefix itself on.
        while summaries.count < limit, try statement.step() {
          let bytes = statement.text(0)
          guard bytes.starts(with: prefix.utf8) else { break }
          let name = StoredName.read(String(decoding: bytes, as: UTF8.self))
          summaries.append(StreamSummary(stream: StreamName(name), version: statement.integer(1)))
        }
        return summaries
      }
    }

    /// Waits for an append of this process, for news of another one, or the poll interval.
    public func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws {
      await waiting.wait(atMost: min(timeout, configuration.pollInterval))
      try Task.checkCancellation()
    }

    // MARK: For the other protocols

    /// Reads on a thread that may block.
    func read<Value: Sendable>(
      _ action: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
      do {
        return try await pool.read(body)
      } catch {
        throw SQLiteFailure.error(error, doing: action, path: configuration.path)
      }
    }

    /// Writes in a transaction, on a thread that may block.
    func write<Value: Sendable>(
      _ action: String, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
      guard let writer else {
        throw EventStoreError(.forbidden, "\(action): '\(configuration.path)' is open for reading only")
      }
      do {
        return try await writer.writeWithoutTransaction { database in
          var value: Value?
          try database.inTransaction(.immediate) {
            value = try body(database)
            return .commit
          }
          guard let value else { throw EventStoreError(.unavailable, action) }
          return value
        }
      } catch {
        throw SQLiteFailure.error(error, doing: action, path: configuration.path)
      }
    }

    private func checkLimit(_ limit: Int) throws {
      guard limit >= 0 else {
        throw EventStoreError(.invalidArgument, "a limit must not be negative, it is \(limit)")
      }
    }
  }
#endif
