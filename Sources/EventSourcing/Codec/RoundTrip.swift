/// A value with its coded form, and with what the coded form is decoded to after it was stored.
package struct RoundTrip<Coded, Value> {
  /// The value's coded form.
  package let coded: Coded
  /// What the stored form is decoded to, or why it cannot be.
  package let restored: Result<Value, any Error>
}

extension RoundTrip: Sendable where Coded: Sendable, Value: Sendable {}

extension MessageCodec {
  /// Encodes a message, and decodes it again as if it had been stored as JSON in between.
  ///
  /// - Parameters:
  ///   - message: Any message.
  ///   - caseIndex: The index of its case in the schema, from ``caseIndex(of:)``.
  /// - Returns: Its payload, and the message that the payload stands for once it is stored; see
  ///   ``DynamicDecoder/init(readingAsStored:)``.
  /// - Throws: ``CodecError`` with code `notEncodable`. What decoding throws is in the result.
  package func roundTrip(_ message: Message, caseIndex: Int) throws -> RoundTrip<DynamicRecord, Message> {
    var isUnusual = false
    let coded = try encode(message, caseIndex: caseIndex, isUnusual: &isUnusual)
    do {
      let restored =
        isUnusual
        ? try decode(caseIndex: caseIndex, asStored: coded) : try decode(caseIndex: caseIndex, coded, asStored: true)
      return RoundTrip(coded: coded, restored: .success(restored))
    } catch {
      return RoundTrip(coded: coded, restored: .failure(error))
    }
  }
}

extension DynamicEncoder {
  /// Encodes a value without its derived values, and decodes it again as if it had been stored as JSON in between.
  ///
  /// - Parameter value: Any value whose type is Codable.
  /// - Returns: Its tree, and the value that the tree stands for once it is stored; see
  ///   ``DynamicDecoder/init(readingAsStored:)``.
  /// - Throws: What ``encode(_:)`` throws. What decoding throws is in the result.
  package static func roundTrip<T: Codable>(_ value: T) throws -> RoundTrip<DynamicValue, T> {
    var isUnusual = false
    let coded = try SimpleType.tree(of: value) ?? TreeEncoder.encode(value, options: .plain, isUnusual: &isUnusual)
    do {
      let restored =
        isUnusual
        ? try DynamicDecoder(readingAsStored: true).decode(T.self, from: coded)
        : try TreeDecoder.stored.decode(T.self, from: coded, at: .same)
      return RoundTrip(coded: coded, restored: .success(restored))
    } catch {
      return RoundTrip(coded: coded, restored: .failure(error))
    }
  }
}
