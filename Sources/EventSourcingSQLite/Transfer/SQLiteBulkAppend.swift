#if SQLite
  public import EventSourcing
  internal import GRDB

  extension SQLiteEventStore: BulkAppending {
    /// Appends events in their order in one transaction.
    public func appendAll(_ events: [EventEnvelope]) async throws {
      guard !events.isEmpty else { return }
      guard let writer else {
        throw EventStoreError(.forbidden, "no events were stored: '\(configuration.path)' is open for reading only")
      }
      var runs: [PendingAppend] = []
      for event in events {
        if let last = runs.last, last.stream == event.stream, case .exact(let before) = last.expected,
          before + last.events.count + 1 == event.version
        {
          runs[runs.count - 1].events.append(try EncodedEvent(NewEvent(event)))
        } else {
          runs.append(
            try PendingAppend(
              stream: event.stream, events: [NewEvent(event)], expected: .exact(event.version - 1), nameLimit: 65536))
        }
      }
      let appender = SQLiteAppender(writer, tables: tables, path: configuration.path)
      try await write("\(events.count) events were not stored") { [runs] database in
        for run in runs {
          let result = try appender.outcome(of: run, looksFirst: false, on: database).get()
          if result.wasAlreadyAppended {
            throw EventStoreError(
              .duplicateEvent, "events of stream '\(run.stream)' are stored already", stream: run.stream)
          }
        }
      }
    }
  }
#endif
