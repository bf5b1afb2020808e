/// The fields of a record on their way into a tree.
struct TreeKeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: TreeEncoder

  var codingPath: [any CodingKey] { node.codingPath }

  func encodeNil(forKey key: Key) { node.add(key.stringValue, .null) }
  func encode(_ value: Bool, forKey key: Key) { node.add(key.stringValue, .bool(value)) }
  func encode(_ value: String, forKey key: Key) { node.add(key.stringValue, .string(value)) }
  func encode(_ value: Double, forKey key: Key) { node.add(key.stringValue, .double(value)) }
  func encode(_ value: Float, forKey key: Key) { node.add(key.stringValue, .double(Double(value))) }
  func encode(_ value: Int, forKey key: Key) { node.add(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: Int8, forKey key: Key) { node.add(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: Int16, forKey key: Key) { node.add(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: Int32, forKey key: Key) { node.add(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: Int64, forKey key: Key) { node.add(key.stringValue, .integer(value)) }
  func encode(_ value: UInt, forKey key: Key) { node.add(key.stringValue, DynamicValue(unsigned: UInt64(value))) }
  func encode(_ value: UInt8, forKey key: Key) { node.add(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: UInt16, forKey key: Key) { node.add(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: UInt32, forKey key: Key) { node.add(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: UInt64, forKey key: Key) { node.add(key.stringValue, DynamicValue(unsigned: UInt64(value))) }
  func encode(_ value: Int128, forKey key: Key) { node.add(key.stringValue, DynamicValue(wide: value)) }
  func encode(_ value: UInt128, forKey key: Key) { node.add(key.stringValue, DynamicValue(wide: value)) }

  func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
    let name = key.stringValue
    node.add(name, try node.tree(of: value, at: .name(name)))
  }

  // A field that is nil is written as null, so that every field of a record is there to be looked at.

  func encodeIfPresent(_ value: Bool?, forKey key: Key) {
    node.add(key.stringValue, value.map { .bool($0) } ?? .null)
  }
  func encodeIfPresent(_ value: String?, forKey key: Key) {
    node.add(key.stringValue, value.map { .string($0) } ?? .null)
  }
  func encodeIfPresent(_ value: Double?, forKey key: Key) {
    node.add(key.stringValue, value.map { .double($0) } ?? .null)
  }
  func encodeIfPresent(_ value: Float?, forKey key: Key) {
    node.add(key.stringValue, value.map { .double(Double($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: Int?, forKey key: Key) {
    node.add(key.stringValue, value.map { .integer(Int64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) {
    node.add(key.stringValue, value.map { .integer(Int64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) {
    node.add(key.stringValue, value.map { .integer(Int64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) {
    node.add(key.stringValue, value.map { .integer(Int64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) {
    node.add(key.stringValue, value.map { .integer($0) } ?? .null)
  }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) {
    node.add(key.stringValue, value.map { DynamicValue(unsigned: UInt64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) {
    node.add(key.stringValue, value.map { .integer(Int64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) {
    node.add(key.stringValue, value.map { .integer(Int64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) {
    node.add(key.stringValue, value.map { .integer(Int64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) {
    node.add(key.stringValue, value.map { DynamicValue(unsigned: UInt64($0)) } ?? .null)
  }
  func encodeIfPresent(_ value: Int128?, forKey key: Key) {
    node.add(key.stringValue, value.map { DynamicValue(wide: $0) } ?? .null)
  }
  func encodeIfPresent(_ value: UInt128?, forKey key: Key) {
    node.add(key.stringValue, value.map { DynamicValue(wide: $0) } ?? .null)
  }

  func encodeIfPresent<T: Encodable>(_ value: borrowing T?, forKey key: Key) throws {
    let name = key.stringValue
    // What the optional holds is looked at where it lies: to take it out would look up the optional's type each time.
    try withUnsafePointer(to: value) { pointer in
      let pointer = UnsafeRawPointer(pointer)
      guard OptionalPresence(T.self).isThere(pointer) else { return node.add(name, .null) }
      node.add(name, try node.tree(of: pointer.assumingMemoryBound(to: T.self).pointee, at: .name(name)))
    }
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    KeyedEncodingContainer(TreeKeyedEncoding<NestedKey>(node: node.nestedRecord(key.stringValue)))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    node.child(under: key.stringValue).unkeyedContainer()
  }

  func superEncoder() -> any Encoder { node.child(under: "super") }

  func superEncoder(forKey key: Key) -> any Encoder { node.child(under: key.stringValue) }
}

/// The elements of a list on their way into a tree.
struct TreeUnkeyedEncoding: UnkeyedEncodingContainer {
  let node: TreeEncoder

  var codingPath: [any CodingKey] { node.codingPath }
  var count: Int { node.elements.count }

  func encodeNil() { node.append(.null) }
  func encode(_ value: Bool) { node.append(.bool(value)) }
  func encode(_ value: String) { node.append(.string(value)) }
  func encode(_ value: Double) { node.append(.double(value)) }
  func encode(_ value: Float) { node.append(.double(Double(value))) }
  func encode(_ value: Int) { node.append(.integer(Int64(value))) }
  func encode(_ value: Int8) { node.append(.integer(Int64(value))) }
  func encode(_ value: Int16) { node.append(.integer(Int64(value))) }
  func encode(_ value: Int32) { node.append(.integer(Int64(value))) }
  func encode(_ value: Int64) { node.append(.integer(value)) }
  func encode(_ value: UInt) { node.append(DynamicValue(unsigned: UInt64(value))) }
  func encode(_ value: UInt8) { node.append(.integer(Int64(value))) }
  func encode(_ value: UInt16) { node.append(.integer(Int64(value))) }
  func encode(_ value: UInt32) { node.append(.integer(Int64(value))) }
  func encode(_ value: UInt64) { node.append(DynamicValue(unsigned: UInt64(value))) }
  func encode(_ value: Int128) { node.append(DynamicValue(wide: value)) }
  func encode(_ value: UInt128) { node.append(DynamicValue(wide: value)) }

  func encode<T: Encodable>(_ value: T) throws {
    node.append(try node.tree(of: value, at: .index(node.elements.count)))
  }

  func nestedContainer<NestedKey: CodingKey>(keyedBy keyType: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
    node.childElement().container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { node.childElement().unkeyedContainer() }

  func superEncoder() -> any Encoder { node.childElement() }
}

/// One value on its way into a tree.
struct TreeSingleEncoding: SingleValueEncodingContainer {
  let node: TreeEncoder

  var codingPath: [any CodingKey] { node.codingPath }

  func encodeNil() { node.set(.null) }
  func encode(_ value: Bool) { node.set(.bool(value)) }
  func encode(_ value: String) { node.set(.string(value)) }
  func encode(_ value: Double) { node.set(.double(value)) }
  func encode(_ value: Float) { node.set(.double(Double(value))) }
  func encode(_ value: Int) { node.set(.integer(Int64(value))) }
  func encode(_ value: Int8) { node.set(.integer(Int64(value))) }
  func encode(_ value: Int16) { node.set(.integer(Int64(value))) }
  func encode(_ value: Int32) { node.set(.integer(Int64(value))) }
  func encode(_ value: Int64) { node.set(.integer(value)) }
  func encode(_ value: UInt) { node.set(DynamicValue(unsigned: UInt64(value))) }
  func encode(_ value: UInt8) { node.set(.integer(Int64(value))) }
  func encode(_ value: UInt16) { node.set(.integer(Int64(value))) }
  func encode(_ value: UInt32) { node.set(.integer(Int64(value))) }
  func encode(_ value: UInt64) { node.set(DynamicValue(unsigned: UInt64(value))) }
  func encode(_ value: Int128) { node.set(DynamicValue(wide: value)) }
  func encode(_ value: UInt128) { node.set(DynamicValue(wide: value)) }

  func encode<T: Encodable>(_ value: T) throws { node.set(try node.tree(of: value, at: .same)) }
}

extension DynamicValue {
  /// A whole number without a sign, as `integer` where it fits.
  @inline(__always)
  package init(unsigned value: UInt64) {
    self = value > UInt64(Int64.max) ? .unsigned(value) : .integer(Int64(bitPattern: value))
  }

  /// A whole number of up to 128 bits, as a decimal — which holds all of them — where it does not fit 64.
  init<T: FixedWidthInteger>(wide value: T) {
    if let number = Int64(exactly: value) {
      self = .integer(number)
    } else if let number = UInt64(exactly: value) {
      self = .unsigned(number)
    } else {
      let parts = DecimalParts(isNegative: value < 0, mantissa: UInt128(value.magnitude))
      self = parts.decimal.map(DynamicValue.decimal) ?? .null
    }
  }
}
