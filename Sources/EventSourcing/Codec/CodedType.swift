/// What the coders need to know of a type beyond its Codable conformance, found out once a type.
final class CodedType: Sendable {
  /// How the form that Codable gives is refined.
  enum Form: Sendable {
    case plain
    /// Keys that are texts become field names; entries are sorted, so that equal values have equal forms.
    case dictionary
    /// Elements are sorted, so that equal values have equal forms.
    case set
    /// A case without a payload is its name.
    case enumeration
    /// A type over a UUID is the UUID: as a field, or everywhere if it is an identity by conformance.
    case identity(always: Bool)
  }

  let form: Form
  let custom: CustomCoding?
  private let derivedValues: [Derived]
  /// Whether coding is nothing but what the type's own conformance does.
  let isOrdinary: Bool
  /// The forms of all values of an enum without payloads.
  let plainCases: PlainCases?
  /// How a list of Codable elements is coded.
  let list: (any ListCoding)?
  /// Coders that were used before.
  let encoders = Spares<TreeEncoder>()
  let decoders = Spares<TreeDecoder>()

  private struct Derived: Sendable {
    let name: String
    let value: @Sendable (UnsafeRawPointer) -> any Encodable
  }

  private static let table = TypeTable<CodedType>()

  @inline(__always)
  static func of(_ type: Any.Type) -> CodedType { table.entry(for: type) { CodedType(type) } }

  private init(_ type: Any.Type) {
    switch StandardGeneric(type) {
    case .dictionary: form = .dictionary
    case .set: form = .set
    case .array, .optional: form = .plain
    case nil:
      list = nil
      let custom = (type as? any SchemaProviding.Type).flatMap { $0 as? any CustomCoded.Type }.map { CustomCoding($0) }
      self.custom = custom
      derivedValues = (type as? any DerivedValues.Type).map { Self.derivedValues($0) } ?? []
      var plainCases: PlainCases?
      switch Reflection.shape(of: type) {
      case .enumeration(let cases):
        form = .enumeration
        if custom == nil, cases.allSatisfy({ $0.payload == nil }) { plainCases = PlainCases(type, count: cases.count) }
      case .structure(let fields) where fields.count == 1 && fields.first?.type == UUID.self:
        form = .identity(always: type is any AggregateIdentity.Type || type is any RawRepresentable.Type)
      default: form = .plain
      }
      isOrdinary = custom == nil && plainCases == nil && !SimpleType.isRare(type)
      self.plainCases = plainCases
      return
    }
    list = (type as? any ListType.Type)?.coding
    custom = nil
    isOrdinary = true
    plainCases = nil
    derivedValues = []
  }

  private static func derivedValues<Root: DerivedValues>(_ type: Root.Type) -> [Derived] {
    type.derivedValues.map { derived in
      Derived(name: derived.name) { derived.value($0.assumingMemoryBound(to: Root.self).pointee) }
    }
  }

  var isIdentity: Bool { if case .identity = form { true } else { false } }
  var isEnumeration: Bool { if case .enumeration = form { true } else { false } }
  var isDictionary: Bool { if case .dictionary = form { true } else { false } }

  /// The final form of a value of this type.
  ///
  /// - Parameters:
  ///   - tree: What the value's own `encode(to:)` made.
  ///   - value: The value.
  ///   - isField: Whether it is a field of another value.
  ///   - options: What the encoder was asked for.
  @inline(__always)
  func refine<T>(
    _ tree: DynamicValue, of value: T, isField: Bool, options: TreeEncoder.Options
  ) throws -> DynamicValue {
    if case .plain = form, derivedValues.isEmpty || !options.includesDerivedValues { return tree }
    return try refineForm(tree, of: value, isField: isField, options: options)
  }

