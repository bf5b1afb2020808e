/// The fields of a record on their way out of a tree.
struct TreeKeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let node: TreeDecoder

  var codingPath: [any CodingKey] { node.codingPath }
  var allKeys: [Key] { node.fields.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { node.index(of: key.stringValue) != nil }

  func decodeNil(forKey key: Key) throws -> Bool {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return value.isNull
  }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    let name = key.stringValue
    guard let value = node.field(name) else { throw node.missing(key) }
    return try node.decode(type, from: value, at: .name(name))
  }

  func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
    let name = key.stringValue
    guard let value = node.field(name), !value.isNull else { return nil }
    return try node.decode(type, from: value, at: .name(name))
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.bool(value, at: .name(key.stringValue))
  }
  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.string(value, at: .name(key.stringValue))
  }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.double(value, at: .name(key.stringValue))
  }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.float(value, at: .name(key.stringValue))
  }
  func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: Int.self, at: .name(key.stringValue))
  }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: Int8.self, at: .name(key.stringValue))
  }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: Int16.self, at: .name(key.stringValue))
  }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: Int32.self, at: .name(key.stringValue))
  }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: Int64.self, at: .name(key.stringValue))
  }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: UInt.self, at: .name(key.stringValue))
  }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: UInt8.self, at: .name(key.stringValue))
  }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: UInt16.self, at: .name(key.stringValue))
  }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: UInt32.self, at: .name(key.stringValue))
  }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: UInt64.self, at: .name(key.stringValue))
  }
  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: Int128.self, at: .name(key.stringValue))
  }
  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.integer(value, as: UInt128.self, at: .name(key.stringValue))
  }

  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.bool(value, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.string(value, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.double(value, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.float(value, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: Int.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: Int8.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: Int16.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: Int32.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: Int64.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: UInt.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: UInt8.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: UInt16.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: UInt32.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: UInt64.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: Int128.self, at: .name(key.stringValue))
  }
  func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? {
    guard let value = node.field(key.stringValue), !value.isNull else { return nil }
    return try node.integer(value, as: UInt128.self, at: .name(key.stringValue))
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try nested(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try nested(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    try node.child(node.field("super") ?? .null, at: .name("super"))
  }

  func superDecoder(forKey key: Key) throws -> any Decoder {
    try node.child(node.field(key.stringValue) ?? .null, at: .name(key.stringValue))
  }

  private func nested(_ key: Key) throws -> TreeDecoder {
    guard let value = node.field(key.stringValue) else { throw node.missing(key) }
    return try node.child(value, at: .name(key.stringValue))
  }
}

/// The elements of a list on their way out of a tree.
struct TreeUnkeyedDecoding: UnkeyedDecodingContainer {
  let node: TreeDecoder
  let elements: [DynamicValue]
  var currentIndex = 0

  var codingPath: [any CodingKey] { node.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  private func next<T>(_ type: T.Type) throws -> DynamicValue {
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        type,
        DecodingError.Context(
          codingPath: node.codingPath + [PathElement.index(currentIndex)],
          debugDescription: "the list has only \(elements.count) elements"))
    }
    return elements[currentIndex]
  }

  mutating func decodeNil() throws -> Bool {
    guard try next(Never?.self).isNull else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode(_ type: Bool.Type) throws -> Bool {
    let value = try node.bool(next(type), at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: String.Type) throws -> String {
    let value = try node.string(next(type), at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: Double.Type) throws -> Double {
    let value = try node.double(next(type), at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: Float.Type) throws -> Float {
    let value = try node.float(next(type), at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: Int.Type) throws -> Int {
    let value = try node.integer(next(type), as: Int.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: Int8.Type) throws -> Int8 {
    let value = try node.integer(next(type), as: Int8.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: Int16.Type) throws -> Int16 {
    let value = try node.integer(next(type), as: Int16.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: Int32.Type) throws -> Int32 {
    let value = try node.integer(next(type), as: Int32.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: Int64.Type) throws -> Int64 {
    let value = try node.integer(next(type), as: Int64.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: UInt.Type) throws -> UInt {
    let value = try node.integer(next(type), as: UInt.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
    let value = try node.integer(next(type), as: UInt8.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
    let value = try node.integer(next(type), as: UInt16.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
    let value = try node.integer(next(type), as: UInt32.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
    let value = try node.integer(next(type), as: UInt64.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: Int128.Type) throws -> Int128 {
    let value = try node.integer(next(type), as: Int128.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }
  mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
    let value = try node.integer(next(type), as: UInt128.self, at: .index(currentIndex))
    currentIndex += 1
    return value
  }

  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let value = try node.decode(type, from: next(type), at: .index(currentIndex))
    currentIndex += 1
    return value
  }

  private mutating func nested() throws -> TreeDecoder {
    let child = try node.child(next(DynamicValue.self), at: .index(currentIndex))
    currentIndex += 1
    return child
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try nested().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try nested().unkeyedContainer() }

  mutating func superDecoder() throws -> any Decoder { try nested() }
}

/// One value on its way out of a tree.
struct TreeSingleDecoding: SingleValueDecodingContainer {
  let node: TreeDecoder

  var codingPath: [any CodingKey] { node.codingPath }

  func decodeNil() -> Bool { node.value.isNull }

  func decode(_ type: Bool.Type) throws -> Bool { try node.bool(node.value, at: .same) }
  func decode(_ type: String.Type) throws -> String { try node.string(node.value, at: .same) }
  func decode(_ type: Double.Type) throws -> Double { try node.double(node.value, at: .same) }
  func decode(_ type: Float.Type) throws -> Float { try node.float(node.value, at: .same) }
  func decode(_ type: Int.Type) throws -> Int { try node.integer(node.value, as: Int.self, at: .same) }
  func decode(_ type: Int8.Type) throws -> Int8 { try node.integer(node.value, as: Int8.self, at: .same) }
  func decode(_ type: Int16.Type) throws -> Int16 { try node.integer(node.value, as: Int16.self, at: .same) }
  func decode(_ type: Int32.Type) throws -> Int32 { try node.integer(node.value, as: Int32.self, at: .same) }
  func decode(_ type: Int64.Type) throws -> Int64 { try node.integer(node.value, as: Int64.self, at: .same) }
  func decode(_ type: UInt.Type) throws -> UInt { try node.integer(node.value, as: UInt.self, at: .same) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try node.integer(node.value, as: UInt8.self, at: .same) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try node.integer(node.value, as: UInt16.self, at: .same) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try node.integer(node.value, as: UInt32.self, at: .same) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try node.integer(node.value, as: UInt64.self, at: .same) }
  func decode(_ type: Int128.Type) throws -> Int128 { try node.integer(node.value, as: Int128.self, at: .same) }
  func decode(_ type: UInt128.Type) throws -> UInt128 { try node.integer(node.value, as: UInt128.self, at: .same) }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try node.decode(type, from: node.value, at: .same) }
}
