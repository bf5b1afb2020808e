package import EventSourcing

/// A domain's names with their schemas, prepared once so that steps are read quickly.
///
/// It is immutable and shared by all scenarios.
package final class DomainModel: Sendable {
  /// The domain's name.
  package let name: String
  /// The aggregates, in the domain's order.
  package let aggregates: [AggregateModel]
  /// The views, in the domain's order.
  package let views: [ViewModel]
  /// Names that stand for UUIDs, shared by all scenarios of a run.
  package let names = IdentityNames()

  let messages: NameTable<MessageName>
  let aggregatesByName: NameTable<Int>
  let viewsByName: NameTable<Int>
  /// Messages that can be read plainly, by the hashes of their names.
  private let plainMessages: [UInt64: PlainMessage]
  /// Types that may contain themselves, by name.
  private let namedTypes: [String: TypeSchema]
  /// The tables of records and payloads within, by where their fields lie in memory: as long as the table holds them,
  /// nothing else lies there.
  private let tables: [UInt: FieldTable]

  /// Prepares the names of a domain.
  ///
  /// - Parameters:
  ///   - name: The domain's name.
  ///   - aggregates: The aggregates; their indices are given anew.
  ///   - views: The views.
  package init(name: String, aggregates: [AggregateModel], views: [ViewModel]) {
    var messages = NameTable<MessageName>()
    var aggregatesByName = NameTable<Int>()
    var viewsByName = NameTable<Int>()
    var numbered: [AggregateModel] = []
    for (index, aggregate) in aggregates.enumerated() {
      let aggregate = aggregate.numbered(index)
      numbered.append(aggregate)
      aggregatesByName.add(aggregate.name, index)
      for (kind, cases) in aggregate.messages {
        for (caseIndex, message) in cases.enumerated() {
          messages.add(message.name, MessageName(kind: kind, aggregate: index, caseIndex: caseIndex))
          if NormalizedName.areEqual(message.storedName.utf8, message.name.utf8) { continue }
          messages.add(message.storedName, MessageName(kind: kind, aggregate: index, caseIndex: caseIndex))
        }
      }
    }
    for (index, view) in views.enumerated() { viewsByName.add(view.name, index) }
    var namedTypes: [String: TypeSchema] = [:]
    let fields = numbered.flatMap { $0.messages.flatMap(\.cases).flatMap(\.fields.fields) }
    for type in numbered.map(\.state) + views.map(\.row) + fields.map(\.type) { type.collectNames(into: &namedTypes) }
    var tables: [UInt: FieldTable] = [:]
    for type in numbered.map(\.state) + views.map(\.row) + fields.map(\.type) { type.collectTables(into: &tables) }
    self.namedTypes = namedTypes
    self.tables = tables
    plainMessages = PlainMessage.all(numbered, messages, viewsByName)
    self.name = name
    self.aggregates = numbered
    self.views = views
    self.messages = messages
    self.aggregatesByName = aggregatesByName
    self.viewsByName = viewsByName
  }

  /// The type itself where the schema only names one that lies further up.
  func resolve(_ type: TypeSchema) -> TypeSchema {
    if case .recursive(let name) = type { namedTypes[name] ?? type } else { type }
  }

  /// A table of the fields of a record or of a case's payload.
  ///
  /// - Complexity: O(1) for fields of this domain's schemas.
  func table(of fields: [FieldSchema]) -> FieldTable {
    if let known = tables[FieldTable.address(of: fields)] { return known }
    return FieldTable(fields)
  }

  /// The message of exactly this name, if nothing else could be meant by it.
  func plainMessage(_ name: ArraySlice<UInt8>) -> PlainMessage? {
    guard let message = plainMessages[StepMemory.hash(name)], message.name.elementsEqual(name) else { return nil }
    return message
  }

  /// One aggregate, nil for an index that is none.
  package func aggregate(_ index: Int) -> AggregateModel? {
    aggregates.indices.contains(index) ? aggregates[index] : nil
  }

  /// One case of an aggregate's messages, nil where there is none.
  package func message(_ kind: MessageName.Kind, aggregate: Int, caseIndex: Int) -> CaseModel? {
    guard let aggregate = self.aggregate(aggregate) else { return nil }
    let cases = aggregate.cases(of: kind)
    return cases.indices.contains(caseIndex) ? cases[caseIndex] : nil
  }

  /// The name as one writes it, with its aggregate where other messages have the same name.
  package func displayName(_ message: MessageName) -> String {
    guard let model = self.message(message.kind, aggregate: message.aggregate, caseIndex: message.caseIndex),
      let aggregate = aggregate(message.aggregate)
    else { return "" }
    return messages[model.displayName.utf8].count > 1 ? aggregate.name + "." + model.displayName : model.displayName
  }

  /// The nearest known name to a wrong one, of the kinds given.
  ///
  /// - Parameters:
  ///   - name: The wrong name.
  ///   - kinds: The kinds of messages that could have been meant.
  ///   - aggregate: The only aggregate that could have been meant, if so.
  ///   - includesViews: Whether a view could have been meant.
  /// - Complexity: O(*n*) in the number of names.
  func nearest(
    to name: String, of kinds: MessageKinds, in aggregate: Int? = nil, includesViews: Bool = false
  ) -> String? {
    var candidates: [String] = []
    for model in aggregates where aggregate == nil || aggregate == model.index {
      for (kind, cases) in model.messages where kinds.contains(kind) {
        candidates += cases.map(\.displayName)
      }
    }
    if includesViews { candidates += views.map(\.name) }
    return NearestName.nearest(to: name, among: candidates)
  }
}

