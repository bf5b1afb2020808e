import EventSourcing

/// Puts the fields of a record together, those given by path as well, and finds out which are missing.
struct RecordBuilder {
  let table: FieldTable
  /// Whether a field could not be read, so that there will be no value.
  var isBroken = false
  private var values: [ValueTemplate?]
  private var claimed: [Bool]
  /// The parts of fields that are given by path.
  private var parts: [(path: [PathComponent], root: Int, value: ValueTemplate)] = []
  private var claimedPaths: [[PathComponent]] = []

  init(_ table: FieldTable) {
    self.table = table
    values = Array(repeating: nil, count: table.fields.count)
    claimed = Array(repeating: false, count: table.fields.count)
  }

  /// A builder of nothing, where a record is looked for and none made.
  static let none = RecordBuilder(FieldTable([]))

  /// Takes a field for a value to come; false where it is taken already, as a whole or in part.
  mutating func claim(_ path: FieldPath) -> Bool {
    guard claimed.indices.contains(path.root) else { return false }
    if path.components.count == 1 {
      defer { claimed[path.root] = true }
      return !claimed[path.root] && !claimedPaths.contains { $0.first == path.components.first }
    }
    if claimed[path.root] { return false }
    if claimedPaths.contains(where: { $0.starts(with: path.components) || path.components.starts(with: $0) }) {
      return false
    }
    claimedPaths.append(path.components)
    return true
  }

  /// Whether a field is given, as a whole or in part.
  func isClaimed(_ index: Int) -> Bool {
    guard claimed.indices.contains(index) else { return false }
    return claimed[index] || parts.contains { $0.root == index }
  }

  mutating func set(_ value: ValueTemplate, at path: FieldPath) {
    if path.components.count == 1 {
      values[path.root] = value
    } else {
      parts.append((path.components, path.root, value))
    }
  }

  /// Gives a field its value; for one that nobody wrote.
  mutating func fill(_ index: Int, _ value: ValueTemplate) {
    guard values.indices.contains(index) else { return }
    values[index] = value
    claimed[index] = true
  }

  func value(_ index: Int) -> ValueTemplate? { values.indices.contains(index) ? values[index] : nil }

  /// The record; nil where a field is missing, which is added to the reading's list, or was not readable.
  func build(_ reading: Reading, path: [String]) -> ValueTemplate? {
    if !isBroken, parts.isEmpty, let record = constantRecord() { return .constant(.record(record)) }
    var list = TemplateList()
    var names: [String] = []
    names.reserveCapacity(table.fields.count)
    var isComplete = !isBroken
    for (index, field) in table.fields.enumerated() where !field.isDerived {
      names.append(field.name)
      if let value = values[index] {
        list.append(value)
      } else if claimed[index] {
        isComplete = false
      } else if parts.contains(where: { $0.root == index }) {
        let inner = parts.filter { $0.root == index }.map { (path: $0.path.dropFirst(), value: $0.value) }
        if let value = Self.build(inner, field.type, reading, path: path + [field.name]) {
          list.append(value)
        } else {
          isComplete = false
        }
      } else if let value = Self.value(ofMissing: field) {
        list.append(value)
      } else {
        reading.missing.append(LiteralReader.text(of: path + [field.name]))
        isComplete = false
      }
    }
    return isComplete ? list.record(names) : nil
  }

  /// The record where all fields are constant and none is missing; the way that most records go.
  private func constantRecord() -> DynamicRecord? {
    var fields: [DynamicRecord.Field] = []
    fields.reserveCapacity(table.fields.count)
    for (index, field) in table.fields.enumerated() where !field.isDerived {
      if case .constant(let value)? = values[index] {
        fields.append(DynamicRecord.Field(field.name, value))
      } else if values[index] == nil, !claimed[index], case .constant(let value)? = Self.value(ofMissing: field) {
        fields.append(DynamicRecord.Field(field.name, value))
      } else {
        return nil
      }
    }
    return DynamicRecord(fields)
  }

  private static func value(ofMissing field: FieldSchema) -> ValueTemplate? {
    if let value = field.defaultValue { return .constant(value) }
    return field.isOptional ? .constant(.null) : nil
  }

  /// Puts the parts of one value together.
  ///
  /// Paths are as long as their text, and that is limited by what types allow.
  private static func build(
    _ parts: [(path: ArraySlice<PathComponent>, value: ValueTemplate)], _ type: TypeSchema, _ reading: Reading,
    path: [String]
  ) -> ValueTemplate? {
    if let only = parts.first, parts.count == 1, only.path.isEmpty { return only.value }
    guard path.count < LiteralReader.deepestNesting else { return nil }
    var order: [PathComponent] = []
    var groups: [PathComponent: [(path: ArraySlice<PathComponent>, value: ValueTemplate)]] = [:]
    for part in parts {
      guard let first = part.path.first else { continue }
      if groups[first] == nil { order.append(first) }
      groups[first, default: []].append((part.path.dropFirst(), part.value))
    }
    var fields: [(String, ValueTemplate)] = []
    var isComplete = true
    func add(_ name: String, _ component: PathComponent, _ type: TypeSchema) {
      guard let group = groups[component] else { return }
      if let value = build(group, type, reading, path: path + [name]) {
        fields.append((name, value))
      } else {
        isComplete = false
      }
    }
    switch reading.model.resolve(type.unwrapped) {
    case .record(let schema):
      for field in schema.fields where !field.isDerived {
        if groups[.field(field.name)] != nil {
          add(field.name, .field(field.name), field.type)
        } else if let value = value(ofMissing: field) {
          fields.append((field.name, value))
        } else {
          reading.missing.append(LiteralReader.text(of: path + [field.name]))
          isComplete = false
        }
      }
      return isComplete ? LiteralReader.record(fields) : nil
    case .dictionary(_, let value):
      for case .key(let key) in order { add(key, .key(key), value) }
      return isComplete ? LiteralReader.record(fields) : nil
    case .array(let element):
      for index in 0..<order.count {
        if groups[.index(index)] == nil {
          reading.missing.append(LiteralReader.text(of: path + ["[\(index)]"]))
          isComplete = false
        }
        add("[\(index)]", .index(index), element)
      }
      guard isComplete else { return nil }
      var list = TemplateList()
      for (_, value) in fields { list.append(value) }
      return list.array()
    default: return nil
    }
  }
}
