/// The types that a tree holds as they are, told apart by their metadata's address: dynamic casts would cost more than
/// all else.
enum SimpleType {
  /// The tree of a value of one of these types; nil for other types.
  @inline(__always)
  static func tree<T>(of value: T) -> DynamicValue? {
    let type = ObjectIdentifier(T.self)
    if type == ObjectIdentifier(UUID.self) { return .uuid(unsafeBitCast(value, to: UUID.self)) }
    if type == ObjectIdentifier(Decimal.self) { return .decimal(unsafeBitCast(value, to: Decimal.self)) }
    if type == ObjectIdentifier(Date.self) { return .date(unsafeBitCast(value, to: Date.self)) }
    if type == ObjectIdentifier(String.self) { return .string(unsafeBitCast(value, to: String.self)) }
    if type == ObjectIdentifier(Int.self) { return .integer(Int64(unsafeBitCast(value, to: Int.self))) }
    if type == ObjectIdentifier(Double.self) { return .double(unsafeBitCast(value, to: Double.self)) }
    if type == ObjectIdentifier(Bool.self) { return .bool(unsafeBitCast(value, to: Bool.self)) }
    if type == ObjectIdentifier(Duration.self) { return .duration(unsafeBitCast(value, to: Duration.self)) }
    return nil
  }

  /// Whether it is one of the types that are met so seldom that they are told apart last.
  static func isRare(_ type: Any.Type) -> Bool {
    type == Data.self || type == URL.self || type == Int128.self || type == UInt128.self
  }

  /// The tree of a value of one of the rare types.
  @inline(never)
  static func rareTree<T>(of value: T) -> DynamicValue? {
    let type = ObjectIdentifier(T.self)
    if type == ObjectIdentifier(Data.self) {
      return .string(unsafeBitCast(value, to: Data.self).base64EncodedString())
    }
    if type == ObjectIdentifier(URL.self) {
      let url = unsafeBitCast(value, to: URL.self)
      return url.baseURL == nil ? .string(url.absoluteString) : nil
    }
    if type == ObjectIdentifier(Int128.self) { return DynamicValue(wide: unsafeBitCast(value, to: Int128.self)) }
    if type == ObjectIdentifier(UInt128.self) { return DynamicValue(wide: unsafeBitCast(value, to: UInt128.self)) }
    return nil
  }
}
