/// The type of a field, as far as reading and writing its values needs to know it.
public indirect enum TypeSchema: Sendable {
  /// `String`.
  case string
  /// `Bool`.
  case bool
  /// A whole number of a width in bits.
  case integer(bits: Int, isSigned: Bool)
  /// `Double` or `Float`.
  case floatingPoint(bits: Int)
  /// `Decimal`.
  case decimal
  /// `Date`.
  case date
  /// `Duration`.
  case duration
  /// `UUID`, or an identity type over it by the name given.
  case uuid(name: String)
  /// `Data`, written as Base64.
  case data
  /// A value that may be missing.
  case optional(TypeSchema)
  /// A list.
  case array(TypeSchema)
  /// A collection without order or repetition.
  case set(TypeSchema)
  /// Values by key.
  case dictionary(key: TypeSchema, value: TypeSchema)
  /// A type with fields.
  case record(RecordSchema)
  /// A type with cases.
  case enumeration(EnumerationSchema)
  /// A type that is read from a text of its own: `LosslessStringConvertible`, or raw-representable over a simple type.
  case text(TextSchema)
  /// A type that contains itself, further up.
  case recursive(name: String)
  /// A type for which no value can be written; the finding says why.
  case unreadable(name: String, reason: String)
}

/// A type with fields.
public struct RecordSchema: Sendable {
  /// The type's name.
  public var name: String
  /// Its fields in the order of declaration, derived ones last.
  public var fields: [FieldSchema]

  /// Makes a record's schema.
  public init(name: String, fields: [FieldSchema]) {
    self.name = name
    self.fields = fields
  }
}

/// A type with cases.
public struct EnumerationSchema: Sendable {
  /// One case.
  public struct Case: Sendable {
    /// The case's name.
    public var name: String
    /// The raw value in coded form, where the type has raw values.
    public var rawValue: DynamicValue?
    /// The payload's fields; `_0` and so on where they have no labels.
    public var fields: [FieldSchema]

    /// Makes a case.
    public init(_ name: String, rawValue: DynamicValue? = nil, fields: [FieldSchema] = []) {
      self.name = name
      self.rawValue = rawValue
      self.fields = fields
    }
  }

  /// The type's name.
  public var name: String
  /// The cases in the order of declaration.
  public var cases: [Case]

  /// Makes an enumeration's schema.
  public init(name: String, cases: [Case]) {
    self.name = name
    self.cases = cases
  }
}

/// A type that is read from a text of its own.
public struct TextSchema: Sendable {
  /// The type's name.
  public var name: String
  /// The coded form of a text; nil where it is none of the type.
  public var read: @Sendable (String) -> DynamicValue?
  /// The text of a coded form.
  public var write: @Sendable (DynamicValue) -> String?

  /// Makes the schema of a type read from text.
  public init(
    name: String, read: @escaping @Sendable (String) -> DynamicValue?,
    write: @escaping @Sendable (DynamicValue) -> String?
  ) {
    self.name = name
    self.read = read
    self.write = write
  }
}
