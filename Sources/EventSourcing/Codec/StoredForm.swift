// What becomes of a tree on its way through JSON text, found out without writing the text.

extension DynamicValue {
  /// What JSON makes of a single value; a list or record is left as it is.
  ///
  /// - Throws: ``JSONError`` where JSON would not be read back.
  func storedScalar() throws -> DynamicValue {
    switch self {
    case .null, .bool, .integer, .string, .array, .record: self
    case .unsigned(let number): DynamicValue(unsigned: number)
    case .uuid(let uuid): .string(uuid.lowercaseText)
    case .date(let date): .string(DateText.write(date))
    case .duration(let duration): .string(DurationText.write(duration))
    case .double, .decimal: try JSONText.read(JSONText.write(self))
    }
  }

  /// What JSON makes of the whole tree.
  ///
  /// - Throws: ``JSONError`` where JSON would not be read back.
  func stored() throws -> DynamicValue { try JSONText.read(JSONText.write(self)) }

  /// The tree for a decoder that reads as stored: itself in nearly all cases, its JSON's where it has derived values.
  ///
  /// - Returns: The tree, and whether it is still to be read as stored: what JSON makes of a number is not what it makes
  ///   of that in turn.
  /// - Throws: ``JSONError`` where JSON would not be read back: two fields of one name, or too deep a nesting.
  /// - Complexity: O(*n*) in the number of fields and elements.
  func prepared() throws -> (tree: DynamicValue, readsAsStored: Bool) {
    switch shape(depth: 0) {
    case .usual: (self, true)
    case .derived, .refused: (try stored(), false)
    }
  }

  /// Whether JSON has a tree's records and lists as they are.
  private enum Shape { case usual, derived, refused }

  private func shape(depth: Int) -> Shape {
    var shape = Shape.usual
    switch self {
    case .array(let elements):
      guard depth < deepestNesting else { return .refused }
      for element in elements {
        switch element.shape(depth: depth + 1) {
        case .usual: continue
        case .derived: shape = .derived
        case .refused: return .refused
        }
      }
    case .record(let record):
      guard depth < deepestNesting, !record.hasDoubledName else { return .refused }
      for field in record.fields {
        if field.isDerived {
          shape = .derived
          continue
        }
        switch field.value.shape(depth: depth + 1) {
        case .usual: continue
        case .derived: shape = .derived
        case .refused: return .refused
        }
      }
    default: break
    }
    return shape
  }
}

extension DynamicRecord {
  /// Whether two fields that are stored have the same name.
  fileprivate var hasDoubledName: Bool {
    // One bit a name tells nearly always that no field before has it; names beyond ASCII can be equal in other bytes.
    var marks: UInt64 = 0
    var isCertain = true
    for field in fields where !field.isDerived {
      var sum: UInt64 = 0
      for byte in field.name.utf8 {
        sum = sum &* 31 &+ UInt64(byte)
        if byte >= 0x80 { isCertain = false }
      }
      let mark: UInt64 = 1 << (sum & 63)
      if marks & mark != 0 { isCertain = false }
      marks |= mark
    }
    if isCertain { return false }
    var names: Set<String> = []
    return fields.contains { !$0.isDerived && !names.insert($0.name).inserted }
  }
}

extension Decimal {
  /// Whether JSON gives the number back in the very same digits, as it does where they do not end in zeros and there are
  /// not too many of them.
  @inline(__always)
  var staysInJSON: Bool {
    guard let parts = DecimalParts(self), let mantissa = UInt64(exactly: parts.mantissa) else { return false }
    if mantissa == 0 { return exponent == 0 }
    return mantissa % 10 != 0 && parts.exponent >= -20 && parts.exponent <= 20
  }
}

extension Date {
  /// Whether its text gives the point in time back in the very same bits.
  @inline(__always)
  var staysInJSON: Bool {
    let interval = timeIntervalSinceReferenceDate
    return abs(interval) < 9e15 && interval != 0
  }
}

extension Duration {
  /// Whether its text gives the length of time back.
  @inline(__always)
  var staysInJSON: Bool { components.seconds.magnitude < 1 << 62 }
}
