/// A value of the domain as a tree: what the codec makes of typed values, and typed values are made of.
public enum DynamicValue: Sendable, Hashable {
  /// Nothing.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number that fits 64 bits with a sign.
  case integer(Int64)
  /// A whole number above those.
  case unsigned(UInt64)
  /// A binary floating point number.
  case double(Double)
  /// A decimal number.
  case decimal(Decimal)
  /// A text.
  case string(String)
  /// A UUID.
  case uuid(UUID)
  /// A point in time.
  case date(Date)
  /// A length of time.
  case duration(Duration)
  /// A list.
  case array([DynamicValue])
  /// Fields by name.
  case record(DynamicRecord)
}

/// Fields with their values, in the order in which they were coded.
public struct DynamicRecord: Sendable, Hashable {
  /// One field.
  public struct Field: Sendable, Hashable {
    /// The field's name.
    public var name: String
    /// The field's value.
    public var value: DynamicValue
    /// Whether the value is derived from others and is no part of the stored form.
    public var isDerived: Bool

    /// Makes a field.
    public init(_ name: String, _ value: DynamicValue, isDerived: Bool = false) {
      self.name = name
      self.value = value
      self.isDerived = isDerived
    }
  }

  /// The fields.
  public var fields: [Field]

  /// Makes a record.
  public init(_ fields: [Field] = []) { self.fields = fields }

  /// The value of a field, nil where there is none.
  ///
  /// - Complexity: O(*n*) in the number of fields.
  public subscript(name: String) -> DynamicValue? {
    get { fields.first { $0.name == name }?.value }
    set {
      if let index = fields.firstIndex(where: { $0.name == name }) {
        if let newValue { fields[index].value = newValue } else { fields.remove(at: index) }
      } else if let newValue {
        fields.append(Field(name, newValue))
      }
    }
  }
}
