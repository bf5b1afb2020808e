import EventSourcing
import Testing

@Suite("Events in a store")
struct EventCodecTests {
  struct Lamp: Aggregate {
    enum Command: DomainMessage { case none }
    enum Event: DomainMessage, Equatable {
      case turnedOn(level: Int, by: String?)
      case turnedOff
      case dimmed(level: Int)
      static var storedNames: [String: String] { ["turnedOff": "LampTurnedOff"] }
      static var formerStoredNames: [String: [String]] { ["turnedOff": ["SwitchedOff", "Off"]] }
      static var schemaVersions: [String: Int] { ["turnedOn": 3] }
    }
    static var upcasters: [Upcaster] {
      [
        Upcaster("TurnedOn", schemaVersion: 1) { event in
          var event = event
          event.schemaVersion = 2
          if case .record(var record) = event.payload {
            record["level"] = record["brightness"]
            record["brightness"] = nil
            event.payload = .record(record)
          }
          return [event]
        },
        Upcaster("TurnedOn", schemaVersion: 2) { event in
          [
            StoredEvent(type: "TurnedOn", schemaVersion: 3, payload: event.payload),
            StoredEvent(type: "Dimmed", schemaVersion: 1, payload: event.payload),
          ]
        },
        Upcaster("Flickered", schemaVersion: 1) { _ in [] },
        Upcaster("Lit", schemaVersion: 1) { [StoredEvent(type: "TurnedOn", schemaVersion: 1, payload: $0.payload)] },
        Upcaster("Loop", schemaVersion: 1) { [StoredEvent(type: "Pool", schemaVersion: 1, payload: $0.payload)] },
        Upcaster("Pool", schemaVersion: 1) { [StoredEvent(type: "Loop", schemaVersion: 1, payload: $0.payload)] },
        Upcaster("Broken", schemaVersion: 1) { _ in throw CodecError(.invalidPayload, type: "x", "cannot") },
        Upcaster("Partly", schemaVersion: 1) {
          [
            StoredEvent(type: "Gone", schemaVersion: 1, payload: $0.payload),
            StoredEvent(type: "Off", schemaVersion: 1, payload: .record(.init())),
          ]
        },
      ]
    }
    func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
    mutating func apply(_ event: Event) {}
  }

  /// The same, passing over what it does not know.
  struct Lenient: Aggregate {
    typealias Command = Lamp.Command
    typealias Event = Lamp.Event
    static var upcasters: [Upcaster] { Lamp.upcasters }
    static var unknownEvents: UnknownEventPolicy { .skip }
    func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
    mutating func apply(_ event: Event) {}
  }

  func stored(_ type: String, _ version: Int, _ json: String) -> EventEnvelope {
    EventEnvelope(
      NewEvent(id: UUID(), type: type, schemaVersion: version, occurredAt: .now, payload: .json(Array(json.utf8))),
      stream: StreamName("lamp-1"), version: 4, position: Checkpoint(17))
  }

  let codec = EventCodec<Lamp>()

  @Test("A new event has its stored name and version, and the value as payload")
  func newEvent() throws {
    let id = UUID()
    let event = try codec.newEvent(.turnedOn(level: 3, by: nil), id: id, occurredAt: .distantPast, metadata: ["a": "b"])
    #expect(event.type == "TurnedOn")
    #expect(event.schemaVersion == 3)
    #expect(event.metadata == ["a": "b"])
    #expect(try codec.json(event.payload) == Array(#"{"level":3,"by":null}"#.utf8))
    let envelope = EventEnvelope(event, stream: StreamName("lamp-1"), version: 1, position: Checkpoint(1))
    #expect(try codec.decode(envelope) == [.turnedOn(level: 3, by: nil)])
    #expect(try codec.newEvent(.turnedOff, id: id, occurredAt: .now, metadata: [:]).type == "LampTurnedOff")
  }

  @Test("Stored JSON is read, also under former names and with fields that are no more")
  func reads() throws {
    #expect(try codec.decode(stored("Dimmed", 1, #"{"level":2,"more":[1]}"#)) == [.dimmed(level: 2)])
    for name in ["LampTurnedOff", "SwitchedOff", "Off"] {
      #expect(try codec.decode(stored(name, 1, "{}")) == [.turnedOff])
    }
    #expect(try codec.decode(stored("TurnedOn", 3, #"{"level":2}"#)) == [.turnedOn(level: 2, by: nil)])
  }

  @Test("Upcasters chain, rename, split and drop")
  func upcasts() throws {
    let expected: [Lamp.Event] = [.turnedOn(level: 2, by: "x"), .dimmed(level: 2)]
    #expect(try codec.decode(stored("TurnedOn", 1, #"{"brightness":2,"by":"x"}"#)) == expected)
    #expect(try codec.decode(stored("Lit", 1, #"{"brightness":2,"by":"x"}"#)) == expected)
    #expect(try codec.decode(stored("Flickered", 1, "{}")) == [])
  }

  @Test("An unknown type is an error with type, stream and position, or passed over")
  func unknown() throws {
    let error = #expect(throws: CodecError.self) { try codec.decode(stored("Melted", 1, "not even JSON")) }
    #expect(error?.type == "Melted")
    #expect(error?.stream == StreamName("lamp-1"))
    #expect(error?.version == 4)
    #expect(error?.position == Checkpoint(17))
    let plain = #expect(throws: CodecError.self) { try codec.decode(stored("Melted", 1, "{}")) }
    #expect(plain?.code == .unknownEventType)
    #expect(
      plain?.description
        == "unknown event type 'Melted': no event of Lamp is stored so, in stream 'lamp-1' at version 4 (position 17)")
    #expect(try EventCodec<Lenient>().decode(stored("Melted", 1, "{}")) == [])
    #expect(try EventCodec<Lenient>().decode(stored("Partly", 1, "{}")) == [.turnedOff])
    #expect(throws: CodecError.self) { try codec.decode(stored("Partly", 1, "{}")) }
  }

  @Test("What cannot be read is an error that says why and where")
  func refuses() {
    func code(_ type: String, _ version: Int, _ json: String) -> (CodecError.Code, String)? {
      do {
        _ = try codec.decode(stored(type, version, json))
        return nil
      } catch { return (error as? CodecError).map { ($0.code, $0.description) } }
    }
    #expect(code("Dimmed", 1, "{")?.0 == .invalidJSON)
    #expect(code("Dimmed", 1, "[]")?.0 == .invalidPayload)
    #expect(code("Dimmed", 1, "{}")?.0 == .invalidPayload)
    #expect(code("Dimmed", 2, #"{"level":1}"#)?.0 == .newerSchemaVersion)
    #expect(code("Loop", 1, "{}")?.0 == .upcastingFailed)
    #expect(code("Broken", 1, "{}")?.0 == .upcastingFailed)
    #expect(
      code("Dimmed", 1, #"{"level":"x"}"#)?.1
        == #"EventCodecTests.Lamp.Event.dimmed.level: expected a whole number, found the text "x", "#
        + "in stream 'lamp-1' at version 4 (position 17)")
  }

  @Test("A value of another type is no event")
  func refusesOtherValues() {
    #expect(throws: CodecError.self) { try codec.json(.value(Shop.Event.closed)) }
    let other = NewEvent(id: UUID(), type: "TurnedOn", occurredAt: .now, payload: .value(Shop.Event.closed))
    #expect(throws: CodecError.self) {
      try codec.decode(EventEnvelope(other, stream: StreamName("x"), version: 1, position: .start))
    }
  }
}