extension TypeSchema {
  /// Collects the records and enumerations inside by name; a schema is finite, since what recurs is only named.
  fileprivate func collectNames(into types: inout [String: TypeSchema]) {
    switch self {
    case .optional(let inner), .array(let inner), .set(let inner): inner.collectNames(into: &types)
    case .dictionary(let key, let value):
      key.collectNames(into: &types)
      value.collectNames(into: &types)
    case .record(let schema):
      if types[schema.name] == nil { types[schema.name] = self }
      for field in schema.fields { field.type.collectNames(into: &types) }
    case .enumeration(let schema):
      if types[schema.name] == nil { types[schema.name] = self }
      for field in schema.cases.flatMap(\.fields) { field.type.collectNames(into: &types) }
    default: break
    }
  }
}

extension TypeSchema {
  /// Collects tables of all fields inside; a schema is finite, since what recurs is only named.
  fileprivate func collectTables(into tables: inout [UInt: FieldTable]) {
    switch self {
    case .optional(let inner), .array(let inner), .set(let inner): inner.collectTables(into: &tables)
    case .dictionary(let key, let value):
      key.collectTables(into: &tables)
      value.collectTables(into: &tables)
    case .record(let schema): FieldTable.collect(schema.fields, into: &tables)
    case .enumeration(let schema): for one in schema.cases { FieldTable.collect(one.fields, into: &tables) }
    default: break
    }
  }
}

extension FieldTable {
  /// Where an array of fields lies in memory.
  fileprivate static func address(of fields: [FieldSchema]) -> UInt {
    fields.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
  }

  fileprivate static func collect(_ fields: [FieldSchema], into tables: inout [UInt: FieldTable]) {
    if fields.isEmpty { return }
    let address = address(of: fields)
    if tables[address] == nil { tables[address] = FieldTable(fields) }
    for field in fields { field.type.collectTables(into: &tables) }
  }
}

/// Some kinds of messages.
struct MessageKinds: OptionSet, Sendable {
  let rawValue: Int

  static let event = MessageKinds(rawValue: 1)
  static let command = MessageKinds(rawValue: 2)
  static let error = MessageKinds(rawValue: 4)

  init(rawValue: Int) { self.rawValue = rawValue }

  init(_ kind: MessageName.Kind) {
    switch kind {
    case .event: self = .event
    case .command: self = .command
    case .error: self = .error
    }
  }

  func contains(_ kind: MessageName.Kind) -> Bool { contains(MessageKinds(kind)) }
}

/// A message's place in the domain.
package struct MessageName: Sendable, Hashable {
  /// What kind of message it is.
  package enum Kind: String, Sendable, Hashable, CaseIterable { case event, command, error }

  package var kind: Kind
  package var aggregate: Int
  package var caseIndex: Int

  package init(kind: Kind, aggregate: Int, caseIndex: Int) {
    self.kind = kind
    self.aggregate = aggregate
    self.caseIndex = caseIndex
  }
}

