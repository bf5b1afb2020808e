/// Makes typed values of trees.
///
/// It takes what ``DynamicEncoder`` makes, and what becomes of that in JSON: UUIDs, dates and durations as text, decimals
/// as numbers or text. A number is taken only where it fits its type exactly.
public struct DynamicDecoder: Sendable {
  /// What types may ask the decoder for.
  public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

  /// Makes a decoder.
  public init() {}

  /// Makes the value of a tree.
  ///
  /// - Parameters:
  ///   - type: The value's type.
  ///   - value: The tree.
  /// - Returns: The value.
  /// - Throws: `DecodingError` with the path to what is wrong, and what the type's own decoding throws.
  public func decode<T: Decodable>(_ type: T.Type, from value: DynamicValue) throws -> T {
    try TreeDecoder(value, userInfo: userInfo).decode(type, from: value, at: .same)
  }
}
