/// An immutable event as a store holds it: the payload with all that is known about it.
///
/// An envelope refers to its contents, which the envelopes of one reading may share: copying one is cheap.
public struct EventEnvelope: Sendable {
  private let source: any EnvelopeSource
  private let index: Int

  /// Makes an envelope; for event stores.
  ///
  /// - Parameters:
  ///   - event: The event as it was appended.
  ///   - stream: The stream that holds it.
  ///   - version: Its number in the stream.
  ///   - position: Its place among all events.
  public init(_ event: NewEvent, stream: StreamName, version: Int, position: Checkpoint) {
    source = EventRecord(event, stream: stream, version: version, position: position)
    index = 0
  }

  /// Makes the envelope of one of several events.
  ///
  /// - Parameters:
  ///   - source: What holds the event.
  ///   - index: Its index there, which must be one that the source has.
  @inline(__always)
  init(_ source: any EnvelopeSource, _ index: Int) {
    self.source = source
    self.index = index
  }

  /// The event's own id, by which a repeated append is recognised.
  public var id: UUID { source.id(at: index) }
  /// The stream that holds it.
  public var stream: StreamName { source.stream }
  /// Its number in the stream: 1 for the first, without gaps.
  public var version: Int { source.firstVersion + index }
  /// Its place among all events of the store.
  public var position: Checkpoint { source.position(at: index) }
  /// The stored type name, as in `OrderItemAdded`.
  public var type: String { source.type(at: index) }
  /// The version of the payload's form.
  public var schemaVersion: Int { source.schemaVersion(at: index) }
  /// When it happened.
  public var occurredAt: Date { source.occurredAt(at: index) }
  /// What travels with it.
  public var metadata: Metadata { source.metadata(at: index) }
  /// The event itself.
  public var payload: EventPayload { source.payload(at: index) }

  /// The events at the start of a run of envelopes that lie side by side in one page, as values of a type.
  ///
  /// - Parameters:
  ///   - envelopes: Envelopes in the order of their stream.
  ///   - type: The type of the events.
  /// - Returns: The events, fewer than the envelopes where those behind lie elsewhere; none where the first does.
  /// - Complexity: O(*n*) in the events returned, which are not copied.
  static func leadingEvents<Event: DomainMessage>(of envelopes: ArraySlice<EventEnvelope>, as type: Event.Type)
    -> ArraySlice<Event>
  {
    guard let first = envelopes.first, let page = first.source as? TypedPage<Event> else { return [] }
    return page.messages[first.index..<(first.index + runLength(of: envelopes))]
  }

  /// How many envelopes, from the first on, stand side by side in one source.
  private static func runLength(of envelopes: ArraySlice<EventEnvelope>) -> Int {
    envelopes.withUnsafeBufferPointer { envelopes in
      guard let first = envelopes.first else { return 0 }
      let source = ObjectIdentifier(first.source)
      var count = 1
      while count < envelopes.count, envelopes[count].index == first.index &+ count,
        ObjectIdentifier(envelopes[count].source) == source
      {
        count &+= 1
      }
      return count
    }
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