/// An aggregate as the language knows it.
package final class AggregateModel: Sendable {
  /// The index in the domain.
  package let index: Int
  package let name: String
  /// The first part of its streams' names.
  package let category: String
  package let identityField: String
  package let identityType: TypeSchema
  package let state: TypeSchema
  package let commands: [CaseModel]
  package let events: [CaseModel]
  package let errors: [CaseModel]
  /// The name of the error type, which several aggregates may share.
  package let errorType: String
  /// The stored event types that its upcasters take.
  package let upcastTypes: [String]
  /// What a stream is called that nobody named.
  package let defaultInstance: String
  /// Makes a typed command or event of a payload.
  let decode: @Sendable (MessageTemplate.Kind, Int, DynamicRecord) throws -> (any DomainMessage)?

  package init(
    name: String, category: String, identityField: String, identityType: TypeSchema, state: TypeSchema,
    commands: MessageSchema, events: MessageSchema, errors: MessageSchema, upcastTypes: [String] = [],
    decode: @escaping @Sendable (MessageTemplate.Kind, Int, DynamicRecord) throws -> (any DomainMessage)? = { _, _, _ in
      nil
    }
  ) {
    index = 0
    self.name = name
    self.category = category
    self.identityField = identityField
    self.identityType = identityType
    self.state = state
    self.commands = commands.cases.map { CaseModel($0, isEvent: false, identityField: identityField) }
    self.events = events.cases.map { CaseModel($0, isEvent: true, identityField: identityField) }
    self.errors = errors.cases.map { CaseModel($0, isEvent: false, identityField: identityField) }
    errorType = errors.typeName
    self.upcastTypes = upcastTypes
    defaultInstance = lowerCamelCase(name)
    self.decode = decode
  }

  private init(_ other: AggregateModel, index: Int) {
    self.index = index
    name = other.name
    category = other.category
    identityField = other.identityField
    identityType = other.identityType
    state = other.state
    commands = other.commands
    events = other.events
    errors = other.errors
    errorType = other.errorType
    upcastTypes = other.upcastTypes
    defaultInstance = other.defaultInstance
    decode = other.decode
  }

  fileprivate func numbered(_ index: Int) -> AggregateModel { AggregateModel(self, index: index) }

  /// All messages by kind.
  var messages: [(kind: MessageName.Kind, cases: [CaseModel])] {
    [(.event, events), (.command, commands), (.error, errors)]
  }

  func cases(of kind: MessageName.Kind) -> [CaseModel] {
    switch kind {
    case .event: events
    case .command: commands
    case .error: errors
    }
  }
}

/// One case of a message type as the language knows it.
package final class CaseModel: Sendable {
  /// The case's name in Swift.
  package let name: String
  /// The stored type name.
  package let storedName: String
  package let formerStoredNames: [String]
  package let fields: FieldTable
  /// The index of the field that carries the aggregate's identity, if there is one.
  package let identityIndex: Int?
  /// The name as one writes it in a spec.
  package let displayName: String

  init(_ schema: CaseSchema, isEvent: Bool, identityField: String) {
    name = schema.name
    storedName = schema.storedName
    formerStoredNames = schema.formerStoredNames
    fields = FieldTable(schema.fields)
    identityIndex = schema.fields.firstIndex {
      NormalizedName.areEqual($0.name.utf8, identityField.utf8) && !$0.isDerived
    }
    displayName = isEvent && !schema.storedName.isEmpty ? schema.storedName : upperCamelCase(schema.name)
  }
}

/// A view as the language knows it.
package final class ViewModel: Sendable {
  package let name: String
  package let keyType: TypeSchema
  package let row: TypeSchema
  package let fields: FieldTable
  /// Whether the view has one row and no key.
  package let isSingleRow: Bool
  /// Whether the view declares an order of its rows.
  package let isOrdered: Bool

  package init(name: String, keyType: TypeSchema, row: TypeSchema, isSingleRow: Bool, isOrdered: Bool) {
    self.name = name
    self.keyType = keyType
    self.row = row
    fields = if case .record(let schema) = row { FieldTable(schema.fields) } else { FieldTable.empty }
    self.isSingleRow = isSingleRow
    self.isOrdered = isOrdered
  }
}

/// Fields that are found by their names.
package final class FieldTable: Sendable {
  package let fields: [FieldSchema]
  /// The path to each field.
  let paths: [[PathComponent]]
  /// The names behind each other, and where each of them ends.
  private let names: [UInt8]
  private let ends: [Int]

  package init(_ fields: [FieldSchema]) {
    self.fields = fields
    paths = fields.map { [.field($0.name)] }
    var names: [UInt8] = []
    var ends: [Int] = []
    for field in fields {
      names += field.name.utf8
      ends.append(names.count)
    }
    self.names = names
    self.ends = ends
  }

  /// No fields.
  static let empty = FieldTable([])

  /// The index of a field, nil where there is none of the name.
  ///
  /// - Parameters:
  ///   - range: Where the name stands.
  ///   - bytes: The text.
  /// - Complexity: O(*n*) in the number of fields, most of which are told apart by their length.
  func index(of range: Range<Int>, in bytes: [UInt8]) -> Int? {
    var start = 0
    for index in ends.indices {
      let end = ends[index]
      if end - start == range.count, isName(start, range, bytes) { return index }
      start = end
    }
    return fields.firstIndex { NormalizedName.areEqual($0.name.utf8, bytes[range]) }
  }

  private func isName(_ start: Int, _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    for offset in 0..<range.count where names[start + offset] != bytes[range.lowerBound + offset] { return false }
    return true
  }
}

/// `orderItem` as `OrderItem`.
package func upperCamelCase(_ name: String) -> String { name.prefix(1).uppercased() + name.dropFirst() }
