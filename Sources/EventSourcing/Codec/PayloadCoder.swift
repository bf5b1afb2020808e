/// Codes the payload of a message's case value by value where they lie in memory, without the envelope and containers
/// that the enum's own Codable conformance would go through: a fifth of the time.
///
/// It is used only for cases for which it was seen to give the same as the conformance; see ``MessagePlan``.
struct PayloadCoder: Sendable {
  private let tag: Int
  private let fields: [FieldCoder]
  /// Whether the only field is a record that stands for the payload.
  private let isFlattened: Bool
  /// Whether every payload comes back from its stored form as it was: its values are coded one by one where they lie,
  /// and each is of a type of which that holds.
  var isExact: Bool { !isFlattened && fields.allSatisfy(\.isExact) }

  /// Makes the coder of a case; nil where its payload lies in a box or holds a type that is not Codable.
  init?(_ found: Reflection.Case, tag: Int, isFlattened: Bool) {
    guard !found.isIndirect, let payload = found.payload, !payload.isEmpty else { return nil }
    var fields: [FieldCoder] = []
    for (place, field) in payload.enumerated() {
      guard let type = field.type,
        let coder = FieldCoder(
          name: field.name ?? "_\(place)", offset: field.offset, type: type, isPayload: isFlattened)
      else { return nil }
      fields.append(coder)
    }
    self.tag = tag
    self.fields = fields
    self.isFlattened = isFlattened
  }

  /// The payload of a message, which must be of the case.
  func encode<Message>(_ message: Message, _ tags: EnumTag<Message>) throws -> DynamicRecord {
    try withUnsafeTemporaryAllocation(of: Message.self, capacity: 1) { buffer in
      guard let value = buffer.baseAddress else { return DynamicRecord() }
      value.initialize(to: message)
      let payload = UnsafeMutableRawPointer(value)
      tags.takeApart(payload)
      defer {
        tags.restore(payload, tag: tag)
        value.deinitialize(count: 1)
      }
      if isFlattened, let field = fields.first {
        guard case .record(let record) = try field.encode(payload) else {
          throw EncodingError.invalidValue(
            message, EncodingError.Context(codingPath: [], debugDescription: "the payload is no record"))
        }
        return record
      }
      var record: [DynamicRecord.Field] = []
      record.reserveCapacity(fields.count)
      for field in fields { record.append(DynamicRecord.Field(field.name, try field.encode(payload))) }
      return DynamicRecord(record)
    }
  }

  /// The message of a payload.
  func decode<Message>(_ record: DynamicRecord, _ tags: EnumTag<Message>, asStored: Bool) throws -> Message? {
    try withUnsafeTemporaryAllocation(of: Message.self, capacity: 1) { buffer in
      guard let value = buffer.baseAddress else { return nil }
      let payload = UnsafeMutableRawPointer(value)
      var made = 0
      do {
        if isFlattened {
          for field in fields { try field.decode(.record(record), payload, asStored: asStored) }
        } else {
          var cursor = 0
          for field in fields {
            if let index = Self.place(of: field.name, in: record.fields, from: cursor) {
              cursor = index + 1
              try field.decode(record.fields[index].value, payload, asStored: asStored)
            } else {
              try field.decodeMissing(payload)
            }
            made += 1
          }
        }
      } catch {
        for field in fields.prefix(made) { field.destroy(payload + field.offset) }
        throw error
      }
      tags.restore(payload, tag: tag)
      return value.move()
    }
  }

  @inline(__always)
  private static func place(of name: String, in fields: [DynamicRecord.Field], from cursor: Int) -> Int? {
    if cursor < fields.count, fields[cursor].name == name { return cursor }
    return fields.firstIndex { $0.name == name }
  }
}
