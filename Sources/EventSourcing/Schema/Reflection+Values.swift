extension Reflection {
  /// Whether values of a type are made of nothing but values, so that one is the same as long as its bits are.
  ///
  /// - Parameter type: Any type.
  /// - Returns: False where an object, a function or something unknown lies in it.
  /// - Complexity: O(*n*) in the number of fields; nothing is kept.
  static func holdsNoObjects(_ type: Any.Type) -> Bool {
    var seen: Set<ObjectIdentifier> = []
    return holdsNoObjects(type, &seen)
  }

  private static func holdsNoObjects(_ type: Any.Type, _ seen: inout Set<ObjectIdentifier>) -> Bool {
    // A type that lies in itself adds nothing to what it is made of otherwise. No real type has so many parts.
    guard seen.insert(ObjectIdentifier(type)).inserted else { return true }
    guard seen.count < 1_000 else { return false }
    if isStandardValue(type) { return true }
    if let generic = StandardGeneric(type) {
      let count = if case .dictionary = generic { 2 } else { 1 }
      let arguments = genericArguments(of: type, count: count)
      return arguments.count == count && arguments.allSatisfy { holdsNoObjects($0, &seen) }
    }
    return switch shape(of: type) {
    case .structure(let fields): holdNoObjects(fields, &seen)
    case .tuple(let elements): holdNoObjects(elements, &seen)
    case .enumeration(let cases): cases.allSatisfy { holdNoObjects($0.payload ?? [], &seen) }
    default: false
    }
  }

  private static func holdNoObjects(_ fields: [Field], _ seen: inout Set<ObjectIdentifier>) -> Bool {
    fields.allSatisfy { field in field.type.map { holdsNoObjects($0, &seen) } ?? false }
  }

  private static let standardValues: Set<ObjectIdentifier> = Set(
    [
      String.self, Character.self, Bool.self, Float.self, Double.self, Int.self, Int8.self, Int16.self, Int32.self,
      Int64.self, Int128.self, UInt.self, UInt8.self, UInt16.self, UInt32.self, UInt64.self, UInt128.self, UUID.self,
      Date.self, Decimal.self, Duration.self, Data.self, URL.self,
    ].map { (type: Any.Type) in ObjectIdentifier(type) })

  private static func isStandardValue(_ type: Any.Type) -> Bool { standardValues.contains(ObjectIdentifier(type)) }
}
