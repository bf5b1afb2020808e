// What is coded and what it is decoded to are not handed back as one: a value of a type that only generic code knows, inside
// of another, has its type looked up each time.

extension MessageCodec {
  /// Encodes a message, and decodes it again as if it had been stored as JSON in between.
  ///
  /// - Parameters:
  ///   - message: Any message.
  ///   - caseIndex: The index of its case in the schema, from ``caseIndex(of:)``.
  ///   - coded: Is given its payload, where it could be encoded.
  /// - Returns: The message that the payload stands for once it is stored; see ``DynamicDecoder/init(readingAsStored:)``.
  /// - Throws: ``CodecError`` with code `notEncodable`, and what decoding throws; `coded` tells which.
  package func roundTrip(_ message: Message, caseIndex: Int, coded: inout DynamicRecord?) throws -> Message {
    var isUnusual = false
    let payload = try encode(message, caseIndex: caseIndex, isUnusual: &isUnusual)
    coded = payload
    return isUnusual
      ? try decode(caseIndex: caseIndex, asStored: payload) : try decode(caseIndex: caseIndex, payload, asStored: true)
  }
}

extension DynamicEncoder {
  /// Encodes a value without its derived values, and decodes it again as if it had been stored as JSON in between.
  ///
  /// - Parameters:
  ///   - value: Any value whose type is Codable.
  ///   - coded: Is given its tree, where it could be encoded.
  /// - Returns: The value that the tree stands for once it is stored; see ``DynamicDecoder/init(readingAsStored:)``.
  /// - Throws: What ``encode(_:)`` throws, and what decoding throws; `coded` tells which.
  package static func roundTrip<T: Codable>(_ value: T, coded: inout DynamicValue?) throws -> T {
    var isUnusual = false
    let tree = try SimpleType.tree(of: value) ?? TreeEncoder.encode(value, options: .plain, isUnusual: &isUnusual)
    coded = tree
    return isUnusual
      ? try DynamicDecoder(readingAsStored: true).decode(T.self, from: tree)
      : try TreeDecoder.stored.decode(T.self, from: tree, at: .same)
  }
}
