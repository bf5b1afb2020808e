#if SQLite
  internal import EventSourcing
  internal import GRDB

  /// Opens the file of a store.
  enum SQLiteFile {
    /// How many pages the log takes before they are copied into the file: 16 MB.
    private static let checkpointPages = 4000

    /// The connections to a file.
    struct Opened: Sendable {
      var reader: any DatabaseReader
      var writer: DatabasePool?
      /// Whether the file holds texts as UTF-8: a file that something else made may hold them as UTF-16.
      var isUTF8: Bool
    }

    /// Opens a file and brings its tables up to date.
    ///
    /// - Throws: ``EventStoreError``.
    static func open(_ configuration: SQLiteConfiguration, _ tables: SQLiteTables) async throws -> Opened {
      guard !configuration.path.isEmpty else {
        throw EventStoreError(.invalidArgument, "the store could not be opened: the file has no name")
      }
      // Opening blocks: it has a thread of its own.
      return try await withCheckedThrowingContinuation { continuation in
        startThread {
          continuation.resume(
            with: Result { try openNow(configuration, tables) }.mapError {
              SQLiteFailure.error(
                $0, doing: "the store could not be opened", path: configuration.path,
                isReadOnly: configuration.isReadOnly)
            })
        }
      }
    }

    private static func openNow(_ configuration: SQLiteConfiguration, _ tables: SQLiteTables) throws -> Opened {
      var options = Configuration()
      options.busyMode = .timeout(configuration.busyTimeout.inSeconds)
      options.maximumReaderCount = max(1, configuration.readers)
      options.readonly = configuration.isReadOnly
      options.label = "event store"
      let migrations = SQLiteMigrations(tables: tables, path: configuration.path)
      if configuration.isReadOnly {
        let reader = try openForReading(SQLitePath(path: configuration.path), options)
        try reader.read { try migrations.run(on: $0, isReadOnly: true) }
        return Opened(reader: reader, writer: nil, isUTF8: try isUTF8(reader))
      }
      let synchronization = configuration.synchronization
      let pool = try repeating(for: configuration.busyTimeout.inSeconds) {
        try DatabasePool(path: configuration.path, configuration: options)
      }
      try repeating(for: configuration.busyTimeout.inSeconds) {
        try pool.writeWithoutTransaction { database in
          // GRDB sets NORMAL for a WAL database.
          try database.execute(
            sql: synchronization == .full ? "pragma synchronous = full" : "pragma synchronous = normal")
          // Twice the disk is synchronised for each checkpoint, and pages written again and again are copied once.
          try database.execute(sql: "pragma wal_autocheckpoint = \(checkpointPages)")
          try migrations.run(on: database, isReadOnly: false)
        }
      }
      return Opened(reader: pool, writer: pool, isUTF8: try isUTF8(pool))
    }

    /// Opens a file whose folder may be one in which nothing can be written.
    ///
    /// - Throws: What SQLite says, or ``EventStoreError`` where reading takes a right that is missing.
    static func openForReading(_ file: SQLitePath, _ options: Configuration) throws -> any DatabaseReader {
      do {
        let pool = try DatabasePool(path: file.path, configuration: options)
        _ = try pool.read { try Int.fetchOne($0, sql: "select count(*) from sqlite_master") }
        return pool
      } catch let error as DatabaseError
        where [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM].contains(error.resultCode)
        && file.obstacle(isReadOnly: true) == nil
      {
        // Even a reader makes files beside one with a log, unless it is told that nobody writes.
        guard file.isWholeByItself else {
          throw EventStoreError(
            .forbidden,
            "the store could not be opened: '\(file.path)' has events in its log '\(file.path)-wal', and reading them takes "
              + "the right to write to '\(file.folder)'; have somebody who may write open and close the store, or copy the "
              + "file together with its log to a folder of yours")
        }
        let queue = try DatabaseQueue(path: file.unchanging, configuration: options)
        _ = try queue.read { try Int.fetchOne($0, sql: "select count(*) from sqlite_master") }
        return queue
      }
    }

    private static func isUTF8(_ pool: any DatabaseReader) throws -> Bool {
      try pool.read { try String.fetchOne($0, sql: "pragma encoding") == "UTF-8" }
    }

    /// Tries again while another process that opens the file at the same time holds a lock SQLite does not wait for.
    private static func repeating<Value>(for seconds: Double, _ body: () throws -> Value) throws -> Value {
      let deadline = monotonicSeconds() + seconds
      while true {
        do {
          return try body()
        } catch let error as DatabaseError
          where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) && monotonicSeconds() < deadline
        {
          blockThread(seconds: 0.02)
        }
      }
    }
  }
#endif
