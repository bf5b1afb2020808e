/// Makes typed values of trees.
///
/// It takes what ``DynamicEncoder`` makes, and what becomes of that in JSON: UUIDs, dates and durations as text, decimals
/// as numbers or text. A number is taken only where it fits its type exactly.
public struct DynamicDecoder: Sendable {
  /// What types may ask the decoder for.
  public var userInfo: [CodingUserInfoKey: any Sendable] = [:]
  /// Whether a tree is decoded as its JSON would be.
  private let readsAsStored: Bool

  /// Makes a decoder.
  public init() { readsAsStored = false }

  /// Makes a decoder that may answer as if every tree had been written as JSON and read back before.
  ///
  /// A type that decodes itself can tell a tree from its JSON: there, a UUID or date is a text, and a whole Double a
  /// whole number. With `readingAsStored` it cannot. Whatever it asks for — a value of any type, nil, a container and its
  /// kind, its keys, their order and number, a super decoder — is answered, or refused with the same error, as
  /// `decode(type, from: JSONText.read(JSONText.write(tree)))` would: UUIDs, dates and durations are texts to whoever asks
  /// for a text, Doubles and decimals are the numbers that JSON makes of them, what JSON does not carry (derived values,
  /// the sign of a date of zero, the bits of a NaN) is not there, and a tree whose JSON could not be read fails with its
  /// ``JSONError``. No text is made where a type asks for what the tree holds.
  ///
  /// - Parameter readingAsStored: Whether trees are decoded so.
  package init(readingAsStored: Bool) { readsAsStored = readingAsStored }

  /// Makes the value of a tree.
  ///
  /// - Parameters:
  ///   - type: The value's type.
  ///   - value: The tree.
  /// - Returns: The value.
  /// - Throws: `DecodingError` with the path to what is wrong, and what the type's own decoding throws.
  public func decode<T: Decodable>(_ type: T.Type, from value: DynamicValue) throws -> T {
    let (value, readsAsStored) = readsAsStored ? try value.prepared() : (value, false)
    if userInfo.isEmpty {
      return try (readsAsStored ? TreeDecoder.stored : TreeDecoder.plain).decode(type, from: value, at: .same)
    }
    let root = TreeDecoder(value, userInfo: userInfo, readsAsStored: readsAsStored)
    return try withExtendedLifetime(root) { try root.decode(type, from: value, at: .same) }
  }
}
