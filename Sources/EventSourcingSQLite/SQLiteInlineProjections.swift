#if SQLite
  public import EventSourcing
  internal import GRDB

  extension SQLiteEventStore: InlineProjectingStore {
    /// Appends events to a stream and runs work on views' rows in the same transaction, which nobody else shares.
    public func append(
      to stream: StreamName, events: [NewEvent], expected: ExpectedVersion, inTransaction work: @escaping InlineWork
    ) async throws -> AppendResult {
      let append = try PendingAppend(stream: stream, events: events, expected: expected, nameLimit: 65536)
      let action = "events for stream '\(stream)' were not stored"
      guard let writer else {
        throw EventStoreError(.forbidden, "\(action): '\(configuration.path)' is open for reading only")
      }
      let appender = SQLiteAppender(writer, tables: tables, path: configuration.path)
      let tables = tables
      let result = try await write(action) { database in
        let result = try appender.outcome(of: append, looksFirst: true, on: database).get()
        guard !result.wasAlreadyAppended, !append.events.isEmpty else { return result }
        let (envelopes, previous) = try append.stored(as: result)
        try work(envelopes, previous, SQLiteViewTransaction(database, tables))
        return result
      }
      if !result.wasAlreadyAppended, !events.isEmpty { waiting.wakeAll() }
      return result
    }
  }
#endif
