extension TypeSchema {
  /// Reads how values of a type are written from the compiler's metadata.
  ///
  /// - Parameter type: Any type.
  /// - Returns: Its schema; `unreadable` with a reason where no value of it can be written.
  public static func reflecting(_ type: Any.Type) -> TypeSchema {
    cache.entry(for: type) {
      var reflector = SchemaReflector()
      return Cached(reflector.schema(of: type))
    }.schema
  }

  /// The schema of a type that stands for itself, such as a state: a record even if it holds no more than an identity.
  package static func reflectingRecord(_ type: Any.Type) -> TypeSchema {
    records.entry(for: type) {
      var reflector = SchemaReflector()
      return Cached(reflector.schema(of: type, isField: false))
    }.schema
  }

  private final class Cached: Sendable {
    let schema: TypeSchema
    init(_ schema: TypeSchema) { self.schema = schema }
  }

  private static let cache = TypeTable<Cached>()
  private static let records = TypeTable<Cached>()
}

/// Reads the schemas of types.
struct SchemaReflector {
  /// The types around the one being read.
  private var around: [ObjectIdentifier] = []

  mutating func schema(of type: Any.Type, isField: Bool = true) -> TypeSchema {
    if let simple = Self.simple(type) { return simple }
    let id = ObjectIdentifier(type)
    if around.contains(id) { return .recursive(name: typeName(type)) }
    around.append(id)
    defer { around.removeLast() }
    if let generic = StandardGeneric(type) { return schema(of: type, generic) }
    if let provider = type as? any SchemaProviding.Type { return provider.typeSchema }
    switch Reflection.shape(of: type) {
    case .enumeration(let cases): return enumeration(type, cases)
    case .structure(let fields): return structure(type, fields, isField: isField)
    case .object:
      return unreadable(type, "is a class, whose objects can change behind an event's back; make it a struct")
    case .function: return unreadable(type, "is a function, of which no value can be stored")
    case .existential: return unreadable(type, "is a protocol or Any, so nobody knows which type to read")
    case .metatype: return unreadable(type, "is a type of types, of which no value can be stored")
    case .tuple: return unreadable(type, "is a tuple, which cannot be stored; make it a struct")
    case .optional: return unreadable(type, "has an unknown layout")
    case .other(let reason): return unreadable(type, "cannot be read: \(reason)")
    }
  }

  private func unreadable(_ type: Any.Type, _ reason: String) -> TypeSchema {
    .unreadable(name: typeName(type), reason: reason)
  }

  private static func simple(_ type: Any.Type) -> TypeSchema? {
    switch ObjectIdentifier(type) {
    case ObjectIdentifier(String.self): .string
    case ObjectIdentifier(Bool.self): .bool
    case ObjectIdentifier(Int.self): .integer(bits: Int.bitWidth, isSigned: true)
    case ObjectIdentifier(Decimal.self): .decimal
    case ObjectIdentifier(UUID.self): .uuid(name: "UUID")
    case ObjectIdentifier(Date.self): .date
    case ObjectIdentifier(Double.self): .floatingPoint(bits: 64)
    case ObjectIdentifier(Float.self): .floatingPoint(bits: 32)
    case ObjectIdentifier(Duration.self): .duration
    case ObjectIdentifier(Data.self): .data
    case ObjectIdentifier(Int8.self): .integer(bits: 8, isSigned: true)
    case ObjectIdentifier(Int16.self): .integer(bits: 16, isSigned: true)
    case ObjectIdentifier(Int32.self): .integer(bits: 32, isSigned: true)
    case ObjectIdentifier(Int64.self): .integer(bits: 64, isSigned: true)
    case ObjectIdentifier(Int128.self): .integer(bits: 128, isSigned: true)
    case ObjectIdentifier(UInt.self): .integer(bits: UInt.bitWidth, isSigned: false)
    case ObjectIdentifier(UInt8.self): .integer(bits: 8, isSigned: false)
    case ObjectIdentifier(UInt16.self): .integer(bits: 16, isSigned: false)
    case ObjectIdentifier(UInt32.self): .integer(bits: 32, isSigned: false)
    case ObjectIdentifier(UInt64.self): .integer(bits: 64, isSigned: false)
    case ObjectIdentifier(UInt128.self): .integer(bits: 128, isSigned: false)
    case ObjectIdentifier(URL.self): .text(urls)
    default: nil
    }
  }

  private static let urls = TextSchema(
    name: "URL", read: { URL(string: $0).map { .string($0.absoluteString) } },
    write: { if case .string(let text) = $0 { text } else { nil } })

  private mutating func schema(of type: Any.Type, _ generic: StandardGeneric) -> TypeSchema {
    let arguments = Reflection.genericArguments(of: type, count: generic == .dictionary ? 2 : 1)
    guard let first = arguments.first else { return unreadable(type, "has an unknown layout") }
    switch generic {
    case .optional: return .optional(schema(of: first))
    case .array: return .array(schema(of: first))
    case .set: return .set(schema(of: first))
    case .dictionary:
      guard arguments.count == 2 else { return unreadable(type, "has an unknown layout") }
      return .dictionary(key: schema(of: first), value: schema(of: arguments[1]))
    }
  }

