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
  ///   - memory: What is known of the value that came last; nil to go the whole way.
  /// - Returns: The value that the tree stands for once it is stored; see ``DynamicDecoder/init(readingAsStored:)``.
  /// - Throws: What ``encode(_:)`` throws, and what decoding throws; `coded` tells which.
  package static func roundTrip<T: Codable>(
    _ value: T, coded: inout DynamicValue?, memory: RoundTripMemory? = nil
  ) throws -> T {
    var isUnusual = false
    let options = memory?.options ?? .plain
    let tree = try SimpleType.tree(of: value) ?? TreeEncoder.encode(value, options: options, isUnusual: &isUnusual)
    coded = tree
    return isUnusual
      ? try DynamicDecoder(readingAsStored: true).decode(T.self, from: tree)
      : try (memory?.decoder ?? .stored).decode(T.self, from: tree, at: .same)
  }
}

/// What the fields of a value came to when it was encoded and decoded again the last time.
///
/// A value that differs little from the one before, as a state does behind one more event, then costs what differs: a list
/// to which something is added is not coded again from its start. Fields are known by their bits, see ``KnownFields``.
///
/// Sendable unchecked: whoever has it is to let nobody else use it meanwhile.
package final class RoundTripMemory: @unchecked Sendable {
  fileprivate let options: TreeEncoder.Options
  fileprivate let decoder: TreeDecoder

  /// Makes a memory that knows of nothing.
  package init() {
    let known = KnownFields()
    decoder = TreeDecoder(.null, readsAsStored: true, known: known)
    options = TreeEncoder.Options(includesDerivedValues: false, userInfo: [:], known: known)
  }

  // Coders that wait to be used again hold the options that they had last.
  deinit { options.known?.forget() }
}
