/// What envelopes have their contents from: one event, or several successive ones of a stream.
protocol EnvelopeSource: AnyObject, Sendable {
  var stream: StreamName { get }
  /// The version of the first event.
  var firstVersion: Int { get }
  func id(at index: Int) -> UUID
  func position(at index: Int) -> Checkpoint
  func type(at index: Int) -> String
  func schemaVersion(at index: Int) -> Int
  func occurredAt(at index: Int) -> Date
  func metadata(at index: Int) -> Metadata
  func payload(at index: Int) -> EventPayload
}

/// One event.
final class EventRecord: EnvelopeSource {
  private let event: NewEvent
  private let position: Checkpoint
  let stream: StreamName
  let firstVersion: Int

  init(_ event: NewEvent, stream: StreamName, version: Int, position: Checkpoint) {
    self.event = event
    self.position = position
    self.stream = stream
    firstVersion = version
  }

  func id(at index: Int) -> UUID { event.id }
  func position(at index: Int) -> Checkpoint { position }
  func type(at index: Int) -> String { event.type }
  func schemaVersion(at index: Int) -> Int { event.schemaVersion }
  func occurredAt(at index: Int) -> Date { event.occurredAt }
  func metadata(at index: Int) -> Metadata { event.metadata }
  func payload(at index: Int) -> EventPayload { event.payload }
}

/// All that is known of an event in memory but its payload, its stream and its version.
struct EventHeader: Sendable {
  var id: UUID
  var position: Int
  var type: String
  var schemaVersion: Int
  var occurredAt: Date
  var metadata: Metadata
}

/// Successive events of one stream in memory.
protocol EventPage: EnvelopeSource {
  var headers: [EventHeader] { get }
}

extension EventPage {
  func id(at index: Int) -> UUID { headers[index].id }
  func position(at index: Int) -> Checkpoint { Checkpoint(UInt64(headers[index].position)) }
  func type(at index: Int) -> String { headers[index].type }
  func schemaVersion(at index: Int) -> Int { headers[index].schemaVersion }
  func occurredAt(at index: Int) -> Date { headers[index].occurredAt }
  func metadata(at index: Int) -> Metadata { headers[index].metadata }
}

/// Events that are values of one type.
final class TypedPage<Message: DomainMessage>: EventPage {
  let stream: StreamName
  let firstVersion: Int
  let headers: [EventHeader]
  let messages: [Message]

  init(stream: StreamName, firstVersion: Int, headers: [EventHeader], messages: [Message]) {
    self.stream = stream
    self.firstVersion = firstVersion
    self.headers = headers
    self.messages = messages
  }

  func payload(at index: Int) -> EventPayload { .value(messages[index]) }
}

/// Events of any kind.
final class MixedPage: EventPage {
  let stream: StreamName
  let firstVersion: Int
  let headers: [EventHeader]
  private let payloads: [EventPayload]

  init(stream: StreamName, firstVersion: Int, headers: [EventHeader], payloads: [EventPayload]) {
    self.stream = stream
    self.firstVersion = firstVersion
    self.headers = headers
    self.payloads = payloads
  }

  func payload(at index: Int) -> EventPayload { payloads[index] }
}
