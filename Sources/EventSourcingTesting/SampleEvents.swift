internal import EventSourcing

/// The event that the checks store as a value.
enum SampleEvent: DomainMessage, Equatable {
  case sampleTaken(number: Int64, serial: UInt64, text: String, amount: Decimal, takenAt: Date?)
}

extension NewEvent {
  /// An event with a text in its payload.
  static func sample(_ text: String = "text", id: UUID = UUID(), metadata: Metadata = [:]) -> NewEvent {
    NewEvent(
      id: id, type: "SampleTaken", occurredAt: Date(timeIntervalSince1970: 1_700_000_000), metadata: metadata,
      payload: .json(JSONText.write(.record(DynamicRecord([.init("text", .string(text))])))))
  }

  static func samples(_ count: Int, _ prefix: String = "text") -> [NewEvent] {
    (0..<max(count, 0)).map { .sample("\(prefix) \($0)") }
  }
}

extension EventPayload {
  /// The `text` in the payload, whichever form it has.
  var text: String? {
    get throws {
      let content: DynamicValue =
        switch self {
        case .json(let bytes): try JSONText.read(bytes)
        case .value(let message): .record(try bareRecord(of: message))
        }
      guard case .record(let record) = content, case .string(let text) = record["text"] else { return nil }
      return text
    }
  }
}

private func bareRecord<Message: DomainMessage>(of message: Message) throws -> DynamicRecord {
  try MessageCodec<Message>().encode(message)
}

/// Whether a stored event is the one that was appended.
func requireSame(_ stored: EventEnvelope, as event: NewEvent, _ what: @autoclosure () -> String) throws {
  try requireEqual(stored.id, event.id, "\(what()): id")
  try requireEqual(stored.type, event.type, "\(what()): type")
  try requireEqual(stored.schemaVersion, event.schemaVersion, "\(what()): schema version")
  try requireEqual(stored.metadata, event.metadata, "\(what()): metadata")
  let distance = abs(stored.occurredAt.timeIntervalSince(event.occurredAt))
  try require(
    distance < 0.000_001,
    "\(what()): occurred at \(event.occurredAt.timeIntervalSince1970), comes back \(distance) seconds off")
  try require(stored.payload.hasSameContent(as: event.payload), "\(what()): the payload comes back changed")
}

/// Whether the events are exactly those appended to one stream, in order.
func requireStream(
  _ envelopes: [EventEnvelope], _ stream: StreamName, holds events: [NewEvent], from version: Int = 1,
  _ what: @autoclosure () -> String = "stream"
) throws {
  try requireEqual(envelopes.count, events.count, "\(what()): number of events")
  for (index, (envelope, event)) in zip(envelopes, events).enumerated() {
    try requireEqual(envelope.stream, stream, "\(what()): stream name of event \(index + 1)")
    try requireEqual(envelope.version, version + index, "\(what()): version of event \(index + 1)")
    try requireSame(envelope, as: event, "\(what()), event \(index + 1)")
  }
}

/// Whether something fails with an error of a store, of the code expected.
@discardableResult
func requireError(
  _ code: EventStoreError.Code, _ what: String, _ body: () async throws -> some Any
) async throws -> EventStoreError {
  do {
    _ = try await body()
  } catch let error as EventStoreError {
    try requireEqual(error.code, code, "\(what): error code")
    return error
  }
  throw ContractViolation(message: "\(what): went through instead of failing")
}

extension EventStore {
  /// All events of the store, read in batches.
  func everything(batch: Int = 500) async throws -> [EventEnvelope] {
    var events: [EventEnvelope] = []
    while true {
      let batchRead = try await readAll(after: events.last?.position ?? .start, limit: batch)
      if batchRead.isEmpty { return events }
      events += batchRead
    }
  }
}
