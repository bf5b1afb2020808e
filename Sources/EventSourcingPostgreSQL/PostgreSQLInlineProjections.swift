#if PostgreSQL
  public import EventSourcing

  extension PostgreSQLEventStore: InlineProjectingStore {
    /// Appends events to a stream and runs work on views' rows in the same serializable transaction, which nobody else
    /// shares.
    ///
    /// The transaction is repeated where another one came in its way. Where the connection broke, the events are looked for
    /// before they are stored again: whether they are there tells whether the rows are.
    public func append(
      to stream: StreamName, events: [NewEvent], expected: ExpectedVersion, inTransaction work: @escaping InlineWork
    ) async throws -> AppendResult {
      let action = "events for stream '\(stream)' were not stored"
      guard !configuration.isReadOnly else {
        throw EventStoreError(.forbidden, "\(action): the store is open for reading only")
      }
      let append = try PendingAppend(stream: stream, events: events, expected: expected, nameLimit: 65536)
      let configuration = configuration
      let result = try await inTransaction(action) { connection, transaction in
        let appender = PostgreSQLAppender(configuration) {}
        let result = try appender.append(append, on: connection)
        guard !result.wasAlreadyAppended, !append.events.isEmpty else { return result }
        let (envelopes, previous) = try append.stored(as: result)
        try work(envelopes, previous, transaction)
        return result
      }
      if !result.wasAlreadyAppended, !events.isEmpty { signals.tell() }
      return result
    }
  }
#endif
