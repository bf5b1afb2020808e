package import EventSourcing

/// Compares what came with what a step asks for.
///
/// Names that a match binds stay bound, those of a failed match do not. Nothing is written on the way to a match: the
/// lines of a comparison are made by `lines(…)` when somebody wants to see them.
package struct PatternMatcher {
  let model: DomainModel
  /// The context's time, which `now` stands for.
  package var now: Date
  /// The values of names.
  package var bindings: [String: DynamicValue]

  package init(model: DomainModel, now: Date, bindings: [String: DynamicValue] = [:]) {
    self.model = model
    self.now = now
    self.bindings = bindings
  }

  /// The value that a template stands for; nil where a name in it has no value yet.
  package func value(of template: ValueTemplate) -> DynamicValue? {
    switch template {
    case .constant(let value): return value
    case .bound(let name, _): return bindings[name]
    case .now(let offset): return .date(now.addingTimeInterval(offset / .seconds(1)))
    case .array(let elements):
      var values: [DynamicValue] = []
      for element in elements {
        guard let value = value(of: element) else { return nil }
        values.append(value)
      }
      return .array(values)
    case .record(let fields):
      var record = DynamicRecord()
      for field in fields {
        guard let value = value(of: field.value) else { return nil }
        record.fields.append(DynamicRecord.Field(field.name, value))
      }
      return .record(record)
    }
  }

  // MARK: Messages and fields

  /// Whether a message's payload is what a step asks for.
  ///
  /// - Parameters:
  ///   - pattern: What the step asks for.
  ///   - payload: The fields of a message of the pattern's case.
  package mutating func matches(_ pattern: MessagePattern, _ payload: DynamicRecord) -> Bool {
    let before = bindings
    if matches(pattern.fields, .record(payload)),
      pattern.isOpen || Self.states(pattern.fields, all: payload)
        || leftOut(payload, pattern.fields, defaults: fieldTable(pattern)).isEmpty
    {
      return true
    }
    bindings = before
    return false
  }

  /// Whether what lies at the paths of a value is what a step asks for.
  package mutating func matches(_ fields: [FieldPattern], _ value: DynamicValue) -> Bool {
    for field in fields {
      guard let found = value.value(at: field.path[...]), matches(field.pattern, found, field.type) else {
        return false
      }
    }
    return true
  }

  /// Whether a state is what a step asks for.
  package mutating func matches(_ pattern: StatePattern, _ state: DynamicValue) -> Bool {
    let before = bindings
    let isMatch: Bool =
      switch pattern {
      case .fields(let fields): matches(fields, state)
      case .whole(let pattern, let type): matches(pattern, state, type)
      case .rows(let path, let rows):
        if case .array(let elements)? = state.value(at: path[...]) {
          matches(rows: rows, elements, isOrdered: true)
        } else {
          false
        }
      }
    if !isMatch { bindings = before }
    return isMatch
  }

  /// Whether there are exactly the rows that a step asks for.
  ///
  /// - Parameters:
  ///   - rows: What is asked for.
  ///   - values: What is there.
  ///   - isOrdered: Whether the order counts.
  package mutating func matches(rows: [[FieldPattern]], _ values: [DynamicValue], isOrdered: Bool) -> Bool {
    guard rows.count == values.count else { return false }
    let before = bindings
    if isOrdered {
      if zip(rows, values).allSatisfy({ matches($0, $1) }) { return true }
    } else {
      let partners = Assignment.find(rows.count, values.count) { row, value in
        var trial = self
        return trial.matches(rows[row], values[value])
      }
      if let partners, zip(rows, partners).allSatisfy({ matches($0, values[$1]) }) { return true }
    }
    bindings = before
    return false
  }

  // MARK: Values

  /// Whether a value is what a pattern asks for.
  ///
  /// - Parameters:
  ///   - pattern: What is asked for.
  ///   - value: What came, in coded form.
  ///   - type: The type of the value.
  package mutating func matches(_ pattern: Pattern, _ value: DynamicValue, _ type: TypeSchema) -> Bool {
    switch pattern {
    case .exact(.constant(let constant)): return constant.isSame(as: value, type, in: model)
    case .exact(let template): return self.value(of: template)?.isSame(as: value, type, in: model) ?? false
    case .any: return true
    case .named(let name):
      if let bound = bindings[name] { return bound.isSame(as: value, type, in: model) }
      bindings[name] = value
      return true
    case .regex(let expression): return searchable(value, type).contains { expression.isFound(in: $0) }
    case .compare(let comparison, let template):
      guard let limit = self.value(of: template), let order = value.order(to: limit) else { return false }
      switch comparison {
      case .less: return order < 0
      case .lessOrEqual: return order <= 0
      case .greater: return order > 0
      case .greaterOrEqual: return order >= 0
      }
    case .range(let low, let high):
      guard let low = self.value(of: low), let high = self.value(of: high), let toLow = value.order(to: low),
        let toHigh = value.order(to: high)
      else { return false }
      return toLow >= 0 && toHigh <= 0
    case .near(let template, let tolerance):
      guard let middle = self.value(of: template), let tolerance = self.value(of: tolerance),
        let order = value.distance(to: middle)?.order(to: tolerance)
      else { return false }
      return order <= 0
    case .not(let inner):
      let before = bindings
      defer { bindings = before }
      return !matches(inner, value, type)
    case .empty:
      switch value {
      case .string(let text): return text.isEmpty
      case .array(let elements): return elements.isEmpty
      case .record(let record): return record.fields.isEmpty
      default: return false
      }
    case .blank:
      if case .string(let text) = value { return text.isEmpty }
      return value == .null
    case .contains(let inner): return contains(inner, value, type)
    case .list(let patterns):
      guard case .array(let elements) = value, elements.count == patterns.count else { return false }
      let element = model.resolve(type.unwrapped).element
      return zip(patterns, elements).allSatisfy { matches($0, $1, element) }
    case .set(let patterns):
      guard case .array(let elements) = value else { return false }
      return matches(set: patterns, elements, model.resolve(type.unwrapped).element)
    case .record(let fields, let isOpen):
      guard case .record(let record) = value else { return false }
      return matches(fields, value) && (isOpen || leftOut(record, fields).isEmpty)
    case .dictionary(let entries, let isOpen):
      let isComplete = isOpen || value.entryCount(type) == entries.count
      return isComplete
        && entries.allSatisfy { entry in
          guard let found = value.value(at: entry.value.path[...]) else { return false }
          return matches(entry.value.pattern, found, entry.value.type)
        }
    case .enumerationCase(let name, let fields, let isOpen):
      guard case .record(let record) = value, case .record(let payload)? = record[name] else { return false }
      return matches(fields, .record(payload)) && (isOpen || leftOut(payload, fields).isEmpty)
    }
  }

  private mutating func matches(set patterns: [Pattern], _ elements: [DynamicValue], _ type: TypeSchema) -> Bool {
    guard patterns.count == elements.count else { return false }
    let partners = Assignment.find(patterns.count, elements.count) { pattern, element in
      var trial = self
      return trial.matches(patterns[pattern], elements[element], type)
    }
    guard let partners else { return false }
    return zip(patterns, partners).allSatisfy { matches($0, elements[$1], type) }
  }

  private mutating func contains(_ pattern: Pattern, _ value: DynamicValue, _ type: TypeSchema) -> Bool {
    switch value {
    case .string(let text):
      if case .exact(let template) = pattern, case .string(let part)? = self.value(of: template) {
        return text.hasPart(part)
      }
      return matches(pattern, value, type)
    case .array(let elements):
      let element = model.resolve(type.unwrapped).element
      return elements.contains { one in
        let before = bindings
        if matches(pattern, one, element) { return true }
        bindings = before
        return false
      }
    case .record(let record):
      guard case .dictionary(let key, _) = model.resolve(type.unwrapped) else { return false }
      return record.fields.contains { field in
        if case .uuid = key, let uuid = UUID(uuidString: field.name) { return matches(pattern, .uuid(uuid), key) }
        if case .integer = key, let number = Int64(field.name) { return matches(pattern, .integer(number), key) }
        return matches(pattern, .string(field.name), key)
      }
    default: return false
    }
  }

  /// The texts in which an expression may be found.
  private func searchable(_ value: DynamicValue, _ type: TypeSchema) -> [String] {
    switch value {
    case .string(let text):
      if case .enumeration(let schema) = type.unwrapped,
        let name = schema.cases.first(where: { $0.rawValue == value })?.name
      {
        return [text, name]
      }
      return [text]
    case .uuid(let uuid): return [uuid.uuidString.lowercased()] + (model.names.name(of: uuid).map { [$0] } ?? [])
    case .null: return []
    default:
      if case .text(let schema) = type.unwrapped { return schema.write(value).map { [$0] } ?? [] }
      if case .enumeration = type.unwrapped { return [SpecText(model).render(value, type)] }
      return []
    }
  }

  // MARK: Strictness

  /// Whether each field of a record that is not null has a pattern of its own, as is mostly so.
  private static func states(_ patterns: [FieldPattern], all record: DynamicRecord) -> Bool {
    for field in record.fields where !field.isDerived {
      if case .null = field.value { continue }
      guard
        patterns.contains(where: { pattern in
          guard pattern.path.count == 1, case .field(let name) = pattern.path[0] else { return false }
          return name == field.name
        })
      else { return false }
    }
    return true
  }

  /// The fields of a record that no pattern speaks of, by path, null and derived ones aside.
  func leftOut(
    _ record: DynamicRecord, _ patterns: [FieldPattern], defaults: FieldTable? = nil
  ) -> [(path: [PathComponent], value: DynamicValue)] {
    var result: [(path: [PathComponent], value: DynamicValue)] = []
    for field in record.fields where !field.isDerived && field.value != .null {
      var isStated = false
      var isPart = false
      for pattern in patterns {
        guard let first = pattern.path.first, Self.names(first, field.name) else { continue }
        if pattern.path.count == 1 {
          isStated = true
          break
        }
        isPart = isPart || pattern.path.last != .count
      }
      if isStated { continue }
      if isPart {
        let inner = patterns.filter { $0.path.first.map { Self.names($0, field.name) } ?? false }
        for missing in leftOut(inside: field.value, inner.map { $0.path.dropFirst() }, depth: 1) {
          result.append((path: [.field(field.name)] + missing.path, value: missing.value))
        }
        continue
      }
      if let fallback = defaults?.fields.first(where: { $0.name == field.name }), let value = fallback.defaultValue,
        value.isSame(as: field.value, fallback.type, in: model)
      {
        continue
      }
      result.append(([.field(field.name)], field.value))
    }
    return result
  }

  /// The parts of a value that none of the paths leads to.
  private func leftOut(
    inside value: DynamicValue, _ paths: [ArraySlice<PathComponent>], depth: Int
  ) -> [(path: [PathComponent], value: DynamicValue)] {
    if paths.contains(where: \.isEmpty) || depth > LiteralReader.deepestNesting { return [] }
    var result: [(path: [PathComponent], value: DynamicValue)] = []
    func look(_ component: PathComponent, _ part: DynamicValue, _ isHere: (PathComponent) -> Bool) {
      let inner = paths.filter { $0.first.map(isHere) ?? false && $0.first != .count }
      if inner.isEmpty {
        if part != .null { result.append(([component], part)) }
        return
      }
      for missing in leftOut(inside: part, inner.map { $0.dropFirst() }, depth: depth + 1) {
        result.append(([component] + missing.path, missing.value))
      }
    }
    switch value {
    case .record(let record):
      for field in record.fields where !field.isDerived {
        look(.field(field.name), field.value) { Self.names($0, field.name) }
      }
    case .array(let elements):
      for (index, element) in elements.enumerated() { look(.index(index), element) { $0 == .index(index) } }
    default: break
    }
    return result
  }

  private static func names(_ component: PathComponent, _ name: String) -> Bool {
    switch component {
    case .field(let field): field == name
    case .key(let key): key == name
    case .index, .count: false
    }
  }

  func fieldTable(_ pattern: MessagePattern) -> FieldTable? {
    let kind: MessageName.Kind = pattern.kind == .event ? .event : .command
    return model.message(kind, aggregate: pattern.aggregate, caseIndex: pattern.caseIndex)?.fields
  }
}

