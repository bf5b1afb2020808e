/// Makes a value in coded form of a type's schema, to see whether the type takes it.
enum SampleValue {
  /// How much a sample holds.
  enum Extent {
    /// One element in each collection, a value for each optional.
    case full
    /// Empty collections, nil optionals.
    case empty
  }

  /// A sample of a type; nil where none can be made.
  static func of(_ schema: TypeSchema, _ extent: Extent) -> DynamicValue? {
    switch schema {
    case .string: .string("Sämple")
    case .bool: .bool(true)
    case .integer: .integer(7)
    case .floatingPoint: .double(1.5)
    case .decimal: DecimalParts(mantissa: 1025, exponent: -2).decimal.map(DynamicValue.decimal)
    case .date: .date(Date(timeIntervalSinceReferenceDate: 800_000_000.5))
    case .duration: .duration(.milliseconds(1500))
    case .uuid: .uuid(UUID(uuid: (1, 2, 3, 4, 5, 6, 0x47, 8, 0x89, 10, 11, 12, 13, 14, 15, 16)))
    case .data: .string("AQID")
    case .optional(let wrapped): extent == .full ? of(wrapped, extent) ?? .null : .null
    case .array(let element), .set(let element):
      .array(extent == .full ? of(element, extent).map { [$0] } ?? [] : [])
    case .dictionary(let key, let value):
      if extent == .full, let key = of(key, .empty), let value = of(value, extent) {
        DynamicValue(dictionaryEntries: [key, value])
      } else {
        .record(DynamicRecord())
      }
    case .record(let record): fields(record.fields, extent).map { .record($0) }
    case .enumeration(let enumeration): of(enumeration, extent)
    case .text(let text): texts.lazy.compactMap(text.read).first
    case .recursive, .unreadable: nil
    }
  }

  /// A sample of several fields; nil where one of them has none.
  static func fields(_ fields: [FieldSchema], _ extent: Extent) -> DynamicRecord? {
    var record = DynamicRecord()
    for field in fields where !field.isDerived {
      guard let value = of(field.type, extent) else { return nil }
      record.fields.append(DynamicRecord.Field(field.name, value))
    }
    return record
  }

  private static func of(_ enumeration: EnumerationSchema, _ extent: Extent) -> DynamicValue? {
    let cases = extent == .full ? enumeration.cases : enumeration.cases.reversed()
    for found in cases {
      if let payload = fields(found.fields, extent) { return found.coded(payload) }
    }
    return nil
  }

  /// Texts of which one fits most types that are read from text.
  private static let texts = [
    "Sämple", "sample", "1", "1.5", "a@example.org", "https://example.org", "2026-01-31", "EUR",
  ]
}

extension EnumerationSchema.Case {
  /// The coded form of a value of this case.
  ///
  /// - Parameter payload: The payload's fields.
  /// - Returns: The raw value where there is one, the name alone without a payload, else a record of one field under
  ///   the case's name.
  public func coded(_ payload: DynamicRecord = DynamicRecord()) -> DynamicValue {
    if let rawValue { return rawValue }
    return fields.isEmpty ? .string(name) : .record(DynamicRecord([DynamicRecord.Field(name, .record(payload))]))
  }
}

extension EnumerationSchema {
  /// Which case a coded form is, with its payload; nil where it is none.
  public func find(_ value: DynamicValue) -> (index: Int, payload: DynamicRecord)? {
    switch value {
    case .record(let record):
      guard record.fields.count == 1, let field = record.fields.first, case .record(let payload) = field.value,
        let index = cases.firstIndex(where: { $0.name == field.name })
      else { return nil }
      return (index, payload)
    default:
      return cases.firstIndex {
        $0.rawValue == value || ($0.rawValue == nil && $0.fields.isEmpty && value == .string($0.name))
      }.map { ($0, DynamicRecord()) }
    }
  }
}

extension DynamicValue {
  /// Whether two values have the same form: the same kinds and field names throughout.
  func hasForm(of other: DynamicValue) -> Bool {
    switch (self, other) {
    case (.null, .null), (.bool, .bool), (.string, .string), (.uuid, .uuid), (.date, .date), (.duration, .duration):
      true
    case (.integer, .integer), (.unsigned, .unsigned), (.double, .double), (.decimal, .decimal): true
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.hasForm(of: $1) }
    case (.record(let left), .record(let right)): left.hasForm(of: right)
    default: false
    }
  }
}

extension DynamicRecord {
  /// Whether two records have the same fields, of the same form.
  func hasForm(of other: DynamicRecord) -> Bool {
    fields.count == other.fields.count
      && fields.allSatisfy { field in other[field.name].map { field.value.hasForm(of: $0) } == true }
  }
}
