extension PendingAppend {
  /// The events as a reader gets them once they are stored, for work in the appending transaction.
  ///
  /// - Parameter result: What the append comes to, in a store whose positions have no gaps.
  /// - Returns: The envelopes, and the position of the last event before them.
  /// - Throws: ``EventStoreError`` with code `corrupt` where the events' metadata do not read.
  package func stored(as result: AppendResult) throws -> (envelopes: [EventEnvelope], previous: Checkpoint) {
    let previous = result.position.number - UInt64(events.count)
    let envelopes = try events.enumerated().map { offset, event in
      guard let metadata = event.metadata.withUnsafeBytes({ MetadataText.read($0) }) else {
        throw EventStoreError(.corrupt, "the metadata of event \(event.id) is no JSON object", stream: stream)
      }
      return EventEnvelope(
        NewEvent(
          id: event.id, type: event.type, schemaVersion: event.schemaVersion,
          occurredAt: StoredTime.date(microseconds: event.occurredAt), metadata: metadata,
          payload: .json(event.payload)),
        stream: stream, version: result.version - events.count + offset + 1,
        position: Checkpoint(previous + UInt64(offset + 1)))
    }
    return (envelopes, Checkpoint(previous))
  }
}
