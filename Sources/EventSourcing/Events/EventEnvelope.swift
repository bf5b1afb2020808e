/// An immutable event as a store holds it: the payload with all that is known about it.
public struct EventEnvelope: Sendable {
  /// The event's own id, by which a repeated append is recognised.
  public let id: UUID
  /// The stream that holds it.
  public let stream: StreamName
  /// Its number in the stream: 1 for the first, without gaps.
  public let version: Int
  /// Its place among all events of the store.
  public let position: Checkpoint
  /// The stored type name, as in `OrderItemAdded`.
  public let type: String
  /// The version of the payload's form.
  public let schemaVersion: Int
  /// When it happened.
  public let occurredAt: Date
  /// What travels with it.
  public let metadata: Metadata
  /// The event itself.
  public let payload: EventPayload

  /// Makes an envelope; for event stores.
  ///
  /// - Parameters:
  ///   - event: The event as it was appended.
  ///   - stream: The stream that holds it.
  ///   - version: Its number in the stream.
  ///   - position: Its place among all events.
  public init(_ event: NewEvent, stream: StreamName, version: Int, position: Checkpoint) {
    id = event.id
    self.stream = stream
    self.version = version
    self.position = position
    type = event.type
    schemaVersion = event.schemaVersion
    occurredAt = event.occurredAt
    metadata = event.metadata
    payload = event.payload
  }
}

/// An event on its way into a store.
public struct NewEvent: Sendable {
  /// The event's own id.
  public var id: UUID
  /// The stored type name.
  public var type: String
  /// The version of the payload's form.
  public var schemaVersion: Int
  /// When it happened.
  public var occurredAt: Date
  /// What travels with it.
  public var metadata: Metadata
  /// The event itself.
  public var payload: EventPayload

  /// Makes an event from its parts.
  ///
  /// - Parameters:
  ///   - id: The event's own id; appending it again is answered as before.
  ///   - type: The stored type name.
  ///   - schemaVersion: The version of the payload's form.
  ///   - occurredAt: When it happened.
  ///   - metadata: What travels with it.
  ///   - payload: The event itself.
  public init(
    id: UUID, type: String, schemaVersion: Int = 1, occurredAt: Date, metadata: Metadata = [:], payload: EventPayload
  ) {
    self.id = id
    self.type = type
    self.schemaVersion = schemaVersion
    self.occurredAt = occurredAt
    self.metadata = metadata
    self.payload = payload
  }
}

/// The payload of an event: JSON, or the event as a value of which the JSON is made when somebody asks.
public enum EventPayload: Sendable {
  /// JSON text in UTF-8, as a durable store holds it.
  case json([UInt8])
  /// The event's value, as a store within the process can hold it.
  case value(any DomainMessage)
}
