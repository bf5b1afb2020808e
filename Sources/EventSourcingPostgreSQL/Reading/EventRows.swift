#if PostgreSQL
  internal import EventSourcing

  /// Makes envelopes of rows.
  enum EventRows {
    /// The columns, in the order in which ``envelopes(_:)`` reads them.
    static let columns = "position, stream, version, id, type, schema_version, occurred_at, metadata, payload"

    /// Reads all rows of an answer.
    ///
    /// - Parameter result: Rows with the columns ``columns``.
    /// - Throws: ``PostgreSQLFailure``.
    static func envelopes(_ result: BinaryResult) throws -> [EventEnvelope] {
      var envelopes: [EventEnvelope] = []
      envelopes.reserveCapacity(result.count)
      var names = RepeatedText()
      var types = RepeatedText()
      for row in 0..<result.count {
        let position = try result.number(row, 0)
        guard let metadata = MetadataText.read(result.bytes(row, 7)) else {
          throw PostgreSQLFailure.store(
            EventStoreError(.corrupt, "the metadata of the event at position \(position) is no JSON object"))
        }
        let event = NewEvent(
          id: try result.identity(row, 3), type: types.text(of: result.bytes(row, 4)),
          schemaVersion: try result.integer(row, 5),
          occurredAt: StoredTime.date(microseconds: try result.time(row, 6)), metadata: metadata,
          payload: .json(Array(result.bytes(row, 8))))
        envelopes.append(
          EventEnvelope(
            event, stream: StreamName(names.text(of: result.bytes(row, 1))), version: try result.integer(row, 2),
            position: Checkpoint(UInt64(clamping: position))))
      }
      return envelopes
    }
  }
#endif
