import EventSourcing

/// Puts the fields of a record together, those given by path as well, and finds out which are missing.
struct RecordBuilder {
  let table: FieldTable
  /// Whether a field could not be read, so that there will be no value.
  var isBroken = false
  private var values: [ValueTemplate?]
  private var claimed = FieldIndices()
  /// The parts of fields that are given by path, each with its value once that has been read.
  private var parts: [(path: FieldPath, value: ValueTemplate?)] = []

  init(_ table: FieldTable) {
    self.table = table
    values = Array(repeating: nil, count: table.fields.count)
  }

  /// A builder of nothing, where a record is looked for and none made.
  static let none = RecordBuilder(FieldTable.empty)

  /// Takes a field for a value to come; false where it is taken already, as a whole or in part.
  mutating func claim(_ path: FieldPath) -> Bool {
    if path.rest.isEmpty {
      defer { claimed.insert(path.root) }
      return !claimed.contains(path.root) && !parts.contains { $0.path.root == path.root }
    }
    if claimed.contains(path.root) { return false }
    for (other, _) in parts where other.root == path.root {
      if other.rest.starts(with: path.rest) || path.rest.starts(with: other.rest) { return false }
    }
    parts.append((path, nil))
    return true
  }

  /// Whether a field is given, as a whole or in part.
  func isClaimed(_ index: Int) -> Bool {
    claimed.contains(index) || hasParts(index)
  }

  private func hasParts(_ index: Int) -> Bool { parts.contains { $0.path.root == index && $0.value != nil } }

  mutating func set(_ value: ValueTemplate, at path: FieldPath) {
    if path.rest.isEmpty {
      if values.indices.contains(path.root) { values[path.root] = value }
    } else if let last = parts.indices.last {
      // What was claimed last is read first.
      parts[last].value = value
    }
  }

  /// Gives a field its value; for one that nobody wrote.
  mutating func fill(_ index: Int, _ value: ValueTemplate) {
    guard values.indices.contains(index) else { return }
    values[index] = value
    claimed.insert(index)
  }

  func value(_ index: Int) -> ValueTemplate? { values.indices.contains(index) ? values[index] : nil }

  /// The record; nil where a field is missing, which is added to the reading's list, or was not readable.
  ///
  /// - Parameters:
  ///   - reading: Takes note of what is missing.
  ///   - path: The way to the record.
  func build(_ reading: Reading, path: @autoclosure () -> [String]) -> ValueTemplate? {
    if !isBroken, parts.isEmpty, let record = constantRecord() { return .constant(.record(record)) }
    var list = TemplateList()
    var names: [String] = []
    names.reserveCapacity(table.fields.count)
    var isComplete = !isBroken
    for (index, field) in table.fields.enumerated() where !field.isDerived {
      names.append(field.name)
      if let value = values[index] {
        list.append(value)
      } else if claimed.contains(index) {
        isComplete = false
      } else if hasParts(index) {
        let inner = parts.compactMap { part in
          part.path.root == index ? part.value.map { (path: part.path.rest[...], value: $0) } : nil
        }
        if let value = Self.build(inner, field.type, reading, path: path() + [field.name]) {
          list.append(value)
        } else {
          isComplete = false
        }
      } else if let value = Self.value(ofMissing: field) {
        list.append(value)
      } else {
        reading.missing.append(LiteralReader.text(of: path() + [field.name]))
        isComplete = false
      }
    }
    return isComplete ? list.record(names) : nil
  }

  /// The record where all fields are constant and none is missing; the way that most records go.
  private func constantRecord() -> DynamicRecord? {
    var fields: [DynamicRecord.Field] = []
    fields.reserveCapacity(table.fields.count)
    for index in table.fields.indices where !table.fields[index].isDerived {
      switch values[index] {
      case .constant(let value)?: fields.append(DynamicRecord.Field(table.fields[index].name, value))
      case nil where !claimed.contains(index):
        guard case .constant(let value)? = Self.value(ofMissing: table.fields[index]) else { return nil }
        fields.append(DynamicRecord.Field(table.fields[index].name, value))
      default: return nil
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

/// Indices of fields, of which the first 64 take no memory of their own.
struct FieldIndices {
  private var bits: UInt64 = 0
  private var rest: Set<Int> = []

  func contains(_ index: Int) -> Bool {
    (0..<64).contains(index) ? bits & 1 << UInt64(index) != 0 : rest.contains(index)
  }

  mutating func insert(_ index: Int) {
    if (0..<64).contains(index) { bits |= 1 << UInt64(index) } else { rest.insert(index) }
  }
}