extension TypeSchema {
  /// The type of a collection's elements.
  var element: TypeSchema {
    switch self {
    case .array(let element), .set(let element): element
    default: .string
    }
  }
}

extension DynamicValue {
  /// What lies at a path: null for a field that is not there, nil where the way ends early.
  package func value(at path: ArraySlice<PathComponent>) -> DynamicValue? {
    guard let first = path.first else { return self }
    let next: DynamicValue?
    switch (first, self) {
    case (.field(let name), .record(let record)): next = record[name] ?? .null
    case (.key(let name), .record(let record)): next = record[name]
    case (.key(let name), .array(let flat)):
      next = stride(from: 0, to: flat.count - 1, by: 2).first { flat[$0].keyText == name }.map { flat[$0 + 1] }
    case (.index(let index), .array(let elements)): next = elements.indices.contains(index) ? elements[index] : nil
    case (.count, .array(let elements)): next = .integer(Int64(elements.count))
    case (.count, .record(let record)): next = .integer(Int64(record.fields.count))
    default: next = nil
    }
    return next?.value(at: path.dropFirst())
  }

  /// The number of a dictionary's entries.
  fileprivate func entryCount(_ type: TypeSchema) -> Int {
    switch self {
    case .record(let record): record.fields.count
    case .array(let flat): flat.count / 2
    default: -1
    }
  }
}

extension String {
  /// Whether another text stands somewhere in this one, byte for byte.
  fileprivate func hasPart(_ part: String) -> Bool {
    let (bytes, wanted) = (Array(utf8), Array(part.utf8))
    guard let first = wanted.first else { return true }
    guard bytes.count >= wanted.count else { return false }
    for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
      if bytes[start..<start + wanted.count].elementsEqual(wanted) { return true }
    }
    return false
  }
}
