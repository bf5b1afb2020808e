package import EventSourcing

extension DynamicRecord {
  /// Whether both have the same fields with the same values in the same order, to the bit.
  package func isIdentical(to other: DynamicRecord) -> Bool {
    guard fields.count == other.fields.count else { return false }
    for (left, right) in zip(fields, other.fields) {
      guard left.name == right.name, left.value.isIdentical(to: right.value) else { return false }
    }
    return true
  }
}

extension DynamicValue {
  /// Whether both are the same to the bit; unlike `==` it tells 0.0 from -0.0 and finds a NaN equal to itself.
  package func isIdentical(to other: DynamicValue) -> Bool {
    switch (self, other) {
    case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isIdentical(to: $1) }
    case (.record(let left), .record(let right)): left.isIdentical(to: right)
    default: self == other
    }
  }
}
