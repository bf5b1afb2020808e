/// An event as a line of NDJSON, the form in which stores are exported and imported.
///
/// ```json
/// {"position":"7","stream":"order-1","version":2,"id":"…","type":"OrderPlaced","schemaVersion":1,
///  "occurredAt":"2026-01-31T09:30:00.125Z","metadata":{"user":"ada"},"payload":{…}}
/// ```
///
/// It stands on one line, in UTF-8. The position is that of the store that was exported; a payload that is no JSON
/// stands as `payloadBase64`. Fields that are not known are passed over.
public enum EventLine {
  /// Writes an event.
  ///
  /// - Parameter event: The event.
  /// - Returns: The line with its line feed.
  /// - Throws: What the codec throws for a payload that has no JSON.
  public static func write(_ event: EventEnvelope) throws -> [UInt8] {
    var line: [UInt8] = []
    try write(event, to: &line)
    return line
  }

  static func write(_ event: EventEnvelope, to line: inout [UInt8]) throws {
    let payload = try event.payload.jsonBytes()
    line.reserveCapacity(line.count + payload.count + 320)
    line.append(contentsOf: #"{"position":"#.utf8)
    JSONString.write(event.position.description, to: &line)
    line.append(contentsOf: #","stream":"#.utf8)
    JSONString.write(event.stream.text, to: &line)
    line.append(contentsOf: #","version":\#(event.version),"id":"#.utf8)
    JSONString.write(event.id.streamText, to: &line)
    line.append(contentsOf: #","type":"#.utf8)
    JSONString.write(event.type, to: &line)
    line.append(contentsOf: #","schemaVersion":\#(event.schemaVersion),"occurredAt":"#.utf8)
    JSONString.write(DateText.write(event.occurredAt), to: &line)
    line.append(contentsOf: #","metadata":"#.utf8)
    line.append(contentsOf: MetadataText.write(event.metadata))
    if isJSON(payload) {
      line.append(contentsOf: #","payload":"#.utf8)
      // A line feed in JSON is space between its parts and nothing else.
      line.append(contentsOf: payload.lazy.map { $0 == 0x0a || $0 == 0x0d ? 0x20 : $0 })
    } else {
      line.append(contentsOf: #","payloadBase64":"#.utf8)
      JSONString.write(Data(payload).base64EncodedString(), to: &line)
    }
    line.append(contentsOf: "}\n".utf8)
  }

  /// Reads an event.
  ///
  /// - Parameters:
  ///   - line: The line, with or without its line feed.
  ///   - number: The number of the line, for errors.
  /// - Returns: The event.
  /// - Throws: ``TransferError`` with code `unreadableLine`.
  public static func read(_ line: [UInt8], number: Int = 1) throws -> EventEnvelope {
    try line.withUnsafeBytes { try read($0, number: number) }
  }

  static func read(_ bytes: UnsafeRawBufferPointer, number: Int) throws -> EventEnvelope {
    var fields = Fields()
    var scanner = JSONScanner(bytes)
    guard scanner.skip(0x7b) else { throw unreadable(number, "it does not begin with '{'") }
    if !scanner.skip(0x7d) {
      repeat {
        guard let name = scanner.string(), scanner.skip(0x3a) else {
          throw unreadable(number, "a field's name was expected at byte \(scanner.offset + 1)")
        }
        guard try fields.read(name, from: &scanner, bytes) else {
          throw unreadable(number, "the value of '\(name)' does not read")
        }
      } while scanner.skip(0x2c)
      guard scanner.skip(0x7d) else { throw unreadable(number, "'}' was expected at byte \(scanner.offset + 1)") }
    }
    guard scanner.isAtEnd else { throw unreadable(number, "there is more behind the event") }
    return try fields.event(number: number)
  }

  private static func isJSON(_ payload: [UInt8]) -> Bool {
    payload.withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      return scanner.value() != nil && scanner.isAtEnd && String(validating: bytes, as: UTF8.self) != nil
    }
  }

  fileprivate static func unreadable(_ number: Int, _ reason: String) -> TransferError {
    TransferError(.unreadableLine, "line \(number) is no event: \(reason)", line: number)
  }

  /// The fields of a line as they are found.
  private struct Fields {
    var position: Checkpoint?
    var stream: String?
    var version: Int?
    var id: UUID?
    var type: String?
    var schemaVersion = 1
    var occurredAt: Date?
    var metadata = Metadata()
    var payload: [UInt8]?

    mutating func read(
      _ name: String, from scanner: inout JSONScanner, _ bytes: UnsafeRawBufferPointer
    ) throws -> Bool {
      switch name {
      case "position":
        position = scanner.string().flatMap { Checkpoint($0) }
        return position != nil
      case "stream":
        stream = scanner.string()
        return stream.map { !$0.isEmpty } ?? false
      case "version":
        version = integer(&scanner, bytes)
        return version.map { $0 > 0 } ?? false
      case "id":
        id = scanner.string().flatMap { UUID(uuidString: $0) }
        return id != nil
      case "type":
        type = scanner.string()
        return type != nil
      case "schemaVersion":
        guard let number = integer(&scanner, bytes) else { return false }
        schemaVersion = number
        return true
      case "occurredAt":
        occurredAt = scanner.string().flatMap { DateText.read($0) }
        return occurredAt != nil
      case "metadata":
        guard let range = scanner.value(), let read = MetadataText.read(UnsafeRawBufferPointer(rebasing: bytes[range]))
        else { return false }
        metadata = read
        return true
      case "payload":
        guard let range = scanner.value() else { return false }
        payload = Array(bytes[range])
        return true
      case "payloadBase64":
        payload = scanner.string().flatMap { Data(base64Encoded: $0) }.map { Array($0) }
        return payload != nil
      default: return scanner.value() != nil
      }
    }

    private func integer(_ scanner: inout JSONScanner, _ bytes: UnsafeRawBufferPointer) -> Int? {
      scanner.value().flatMap { Int(String(decoding: bytes[$0], as: UTF8.self)) }
    }

    func event(number: Int) throws -> EventEnvelope {
      func missing(_ name: String) -> TransferError { EventLine.unreadable(number, "'\(name)' is missing") }
      guard let stream else { throw missing("stream") }
      guard let version else { throw missing("version") }
      guard let id else { throw missing("id") }
      guard let type else { throw missing("type") }
      guard let occurredAt else { throw missing("occurredAt") }
      guard let payload else { throw missing("payload") }
      return EventEnvelope(
        NewEvent(
          id: id, type: type, schemaVersion: schemaVersion, occurredAt: occurredAt, metadata: metadata,
          payload: .json(payload)),
        stream: StreamName(stream), version: version, position: position ?? .start)
    }
  }
}
