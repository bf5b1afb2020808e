/// The events of an aggregate as a store holds them and back, with what older releases stored brought up to date.
public struct EventCodec<A: Aggregate>: Sendable {
  private let messages = MessageCodec<A.Event>()
  private let types: EventTypes

  /// Makes a codec; what it needs to know of the aggregate is found out once and shared.
  public init() { types = EventTypes.of(A.self) }

  /// An event on its way into a store, with the value itself as its payload.
  ///
  /// - Parameters:
  ///   - event: The event.
  ///   - id: The event's own id.
  ///   - occurredAt: When it happened.
  ///   - metadata: What travels with it.
  /// - Returns: The event under its stored type name and schema version.
  /// - Throws: ``CodecError`` where the event's case is none of the schema's.
  public func newEvent(_ event: A.Event, id: UUID, occurredAt: Date, metadata: Metadata) throws -> NewEvent {
    let index = messages.caseIndex(of: event)
    guard types.current.indices.contains(index) else {
      throw CodecError(.notEncodable, type: "\(A.Event.self)", "the event's case is none that the schema has")
    }
    return NewEvent(
      id: id, type: types.current[index].name, schemaVersion: types.current[index].version, occurredAt: occurredAt,
      metadata: metadata, payload: .value(event))
  }

  /// The events that a stored one stands for today: one, several where an upcaster splits it, none where one drops it or
  /// the aggregate passes over unknown types.
  ///
  /// - Parameter envelope: The stored event.
  /// - Returns: The events, in order.
  /// - Throws: ``CodecError``: `unknownEventType` with type, stream and position, `newerSchemaVersion`, `invalidJSON`,
  ///   `invalidPayload`, `upcastingFailed`.
  public func decode(_ envelope: EventEnvelope) throws -> [A.Event] {
    do {
      switch envelope.payload {
      case .value(let value):
        if let event = value as? A.Event { return [event] }
        throw unknown(envelope.type)
      case .json(let bytes):
        return try decode(type: envelope.type, schemaVersion: envelope.schemaVersion, json: bytes)
      }
    } catch {
      let error = CodecError.wrapping(error, .invalidPayload, type: envelope.type)
      if error.code == .unknownEventType, A.unknownEvents == .skip { return [] }
      throw error.at(envelope)
    }
  }

  /// The payload of an event as JSON in UTF-8.
  ///
  /// - Parameter payload: The payload of one of the aggregate's events.
  /// - Returns: The JSON: an object of the event's fields.
  /// - Throws: ``CodecError`` with code `notEncodable`.
  public func json(_ payload: EventPayload) throws -> [UInt8] {
    switch payload {
    case .json(let bytes): return bytes
    case .value(let value):
      guard let event = value as? A.Event else {
        throw CodecError(
          .notEncodable, type: typeName(Swift.type(of: value)),
          "a value of \(typeName(Swift.type(of: value))) is no event of \(A.name)")
      }
      return JSONWriter.write(try messages.encode(event))
    }
  }

  // MARK: Upcasting

  private func decode(type: String, schemaVersion: Int, json: [UInt8]) throws -> [A.Event] {
    if types.upcasters.isEmpty {
      // The type is looked up first: an unknown one is skipped whatever its payload holds.
      let index = try caseIndex(type: type, schemaVersion: schemaVersion)
      return [try event(index, type, JSONText.read(json))]
    }
    let stored = StoredEvent(type: type, schemaVersion: schemaVersion, payload: try JSONText.read(json))
    var events: [A.Event] = []
    try upcast(stored, steps: 0, into: &events)
    return events
  }

  private func upcast(_ stored: StoredEvent, steps: Int, into events: inout [A.Event]) throws {
    guard let upcaster = types.upcasters[EventTypes.Form(type: stored.type, schemaVersion: stored.schemaVersion)] else {
      let index = try caseIndex(type: stored.type, schemaVersion: stored.schemaVersion)
      events.append(try event(index, stored.type, stored.payload))
      return
    }
    // A chain without a loop uses no upcaster twice.
    guard steps < types.upcasters.count else {
      throw CodecError(
        .upcastingFailed, type: stored.type,
        "the upcasters of \(A.name) lead from '\(stored.type)' version \(stored.schemaVersion) back to itself")
    }
    let results: [StoredEvent]
    do {
      results = try upcaster.upcast(stored)
    } catch {
      throw CodecError(
        .upcastingFailed, type: stored.type,
        "the upcaster of '\(stored.type)' version \(stored.schemaVersion) failed: \(error)")
    }
    for result in results {
      do {
        try upcast(result, steps: steps + 1, into: &events)
      } catch let error as CodecError where error.code == .unknownEventType && A.unknownEvents == .skip {
        continue
      }
    }
  }

  private func caseIndex(type: String, schemaVersion: Int) throws -> Int {
    guard let index = types.indices[type] else { throw unknown(type) }
    guard schemaVersion <= types.current[index].version else {
      throw CodecError(
        .newerSchemaVersion, type: type,
        "'\(type)' is stored in schema version \(schemaVersion), this program knows version \(types.current[index].version)"
      )
    }
    return index
  }

  private func event(_ index: Int, _ type: String, _ payload: DynamicValue) throws -> A.Event {
    guard case .record(let record) = payload else {
      throw CodecError(.invalidPayload, type: type, "the payload of '\(type)' is \(payload.kindPhrase), not a record")
    }
    return try messages.decode(caseIndex: index, record)
  }

  private func unknown(_ type: String) -> CodecError {
    CodecError(.unknownEventType, type: type, "unknown event type '\(type)': no event of \(A.name) is stored so")
  }
}

/// The stored forms of an aggregate's events, found out once an aggregate.
final class EventTypes: Sendable {
  struct Form: Hashable, Sendable {
    let type: String
    let schemaVersion: Int
  }

  let current: [(name: String, version: Int)]
  let indices: [String: Int]
  let upcasters: [Form: Upcaster]

  private static let table = TypeTable<EventTypes>()

  static func of<A: Aggregate>(_ type: A.Type) -> EventTypes { table.entry(for: type) { EventTypes(type) } }

  private init<A: Aggregate>(_ type: A.Type) {
    let cases = A.Event.schema.cases
    current = cases.map { ($0.storedName, $0.schemaVersion) }
    var indices: [String: Int] = [:]
    // A name in use today wins over a former one.
    for (index, described) in cases.enumerated() {
      for name in described.formerStoredNames { indices[name] = index }
    }
    for (index, described) in cases.enumerated() { indices[described.storedName] = index }
    self.indices = indices
    upcasters = Dictionary(
      A.upcasters.map { (Form(type: $0.type, schemaVersion: $0.schemaVersion), $0) },
      uniquingKeysWith: { first, _ in first })
  }
}
