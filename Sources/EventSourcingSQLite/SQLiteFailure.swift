#if SQLite
  internal import EventSourcing
  internal import GRDB

  /// Puts what GRDB and SQLite report into words.
  enum SQLiteFailure {
    /// The error for whoever called the store.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - action: What was not done.
    ///   - path: The file.
    ///   - isReadOnly: Whether the file is opened for reading only.
    static func error(
      _ error: any Error, doing action: String, path: String, isReadOnly: Bool = false
    ) -> any Error {
      guard let error = error as? DatabaseError else { return error }
      if [.SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR].contains(error.resultCode),
        let obstacle = SQLitePath(path: path).obstacle(isReadOnly: isReadOnly)
      {
        let isOpened = [.SQLITE_READONLY, .SQLITE_PERM].contains(error.resultCode)
        let phrase = isOpened ? "it is not allowed to write to '\(path)'" : "'\(path)' cannot be opened"
        return EventStoreError(.forbidden, "\(action): \(phrase): \(obstacle)")
      }
      let detail = error.message ?? "no reason is given"
      func make(_ code: EventStoreError.Code, _ phrase: String) -> EventStoreError {
        EventStoreError(code, "\(action): \(phrase) '\(path)': \(detail) (SQLite \(error.extendedResultCode.rawValue))")
      }
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED: return make(.unavailable, "other processes hold the lock too long of")
      case .SQLITE_FULL: return make(.unavailable, "the disk is full, or the file has reached its limit,")
      case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: return make(.forbidden, "it is not allowed to write to")
      case .SQLITE_CANTOPEN: return make(.forbidden, "the file or its folder cannot be opened:")
      case .SQLITE_CORRUPT: return make(.corrupt, "the data is damaged in")
      case .SQLITE_NOTADB: return make(.corrupt, "this is no SQLite database:")
      case .SQLITE_TOOBIG: return make(.invalidArgument, "a value is too big for")
      case .SQLITE_ERROR where error.message?.hasPrefix("no such table") == true:
        return make(.corrupt, "there are no tables of an event store in")
      default: return make(.unavailable, "SQLite failed on")
      }
    }
  }
#endif
