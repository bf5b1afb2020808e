/// Where the events of another system stand in its tables: which table, and which column is what.
///
/// A mapping can be written as a JSON file with these names, only `table`, `stream`, `version`, `position`, `type` and
/// `payload` are needed:
///
/// ```json
/// {"table": "shop.events", "stream": "stream_id", "version": "number", "firstVersion": 0,
///  "position": "id", "type": "kind", "payload": "body"}
/// ```
///
/// <doc:MovingEvents> tells of each key.
public struct ForeignMapping: Sendable, Equatable {
  /// The table, with its schema where it needs one, joined by a full stop.
  public var table: String
  /// The column with the stream's name.
  public var stream: String
  /// What is put before it, as in `order-`.
  public var streamPrefix: String?
  /// Whether the column holds UUIDs, which are then written with hyphens and in small letters.
  public var streamIsUUID: Bool?
  /// The column with the event's number in the stream.
  public var version: String
  /// The number of a stream's first event; 1 unless stated otherwise.
  public var firstVersion: Int?
  /// The column with the event's place among all events, a whole number.
  public var position: String
  /// The column with the event's type.
  public var type: String
  /// Of the type, only what stands behind the last occurrence of this is taken.
  public var typeBehind: String?
  /// The column with the payload: JSON, as JSON, text or bytes.
  public var payload: String
  /// The column with the event's id; where there is none, the id is made from stream and version.
  public var id: String?
  /// The column with the metadata, a JSON object.
  public var metadata: String?
  /// The column with the time.
  public var time: String?
  /// The path to the time in the payload, joined by full stops, where it stands there.
  public var timeInPayload: String?
  /// The column with the version of the payload's form, a whole number.
  public var schemaVersion: String?

  /// Makes a mapping.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - stream: The column with the stream's name.
  ///   - version: The column with the event's number in the stream.
  ///   - position: The column with its place among all events.
  ///   - type: The column with its type.
  ///   - payload: The column with its payload.
  public init(table: String, stream: String, version: String, position: String, type: String, payload: String) {
    self.table = table
    self.stream = stream
    self.version = version
    self.position = position
    self.type = type
    self.payload = payload
  }

  /// The names of the ready mappings.
  public static let readyNames = ["marten", "message-db", "pyeventsourcing", "emmett"]

  /// A ready mapping; nil where there is none of the name.
  ///
  /// - Parameter name: One of ``readyNames``.
  public static func ready(_ name: String) -> ForeignMapping? {
    switch name {
    case "marten": .marten
    case "message-db": .messageDB
    case "pyeventsourcing": .pyEventSourcing
    case "emmett": .emmett
    default: nil
    }
  }

  /// Events that Marten wrote into PostgreSQL, in its default schema.
  public static var marten: ForeignMapping {
    var mapping = ForeignMapping(
      table: "mt_events", stream: "stream_id", version: "version", position: "seq_id", type: "type", payload: "data")
    mapping.id = "id"
    mapping.time = "timestamp"
    return mapping
  }

  /// Messages of message-db, whose numbers in a stream begin with 0.
  public static var messageDB: ForeignMapping {
    var mapping = ForeignMapping(
      table: "message_store.messages", stream: "stream_name", version: "position", position: "global_position",
      type: "type", payload: "data")
    mapping.firstVersion = 0
    mapping.id = "id"
    mapping.metadata = "metadata"
    mapping.time = "time"
    return mapping
  }

  /// Events that the Python package eventsourcing wrote, in its default table.
  public static var pyEventSourcing: ForeignMapping {
    var mapping = ForeignMapping(
      table: "stored_events", stream: "originator_id", version: "originator_version", position: "notification_id",
      type: "topic", payload: "state")
    mapping.streamIsUUID = true
    mapping.typeBehind = ":"
    mapping.timeInPayload = "timestamp._data_"
    return mapping
  }

  /// Messages that Emmett wrote into PostgreSQL.
  public static var emmett: ForeignMapping {
    var mapping = ForeignMapping(
      table: "emt_messages", stream: "stream_id", version: "stream_position", position: "global_position",
      type: "message_type", payload: "message_data")
    mapping.id = "message_id"
    mapping.metadata = "message_metadata"
    mapping.time = "created"
    return mapping
  }

  /// Whether the mapping says where an event's time stands; where it does not, all events are of 1970.
  public var hasTime: Bool { time != nil || timeInPayload != nil }

