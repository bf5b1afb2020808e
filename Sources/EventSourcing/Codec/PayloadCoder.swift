/// Codes the payload of a message's case value by value where they lie in memory, without the envelope and containers
/// that the enum's own Codable conformance would go through: a fifth of the time.
///
/// It is used only for cases for which it was seen to give the same as the conformance; see ``MessagePlan``.
final class PayloadCoder: Sendable {
  private let tag: Int
  // Looked at in place, as a copy of a coder costs more than what it does.
  private let fields: [FieldCoder]
  /// Whether the only field is a record that stands for the payload.
  private let isFlattened: Bool
  /// Whether every payload comes back from its stored form as it was: its values are coded one by one where they lie,
  /// and each is of a type of which that holds.
  let isExact: Bool

  /// Makes the coder of a case; nil where its payload lies in a box, cannot be looked at in a copy of its bytes, or holds a
  /// type that is not Codable.
  init?(_ type: Any.Type, _ found: Reflection.Case, tag: Int, isFlattened: Bool) {
    guard !found.isIndirect, Reflection.isBitwiseCopiedWhenLent(type), let payload = found.payload, !payload.isEmpty
    else { return nil }
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
    isExact = !isFlattened && fields.allSatisfy(\.isExact)
  }

  /// The payload of a message, which must be of the case.
  func encode<Message>(
    _ message: Message, _ tags: EnumTag, isUnusual: inout Bool
  ) throws -> DynamicRecord {
    try withUnsafePointer(to: message) { message in
      try withUnsafeTemporaryAllocation(
        byteCount: MemoryLayout<Message>.stride, alignment: MemoryLayout<Message>.alignment
      ) { buffer in
        guard let payload = buffer.baseAddress else { return DynamicRecord() }
        // The message is taken apart in a copy of its bytes, in which nothing is held: the message itself does that.
        payload.copyMemory(from: message, byteCount: MemoryLayout<Message>.size)
        tags.takeApart(payload)
        return try fields.withUnsafeBufferPointer { try encode($0, payload, isUnusual: &isUnusual) }
      }
    }
  }

  @inline(__always)
  private func encode(
    _ fields: UnsafeBufferPointer<FieldCoder>, _ payload: UnsafeMutableRawPointer, isUnusual: inout Bool
  ) throws -> DynamicRecord {
    if isFlattened {
      guard case .record(let record) = try fields[0].encode(payload, isUnusual: &isUnusual) else {
        throw EncodingError.invalidValue(
          fields[0].name, EncodingError.Context(codingPath: [], debugDescription: "the payload is no record"))
      }
      return record
    }
    // An array that is made without its elements looks up its storage's type each time.
    var record: [DynamicRecord.Field] = []
    record.reserveCapacity(fields.count)
    for index in fields.indices {
      let value = try fields[index].encode(payload, isUnusual: &isUnusual)
      record.append(DynamicRecord.Field(fields[index].name, value))
    }
    return DynamicRecord(record)
  }

  /// The message of a payload.
  func decode<Message>(
    _ type: Message.Type, _ record: DynamicRecord, _ tags: EnumTag, asStored: Bool
  ) throws -> Message {
    // A temporary allocation would look up the type of what its body comes to each time.
    let payload = UnsafeMutableRawPointer.allocate(
      byteCount: MemoryLayout<Message>.stride, alignment: MemoryLayout<Message>.alignment)
    defer { payload.deallocate() }
    try fields.withUnsafeBufferPointer { try decode(record, $0, to: payload, asStored: asStored) }
    tags.restore(payload, tag: tag)
    return payload.assumingMemoryBound(to: Message.self).move()
  }

  private func decode(
    _ record: DynamicRecord, _ fields: UnsafeBufferPointer<FieldCoder>, to payload: UnsafeMutableRawPointer,
    asStored: Bool
  ) throws {
    if isFlattened { return try fields[0].decode(.record(record), payload, asStored: asStored) }
    var made = 0
    do {
      try record.fields.withUnsafeBufferPointer { found in
        var cursor = 0
        while made < fields.count {
          if let index = Self.place(of: fields[made].name, in: found, from: cursor) {
            cursor = index + 1
            try fields[made].decode(found[index].value, payload, asStored: asStored)
          } else {
            try fields[made].decodeMissing(payload)
          }
          made += 1
        }
      }
    } catch {
      for index in 0..<made { fields[index].destroy(payload + fields[index].offset) }
      throw error
    }
  }

  @inline(__always)
  private static func place(
    of name: String, in fields: UnsafeBufferPointer<DynamicRecord.Field>, from cursor: Int
  ) -> Int? {
    if cursor < fields.count, fields[cursor].name == name { return cursor }
    return fields.firstIndex { $0.name == name }
  }
}

extension Reflection {
  /// Whether a copy of a value's bytes is as good as the value while that is there; not so for types that know where they
  /// lie, as those with a weak reference.
  fileprivate static func isBitwiseCopiedWhenLent(_ type: Any.Type) -> Bool {
    guard let witnesses = (pointer(to: type) - word).load(as: UnsafeRawPointer?.self) else { return false }
    // Eight functions, size, stride, flags.
    return witnesses.load(fromByteOffset: 10 * word, as: UInt32.self) & 0x0110_0000 == 0
  }
}
