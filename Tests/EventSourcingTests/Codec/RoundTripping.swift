import EventSourcing

/// A value's coded form, and what it is decoded to after it was stored.
struct RoundTrip<Coded, Value> {
  let coded: Coded
  let restored: Result<Value, any Error>
}

extension RoundTrip: Sendable where Coded: Sendable, Value: Sendable {}

extension DynamicEncoder {
  static func roundTrip<T: Codable>(_ value: T) throws -> RoundTrip<DynamicValue, T> {
    var coded: DynamicValue?
    let restored = Result { try roundTrip(value, coded: &coded) }
    guard let coded else { return RoundTrip(coded: .null, restored: .success(try restored.get())) }
    return RoundTrip(coded: coded, restored: restored)
  }
}

extension MessageCodec {
  func roundTrip(_ message: Message, caseIndex: Int) throws -> RoundTrip<DynamicRecord, Message> {
    var coded: DynamicRecord?
    let restored = Result { try roundTrip(message, caseIndex: caseIndex, coded: &coded) }
    guard let coded else { return RoundTrip(coded: DynamicRecord(), restored: .success(try restored.get())) }
    return RoundTrip(coded: coded, restored: restored)
  }
}
