package import EventSourcing

/// A coded payload as a key: compared to the bit, hashed fast.
struct CodedKey: Hashable, Sendable {
  private let payload: DynamicRecord
  private let digest: UInt64

  /// Makes a key of a message's case and payload.
  ///
  /// - Complexity: O(*n*) in the size of the payload.
  init(caseIndex: Int, payload: DynamicRecord) {
    self.payload = payload
    var digest = Digest(UInt64(truncatingIfNeeded: caseIndex))
    digest.mix(payload)
    self.digest = digest.value
  }

  static func == (left: CodedKey, right: CodedKey) -> Bool {
    left.digest == right.digest && left.payload.isIdentical(to: right.payload)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(digest) }
}

/// A fast hash of coded values; collisions cost time, nothing else.
private struct Digest {
  private(set) var value: UInt64

  init(_ seed: UInt64) { value = seed &+ 0x9E37_79B9_7F4A_7C15 }

  mutating func mix(_ word: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    value = product.high ^ product.low
  }

  mutating func mix(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var index = 0
      while index + 8 <= bytes.count {
        mix(UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index += 8
      }
      var last = UInt64(bytes.count) << 56
      while index < bytes.count {
        last = (last << 8) ^ UInt64(bytes[index])
        index += 1
      }
      mix(last)
    }
  }

  mutating func mix(_ record: DynamicRecord) {
    mix(UInt64(truncatingIfNeeded: record.fields.count))
    for field in record.fields { mix(field.value) }
  }

  mutating func mix(_ value: DynamicValue) {
    switch value {
    case .null: mix(1)
    case .bool(let value): mix(value ? 3 : 2)
    case .integer(let value): mix(UInt64(bitPattern: value))
    case .unsigned(let value): mix(value)
    case .double(let value): mix(value.bitPattern)
    case .decimal(let value): withUnsafeBytes(of: value) { mix(Self.fold($0)) }
    case .string(let value): mix(value)
    case .uuid(let value): withUnsafeBytes(of: value.uuid) { mix(Self.fold($0)) }
    case .date(let value): mix(value.timeIntervalSinceReferenceDate.bitPattern)
    case .duration(let value):
      mix(UInt64(bitPattern: value.components.seconds))
      mix(UInt64(bitPattern: value.components.attoseconds))
    case .array(let values):
      mix(UInt64(truncatingIfNeeded: values.count))
      for value in values { mix(value) }
    case .record(let record): mix(record)
    }
  }

  private static func fold(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    guard bytes.count >= 16 else { return 0 }
    let first = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
    let second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    return first &* 31 ^ second
  }
}

extension DynamicRecord {
  /// Whether both have the same fields with the same values in the same order, to the bit.
  package func isIdentical(to other: DynamicRecord) -> Bool {
    guard fields.count == other.fields.count else { return false }
    for (left, right) in zip(fields, other.fields) {
      guard left.name == right.name, left.value.isIdentical(to: right.value) else { return false }
    }
    return true
  }
}

extension DynamicValue {
  /// Whether both are the same to the bit; unlike `==` it tells 0.0 from -0.0 and finds a NaN equal to itself.
  package func isIdentical(to other: DynamicValue) -> Bool {
    switch (self, other) {
    case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
    case (.record(let left), .record(let right)): left.isIdentical(to: right)
    default: self == other
    }
  }
}