  // MARK: Enums

  private mutating func enumeration(_ type: Any.Type, _ cases: [Reflection.Case]) -> TypeSchema {
    let rawValues = cases.allSatisfy { $0.payload == nil } ? RawValues.values(of: type, count: cases.count) : nil
    var schema = EnumerationSchema(name: typeName(type), cases: [])
    for (tag, found) in cases.enumerated() {
      schema.cases.append(
        EnumerationSchema.Case(
          found.name, rawValue: rawValues.map { tag < $0.count ? $0[tag] : nil } ?? nil,
          fields: fields(ofPayload: found.payload)))
    }
    return .enumeration(schema)
  }

  /// The fields of a case's payload; values without labels are called by their places.
  mutating func fields(ofPayload payload: [Reflection.Field]?) -> [FieldSchema] {
    (payload ?? []).enumerated().map { place, field in
      FieldSchema(field.name ?? "_\(place)", schema(ofField: field))
    }
  }

  private mutating func schema(ofField field: Reflection.Field) -> TypeSchema {
    guard let type = field.type else {
      return .unreadable(name: "?", reason: "has a type that the runtime cannot name")
    }
    return schema(of: type)
  }

  // MARK: Structs

  private mutating func structure(_ type: Any.Type, _ fields: [Reflection.Field], isField: Bool) -> TypeSchema {
    let name = typeName(type)
    let isIdentity = fields.count == 1 && fields.first?.type == UUID.self
    let isAlwaysIdentity = isIdentity && (type is any AggregateIdentity.Type || type is any RawRepresentable.Type)
    if isIdentity, isField || isAlwaysIdentity { return .uuid(name: name) }
    if isField, let text = TextForm.schema(of: type, name: name) { return text }
    guard let decodable = type as? any Decodable.Type else {
      return .unreadable(name: name, reason: "is not Codable")
    }
    switch CodingShape(of: decodable) {
    case .record(let keys): return .record(record(type, name, fields, keys: keys))
    case .list:
      return .unreadable(
        name: name, reason: "codes itself as a list; conform it to SchemaProviding to say how it is written")
    case .single:
      if type is any Encodable.Type, let raw = (type as? any RawRepresentable.Type).flatMap({ rawSchema($0) }) {
        return raw
      }
      return .unreadable(
        name: name,
        reason: "codes itself as a single value; conform it to LosslessStringConvertible or SchemaProviding")
    case .none: return .record(record(type, name, fields, keys: nil))
    }
  }

  private mutating func rawSchema<T: RawRepresentable>(_ type: T.Type) -> TypeSchema? {
    T.RawValue.self == T.self ? nil : schema(of: T.RawValue.self)
  }

  private mutating func record(
    _ type: Any.Type, _ name: String, _ fields: [Reflection.Field], keys: [(name: String, written: String)]?
  ) -> RecordSchema {
    var record = RecordSchema(name: name, fields: [])
    for field in fields {
      guard let fieldName = field.name else { continue }
      guard let keys else {
        record.fields.append(FieldSchema(fieldName, schema(ofField: field)))
        continue
      }
      // A property without a coding key is no part of the coded form; a wrapped one's storage starts with `_`.
      guard let key = keys.first(where: { $0.name == fieldName || "_" + $0.name == fieldName }) else { continue }
      record.fields.append(FieldSchema(key.written, schema(ofField: field)))
    }
    if let derived = type as? any DerivedValues.Type {
      for (name, type) in Self.derivedValues(derived) {
        record.fields.append(FieldSchema(name, schema(of: type), isDerived: true))
      }
    }
    return record
  }

  private static func derivedValues<Root: DerivedValues>(_ type: Root.Type) -> [(String, Any.Type)] {
    type.derivedValues.map { ($0.name, $0.type) }
  }
}

/// The raw values of an enum in coded form, by tag; nil where it has none.
private enum RawValues {
  static func values(of type: Any.Type, count: Int) -> [DynamicValue]? {
    guard let raw = type as? any (RawRepresentable & Encodable).Type else { return nil }
    return values(raw, count: count)
  }

  private static func values<T: RawRepresentable & Encodable>(_ type: T.Type, count: Int) -> [DynamicValue]? {
    guard let tags = EnumTag(T.self) else { return nil }
    var values: [DynamicValue] = []
    for tag in 0..<count {
      guard let value = tags.value(type, ofCaseWithoutPayload: tag), let coded = try? DynamicEncoder().encode(value)
      else { return nil }
      values.append(coded)
    }
    return values
  }
}

/// The schema of a type that can be read from its description.
private enum TextForm {
  static func schema(of type: Any.Type, name: String) -> TypeSchema? {
    guard let text = type as? any (LosslessStringConvertible & Codable & SendableMetatype).Type else { return nil }
    return .text(make(text, name: name))
  }

  private static func make<T: LosslessStringConvertible & Codable & SendableMetatype>(
    _ type: T.Type, name: String
  ) -> TextSchema {
    TextSchema(
      name: name,
      read: { T($0).flatMap { try? DynamicEncoder().encode($0) } },
      write: { (try? DynamicDecoder().decode(T.self, from: $0)).map(\.description) })
  }
}