  /// The columns to read, in the order in which ``ForeignRow`` takes them; nil for one that the mapping has not.
  package var columns: [String?] {
    [position, stream, version, type, payload, id, metadata, time, schemaVersion]
  }
}

/// A row of another system's table, with the values that the mapping's columns hold.
package struct ForeignRow {
  package var position: Int64
  package var stream: String
  package var version: Int64
  package var type: String
  package var payload: [UInt8]
  package var id: String?
  package var metadata: [UInt8]?
  package var time: Date?
  /// What stands in the column with the time, where it is none.
  package var unreadableTime: String?
  package var schemaVersion: Int64?

  /// Takes what was read.
  package init(position: Int64, stream: String, version: Int64, type: String, payload: [UInt8]) {
    self.position = position
    self.stream = stream
    self.version = version
    self.type = type
    self.payload = payload
  }

  /// The event that the row stands for.
  ///
  /// - Parameter mapping: How to understand it.
  /// - Throws: ``TransferError`` where a value is not what the mapping says.
  package func event(_ mapping: ForeignMapping) throws -> EventEnvelope {
    let name = (mapping.streamPrefix ?? "") + (mapping.streamIsUUID == true ? hyphenated(stream) : stream)
    let number = Int(version) - (mapping.firstVersion ?? 1) + 1
    guard number > 0, position >= 0 else {
      throw TransferError(
        .mapping,
        "the event at position \(position) has number \(version) in stream '\(stream)', the first one has "
          + "\(mapping.firstVersion ?? 1): set firstVersion")
    }
    var kept = Metadata()
    if let metadata, !metadata.isEmpty, !metadata.elementsEqual("null".utf8) {
      guard let read = metadata.withUnsafeBytes({ MetadataText.read($0) }) else {
        throw TransferError(.mapping, "the metadata of the event at position \(position) is no JSON object")
      }
      kept = read
    }
    return EventEnvelope(
      NewEvent(
        id: try identity(name), type: shortType(mapping.typeBehind), schemaVersion: Int(schemaVersion ?? 1),
        occurredAt: try occurredAt(mapping), metadata: kept, payload: .json(payload)),
      stream: StreamName(name), version: number, position: Checkpoint(UInt64(position)))
  }

  /// A UUID's digits as they are commonly written; any other text as it is.
  private func hyphenated(_ text: String) -> String {
    var digits = text.lowercased().filter { $0 != "-" }
    guard digits.utf8.count == 32 else { return text }
    for offset in [20, 16, 12, 8] { digits.insert("-", at: digits.index(digits.startIndex, offsetBy: offset)) }
    return digits
  }

  private func shortType(_ separator: String?) -> String {
    guard let separator, !separator.isEmpty else { return type }
    var rest = type[...]
    while let index = rest.indices.first(where: { rest[$0...].hasPrefix(separator) }) {
      rest = rest[rest.index(index, offsetBy: separator.count)...]
    }
    return String(rest)
  }

  private func identity(_ stream: String) throws -> UUID {
    guard let id else {
      var sums = [Checksum(), Checksum()]
      sums[1].add(1)
      for index in sums.indices {
        sums[index].add(stream.utf8)
        sums[index].add(Int(version))
      }
      let high = sums[0].value & 0xffff_ffff_ffff_0fff | 0x8000
      let low = sums[1].value & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
      return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
    guard let identity = UUID(uuidString: id) else {
      throw TransferError(.mapping, "the id '\(id)' of the event at position \(position) is no UUID: leave id out")
    }
    return identity
  }

  private func occurredAt(_ mapping: ForeignMapping) throws -> Date {
    if let time { return time }
    if let unreadableTime {
      throw TransferError(
        .mapping, "the event at position \(position) has '\(unreadableTime)' as its time, which is no time of ISO 8601")
    }
    if let path = mapping.timeInPayload { return try timeInPayload(path) }
    guard let column = mapping.time else { return Date(timeIntervalSince1970: 0) }
    throw TransferError(.mapping, "the event at position \(position) has no time in the column '\(column)'")
  }

  private func timeInPayload(_ path: String) throws -> Date {
    var value = try? JSONText.read(payload)
    for name in path.split(separator: ".") {
      guard case .record(let record)? = value else { break }
      value = record[String(name)]
    }
    guard case .string(let text)? = value, let date = DateText.read(text) else {
      throw TransferError(.mapping, "the payload of the event at position \(position) has no time under '\(path)'")
    }
    return date
  }
}
