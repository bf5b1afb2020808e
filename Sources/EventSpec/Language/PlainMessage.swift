import EventSourcing

/// A message as the plain reader knows it: one whose name means nothing else.
final class PlainMessage: Sendable {
  let name: [UInt8]
  let kind: MessageTemplate.Kind
  let aggregate: AggregateModel
  let caseIndex: Int
  let fields: PlainFields
  /// The index of the field that carries the aggregate's identity, if there is one.
  let identityIndex: Int?

  private init(_ name: String, _ kind: MessageTemplate.Kind, _ aggregate: AggregateModel, _ caseIndex: Int) {
    let described = aggregate.cases(of: kind == .event ? .event : .command)[caseIndex]
    self.name = Array(name.utf8)
    self.kind = kind
    self.aggregate = aggregate
    self.caseIndex = caseIndex
    fields = PlainFields(described.fields.fields)
    identityIndex = described.identityIndex
  }

  /// First words of phrases, which win over names.
  private static let reserved: Set<String> = [
    "any", "conflict", "error", "events", "meanwhile", "metadata", "no", "pass", "passes", "state", "stored", "the",
    "version",
  ]

  /// The messages that can be read plainly, by the hashes of their names as they are written.
  static func all(
    _ aggregates: [AggregateModel], _ messages: NameTable<MessageName>, _ views: NameTable<Int>
  ) -> [UInt64: PlainMessage] {
    var found: [UInt64: PlainMessage] = [:]
    for aggregate in aggregates {
      for (kind, cases) in aggregate.messages where kind != .error {
        for (index, message) in cases.enumerated() {
          for name in Set([message.name, message.displayName]) {
            let isPlain =
              name.utf8.allSatisfy(PlainReader.isWordByte) && !NumberLiteral.isDigit(name.utf8.first ?? 0x30)
            guard isPlain, !reserved.contains(name.lowercased()), messages[name.utf8].count == 1,
              views[name.utf8].isEmpty
            else { continue }
            let plain = PlainMessage(name, kind == .event ? .event : .command, aggregate, index)
            found[StepMemory.hash(plain.name[...])] = plain
          }
        }
      }
    }
    return found
  }
}

/// The fields of a record as the plain reader knows them.
struct PlainFields: Sendable {
  struct Field: Sendable {
    let schema: FieldSchema
    let name: [UInt8]
    let type: PlainType
    let isOptional: Bool
    let path: [PathComponent]
    /// What the value is that nobody wrote, if that is known.
    let missing: DynamicValue?
  }

  let fields: [Field]

  init(_ schemas: [FieldSchema]) {
    fields = schemas.map { schema in
      Field(
        schema: schema, name: Array(schema.name.utf8), type: PlainType(schema.type), isOptional: schema.isOptional,
        path: [.field(schema.name)], missing: schema.defaultValue ?? (schema.isOptional ? .null : nil))
    }
  }

  /// The index of a field of exactly this name, looked for from an index on.
  func index(of name: ArraySlice<UInt8>, from start: Int) -> Int? {
    for index in start..<max(start, fields.count) where fields[index].name.elementsEqual(name) { return index }
    return nil
  }
}

/// A type as the plain reader knows it.
enum PlainType: Sendable {
  case string
  case uuid
  case bool
  case integer(bits: Int, isSigned: Bool)
  case floatingPoint(bits: Int)
  case decimal
  case text(TextSchema)
  /// The names of the cases without payload, with their values.
  case cases([(name: [UInt8], value: DynamicValue)])
  case record(PlainFields)
  /// What takes more than the plain reader knows.
  case other

  init(_ type: TypeSchema) {
    switch type.unwrapped {
    case .string: self = .string
    case .uuid: self = .uuid
    case .bool: self = .bool
    case .integer(let bits, let isSigned): self = .integer(bits: bits, isSigned: isSigned)
    case .floatingPoint(let bits): self = .floatingPoint(bits: bits)
    case .decimal: self = .decimal
    case .text(let schema): self = .text(schema)
    case .enumeration(let schema):
      self = .cases(
        schema.cases.indices.filter { schema.cases[$0].fields.isEmpty }.map { index in
          (Array(schema.cases[index].name.utf8), schema.constant(index))
        })
    case .record(let schema): self = .record(PlainFields(schema.fields))
    default: self = .other
    }
  }
}
