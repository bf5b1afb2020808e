/// Values as JSON in UTF-8, for snapshots, rows and process managers' states.
enum StoredValue {
  static func encode<Value: Encodable>(_ value: Value) throws -> [UInt8] {
    JSONText.write(try DynamicEncoder().encode(value))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    try DynamicDecoder().decode(type, from: try JSONText.read(bytes))
  }
}