  @inline(never)
  private func refineForm<T>(
    _ tree: DynamicValue, of value: T, isField: Bool, options: TreeEncoder.Options
  ) throws -> DynamicValue {
    var tree = tree
    switch (form, tree) {
    case (.set, .array(let elements)): return .array(elements.sorted(by: DynamicValue.precedes))
    case (.dictionary, .record(let record)):
      return .record(DynamicRecord(record.fields.sorted { $0.name < $1.name }))
    case (.dictionary, .array(let elements)): return DynamicValue(dictionaryEntries: elements)
    case (.enumeration, .record(let record)): if let name = record.nameOfCaseWithoutPayload { return .string(name) }
    case (.identity(let always), .record(let record)):
      if always || isField, record.fields.count == 1, case .uuid? = record.fields.first?.value {
        return record.fields[0].value
      }
    default: break
    }
    if options.includesDerivedValues, !derivedValues.isEmpty, case .record(var record) = tree {
      try withUnsafePointer(to: value) { pointer in
        for derived in derivedValues {
          let encoder = TreeEncoder(options: options)
          let field = try encoder.tree(of: derived.value(UnsafeRawPointer(pointer)), at: .name(derived.name))
          record.fields.append(DynamicRecord.Field(derived.name, field, isDerived: true))
        }
      }
      tree = .record(record)
    }
    return tree
  }
}

extension DynamicRecord {
  /// The name of the only field, where that is what Codable makes of a case without payload.
  var nameOfCaseWithoutPayload: String? {
    guard fields.count == 1, let field = fields.first, case .record(let payload) = field.value,
      payload.fields.isEmpty
    else { return nil }
    return field.name
  }
}

/// The generic types of the standard library that are coded in a way of their own.
enum StandardGeneric {
  case array, set, dictionary, optional

  private static let arrays = address(of: [Int].self)
  private static let sets = address(of: Set<Int>.self)
  private static let dictionaries = address(of: [Int: Int].self)

  private static func address(of type: Any.Type) -> UInt { UInt(bitPattern: Reflection.descriptor(of: type)) }

  init?(_ type: Any.Type) {
    switch Reflection.kind(of: type) {
    case .optional: self = .optional
    case .structure:
      switch Self.address(of: type) {
      case Self.arrays: self = .array
      case Self.sets: self = .set
      case Self.dictionaries: self = .dictionary
      default: return nil
      }
    default: return nil
    }
  }
}

extension DynamicValue {
  /// Whether it is a record in order, two fields of which have the same name.
  var hasDoubledNeighbours: Bool {
    guard case .record(let record) = self else { return false }
    return zip(record.fields, record.fields.dropFirst()).contains { $0.name == $1.name }
  }

  var isNull: Bool { if case .null = self { true } else { false } }

  /// The form of a dictionary whose keys are no texts to Codable: a record if they can be field names, else a list of
  /// keys and values in turn; sorted by key.
  init(dictionaryEntries elements: [DynamicValue]) {
    var entries: [(key: DynamicValue, name: String?, value: DynamicValue)] = []
    entries.reserveCapacity(elements.count / 2)
    for index in stride(from: 0, to: elements.count - 1, by: 2) {
      entries.append((elements[index], elements[index].fieldName, elements[index + 1]))
    }
    if entries.allSatisfy({ $0.name != nil }) {
      entries.sort { ($0.name ?? "") < ($1.name ?? "") }
      self = .record(DynamicRecord(entries.map { DynamicRecord.Field($0.name ?? "", $0.value) }))
    } else {
      entries.sort { Self.precedes($0.key, $1.key) }
      self = .array(entries.flatMap { [$0.key, $0.value] })
    }
  }

  /// The value as the name of a field, where it is a dictionary's key.
  private var fieldName: String? {
    switch self {
    case .string(let text): text
    case .uuid(let uuid): uuid.lowercaseText
    case .integer(let number): String(number)
    case .unsigned(let number): String(number)
    case .date(let date): DateText.write(date)
    default: nil
    }
  }
}
