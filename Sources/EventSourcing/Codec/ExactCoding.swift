/// Types of which every value comes back from its stored form as it was, since the codec itself codes them, whatever a
/// program's own types say.
enum ExactCoding {
  /// Whether a type is one of these: texts, truth values, whole and decimal numbers, UUIDs, enums without payloads all
  /// of whose cases were coded and came back, and optionals and lists of them.
  static func holds(for type: Any.Type) -> Bool {
    switch ObjectIdentifier(type) {
    case ObjectIdentifier(String.self), ObjectIdentifier(Bool.self), ObjectIdentifier(UUID.self),
      ObjectIdentifier(Decimal.self), ObjectIdentifier(Int.self), ObjectIdentifier(Int64.self),
      ObjectIdentifier(Int32.self), ObjectIdentifier(Int16.self), ObjectIdentifier(Int8.self),
      ObjectIdentifier(UInt.self), ObjectIdentifier(UInt64.self), ObjectIdentifier(UInt32.self),
      ObjectIdentifier(UInt16.self), ObjectIdentifier(UInt8.self):
      return true
    default:
      if let container = type as? any OneTypeInside.Type { return holds(for: container.inner) }
      return CodedType.of(type).plainCases != nil
    }
  }
}

/// An optional or a list.
private protocol OneTypeInside {
  static var inner: Any.Type { get }
}

extension Optional: OneTypeInside {
  static var inner: Any.Type { Wrapped.self }
}

extension Array: OneTypeInside {
  static var inner: Any.Type { Element.self }
}
