#if SQLite
  internal import EventSourcing

  /// Makes envelopes of rows.
  enum SQLiteRows {
    /// The columns, in the order in which they are read.
    static let columns = "position, stream, version, id, type, schema_version, occurred_at, metadata, payload"

    /// Reads all rows of a statement with the columns ``columns``.
    ///
    /// - Parameters:
    ///   - statement: The statement, bound.
    ///   - capacity: How many rows may come.
    ///   - isUTF8: Whether the file holds texts as UTF-8. They are then read as the bytes that they are: to read a text,
    ///     SQLite would copy it to put a zero behind it.
    static func envelopes(
      _ statement: PreparedStatement, capacity: Int, isUTF8: Bool
    ) throws -> [EventEnvelope] {
      func text(_ column: Int32) -> UnsafeRawBufferPointer {
        isUTF8 ? statement.blob(column) : statement.text(column)
      }
      var envelopes: [EventEnvelope] = []
      envelopes.reserveCapacity(min(capacity, 1024))
      var names = RepeatedText()
      var types = RepeatedText()
      while try statement.step() {
        let position = statement.number(0)
        guard let metadata = MetadataText.read(text(7)) else {
          statement.reset()
          throw EventStoreError(.corrupt, "the metadata of the event at position \(position) is no JSON object")
        }
        let event = NewEvent(
          id: try identity(statement, 3), type: types.text(of: text(4)), schemaVersion: statement.integer(5),
          occurredAt: StoredTime.date(microseconds: statement.number(6)), metadata: metadata,
          payload: .json(Array(text(8))))
        envelopes.append(
          EventEnvelope(
            event, stream: StreamName(names.text(of: text(1))), version: statement.integer(2),
            position: Checkpoint(UInt64(clamping: position))))
      }
      return envelopes
    }

    /// Reads the row that a statement stands on.
    static func copy(_ statement: PreparedStatement) throws -> StoredCopy {
      StoredCopy(
        storedName: statement.string(1), version: statement.integer(2), position: UInt64(clamping: statement.number(0)),
        event: EncodedEvent(
          id: try identity(statement, 3), type: StoredName.read(statement.string(4)),
          schemaVersion: statement.integer(5),
          occurredAt: statement.number(6), metadata: Array(statement.text(7)), payload: Array(statement.text(8))))
    }

    private static func identity(_ statement: PreparedStatement, _ column: Int32) throws -> UUID {
      let bytes = statement.blob(column)
      guard bytes.count == 16 else {
        throw EventStoreError(.corrupt, "the event at position \(statement.number(0)) has no UUID as its id")
      }
      return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }
  }
#endif
