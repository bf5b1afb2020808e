/// A store that can hand out a stream's events as the values that they are, without envelopes.
///
/// ``Repository`` replays through this where the store has it.
public protocol TypedEventStore: EventStore {
  /// The events of a stream as values of one type.
  ///
  /// - Parameters:
  ///   - stream: The stream.
  ///   - type: The type of its events.
  ///   - version: The first version to read.
  /// - Returns: The events; nil where the store does not hold all of them as values of the type.
  func typedEvents<Event: DomainMessage>(of stream: StreamName, as type: Event.Type, from version: Int)
    -> TypedEvents<Event>?
}

/// Events of one stream as values, in contiguous chunks.
public struct TypedEvents<Event: DomainMessage>: Sendable {
  /// The events in order, chunk by chunk.
  public let chunks: [ArraySlice<Event>]
  /// The version of the stream: that of the last event, or of the last one before those asked for.
  public let version: Int

  /// Makes a series of events; for event stores.
  ///
  /// - Parameters:
  ///   - chunks: The events in order.
  ///   - version: The version of the stream.
  public init(chunks: [ArraySlice<Event>], version: Int) {
    self.chunks = chunks
    self.version = version
  }
}
