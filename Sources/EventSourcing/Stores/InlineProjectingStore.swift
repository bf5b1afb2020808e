/// A store that can write views' rows in the transaction that appends events.
///
/// Its ``EventStore/capabilities`` contain ``EventStoreCapabilities/inlineProjections``. ``ProjectingEventStore`` is what
/// uses it.
public protocol InlineProjectingStore: EventStore, ViewStore {
  /// What is done beside an append, in its transaction.
  ///
  /// It gets the events as the store will hand them out, the position of the last event before them, and the views' rows.
  typealias InlineWork =
    @Sendable (_ events: [EventEnvelope], _ previous: Checkpoint, _ transaction: any ViewTransaction) throws -> Void

  /// Appends events to a stream and runs work in the same transaction: both take place, or neither.
  ///
  /// The work is synchronous and must not call the store. It may run again where the store has to repeat the
  /// transaction, and it does not run where there is nothing to store: without events, and for an append that was made
  /// before.
  ///
  /// - Parameters:
  ///   - stream: The stream.
  ///   - events: The events, in order.
  ///   - expected: What the stream must look like.
  ///   - work: What is done beside.
  /// - Returns: Where the stream and the store stand afterwards.
  /// - Throws: As ``EventStore/append(to:events:expected:)``, and what the work throws; nothing is stored then.
  func append(
    to stream: StreamName, events: [NewEvent], expected: ExpectedVersion, inTransaction work: @escaping InlineWork
  ) async throws -> AppendResult
}
