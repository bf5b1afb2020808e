/// Makes trees of typed values.
///
/// Numbers, dates, UUIDs and durations stay exactly what they are. Beyond what a type's Codable conformance says:
/// a nil field is `null`; an enum's case without payload is its name, one with a payload a record of one field under
/// its name; a type over a UUID alone is the UUID; `Data` is Base64 text, a `URL` its text; a dictionary whose keys
/// are texts, numbers or UUIDs is a record; dictionaries and sets are sorted.
public struct DynamicEncoder: Sendable {
  /// Whether what a type lists as ``DerivedValues`` is added to its records.
  public var includesDerivedValues: Bool
  /// What types may ask the encoder for.
  public var userInfo: [CodingUserInfoKey: any Sendable] = [:]

  /// Makes an encoder.
  ///
  /// - Parameter includesDerivedValues: Whether derived values are added to records, marked as such.
  public init(includesDerivedValues: Bool = false) { self.includesDerivedValues = includesDerivedValues }

  /// Makes the tree of a value.
  ///
  /// - Parameter value: Any value whose type is Encodable.
  /// - Returns: Its tree.
  /// - Throws: What the value's own encoding throws, and `EncodingError` where it is nested too deeply.
  public func encode<T: Encodable>(_ value: T) throws -> DynamicValue {
    if let simple = SimpleType.tree(of: value) { return simple }
    var isUnusual = false
    return try TreeEncoder.encode(value, options: options, isUnusual: &isUnusual)
  }

  private var options: TreeEncoder.Options {
    userInfo.isEmpty
      ? (includesDerivedValues ? .derived : .plain)
      : TreeEncoder.Options(includesDerivedValues: includesDerivedValues, userInfo: userInfo)
  }
}
