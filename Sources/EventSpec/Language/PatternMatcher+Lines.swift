package import EventSourcing

extension PatternMatcher {
  /// Sets a message beside what a step asks for, field by field.
  ///
  /// - Parameters:
  ///   - pattern: What the step asks for.
  ///   - payload: The fields of a message of the pattern's case.
  /// - Returns: The message's own line and one for each field, fields that the step leaves out included, which are
  ///   written so that they can be pasted.
  package func lines(_ pattern: MessagePattern, _ payload: DynamicRecord) -> [ComparisonLine] {
    let kind: MessageName.Kind = pattern.kind == .event ? .event : .command
    let name = MessageName(kind: kind, aggregate: pattern.aggregate, caseIndex: pattern.caseIndex)
    let label = model.displayName(name)
    let inner = lines(
      pattern.fields, isOpen: pattern.isOpen, .record(payload), fieldTable(pattern)?.fields ?? [],
      defaults: fieldTable(pattern), depth: 1)
    let isSame = inner.allSatisfy { $0.mark == .same }
    return [ComparisonLine(isSame ? .same : .differs, label: label, expected: label, actual: label)] + inner
  }

  /// Sets a value beside the fields that a step asks for.
  ///
  /// - Parameters:
  ///   - fields: What the step asks for.
  ///   - isOpen: Whether fields that the step leaves out are of no account.
  ///   - value: The value, in coded form.
  ///   - schema: The value's fields.
  ///   - defaults: The fields whose defaults stand for them, if the value is a message.
  ///   - depth: The depth of the lines.
  package func lines(
    _ fields: [FieldPattern], isOpen: Bool, _ value: DynamicValue, _ schema: [FieldSchema],
    defaults: FieldTable? = nil, depth: Int = 0
  ) -> [ComparisonLine] {
    var trial = self
    var result: [ComparisonLine] = []
    for field in fields {
      result.append(trial.line(field, value, depth: depth))
      result += trial.innerLines(field, value, depth: depth + 1)
    }
    if !isOpen, case .record(let record) = value {
      for missing in leftOut(record, fields, defaults: defaults) {
        result.append(
          ComparisonLine(
            .surplus, depth: depth, label: Self.text(of: missing.path),
            actual: SpecText(model).render(missing.value, type(at: missing.path[...], schema))))
      }
    }
    return result
  }

  /// Sets rows beside those that a step asks for.
  ///
  /// - Parameters:
  ///   - rows: What the step asks for.
  ///   - values: What is there.
  ///   - schema: The fields of a row.
  ///   - isOrdered: Whether the order counts.
  package func lines(
    rows: [[FieldPattern]], _ values: [DynamicValue], _ schema: [FieldSchema], isOrdered: Bool
  ) -> [ComparisonLine] {
    var partners: [Int?] = rows.indices.map { $0 < values.count ? $0 : nil }
    if !isOrdered {
      partners = Assignment.partial(rows.count, values.count) { row, value in
        var trial = self
        return trial.matches(rows[row], values[value])
      }
      // Rows without an equal are set beside what nothing asked for.
      var free = values.indices.filter { !partners.contains($0) }[...]
      for row in partners.indices where partners[row] == nil { partners[row] = free.popFirst() }
    }
    var result: [ComparisonLine] = []
    let text = SpecText(model)
    func written(_ value: DynamicValue) -> String {
      if case .record(let record) = value { "{" + text.fields(record, schema) + "}" } else { text.untyped(value) }
    }
    for (row, fields) in rows.enumerated() {
      let expected = "{" + fields.map { Self.text(of: $0.path) + ": " + $0.text }.joined(separator: ", ") + "}"
      guard let partner = partners[row] else {
        result.append(ComparisonLine(.missing, label: "row \(row + 1)", expected: expected))
        continue
      }
      let inner = lines(fields, isOpen: true, values[partner], schema, depth: 1)
      let isSame = inner.allSatisfy { $0.mark == .same }
      result.append(
        ComparisonLine(
          isSame ? .same : .differs, label: "row \(row + 1)", expected: expected, actual: written(values[partner])))
      if !isSame { result += inner }
    }
    for (index, value) in values.enumerated() where !partners.contains(index) {
      result.append(ComparisonLine(.surplus, label: "row \(index + 1)", actual: written(value)))
    }
    return result
  }

  private mutating func line(_ field: FieldPattern, _ value: DynamicValue, depth: Int) -> ComparisonLine {
    let label = Self.text(of: field.path)
    let expected = expectedText(field)
    guard let found = value.value(at: field.path[...]) else {
      return ComparisonLine(.missing, depth: depth, label: label, expected: expected)
    }
    let isSame = matches(field.pattern, found, field.type)
    return ComparisonLine(
      isSame ? .same : .differs, depth: depth, label: label, expected: expected,
      actual: SpecText(model).render(found, field.type))
  }

  /// The lines of what a record, list or dictionary is made of, where that differs.
  private mutating func innerLines(_ field: FieldPattern, _ value: DynamicValue, depth: Int) -> [ComparisonLine] {
    value.value(at: field.path[...]).map { innerLines(field.pattern, field.type, $0, depth: depth) } ?? []
  }

  private mutating func innerLines(
    _ pattern: Pattern, _ type: TypeSchema, _ value: DynamicValue, depth: Int
  ) -> [ComparisonLine] {
    guard depth < 20 else { return [] }
    switch (pattern, value) {
    case (.record(let fields, let isOpen), .record):
      let inner = lines(fields, isOpen: isOpen, value, model.resolve(type.unwrapped).fields() ?? [], depth: depth)
      return inner.filter { $0.mark != .same }
    case (.list(let patterns), .array(let elements)):
      return elementLines(patterns, elements, model.resolve(type.unwrapped).element, depth: depth)
    case (.dictionary(let entries, _), _): return entries.flatMap { entryLines($0.value, value, depth: depth) }
    default: return []
    }
  }

  private mutating func elementLines(
    _ patterns: [Pattern], _ elements: [DynamicValue], _ type: TypeSchema, depth: Int
  ) -> [ComparisonLine] {
    var result: [ComparisonLine] = []
    let text = SpecText(model)
    for index in 0..<max(patterns.count, elements.count) {
      let label = "[\(index)]"
      guard index < patterns.count else {
        result.append(ComparisonLine(.surplus, depth: depth, label: label, actual: text.render(elements[index], type)))
        continue
      }
      let expected = written(patterns[index], type)
      guard index < elements.count else {
        result.append(ComparisonLine(.missing, depth: depth, label: label, expected: expected))
        continue
      }
      if matches(patterns[index], elements[index], type) { continue }
      let inner = innerLines(patterns[index], type, elements[index], depth: depth + 1)
      let actual = text.render(elements[index], type)
      result.append(
        ComparisonLine(
          .differs, depth: depth, label: label, expected: inner.isEmpty ? expected : nil,
          actual: inner.isEmpty ? actual : nil))
      result += inner
    }
    return result
  }

  private mutating func entryLines(_ entry: FieldPattern, _ value: DynamicValue, depth: Int) -> [ComparisonLine] {
    let own = line(entry, value, depth: depth)
    return own.mark == .same ? [] : [own] + innerLines(entry, value, depth: depth + 1)
  }

  /// What a step asks for, where that can be written; nil for most matchers, whose text nobody kept.
  private func written(_ pattern: Pattern, _ type: TypeSchema) -> String? {
    switch pattern {
    case .exact(let template): value(of: template).map { SpecText(model).render($0, type) }
    case .any: "any"
    case .record(let fields, let isOpen):
      "{" + (fields.map { Self.text(of: $0.path) + ": " + $0.text } + (isOpen ? ["..."] : [])).joined(separator: ", ")
        + "}"
    default: nil
    }
  }

  /// What a step asks for, with the value of a name behind it.
  private func expectedText(_ field: FieldPattern) -> String {
    if case .named(let name) = field.pattern, let value = bindings[name] {
      return "$\(name) = " + SpecText(model).render(value, field.type)
    }
    if case .exact(.now) = field.pattern, case .exact(let template) = field.pattern, let value = value(of: template) {
      return field.text + " = " + SpecText(model).untyped(value)
    }
    if field.text.isEmpty {
      if case .exact(let template) = field.pattern, let value = value(of: template) {
        return SpecText(model).render(value, field.type)
      }
      if case .blank = field.pattern { return "null" }
    }
    return field.text
  }

  private func type(at path: ArraySlice<PathComponent>, _ schema: [FieldSchema]) -> TypeSchema {
    var type: TypeSchema = .record(RecordSchema(name: "", fields: schema))
    for component in path {
      switch (component, model.resolve(type.unwrapped)) {
      case (.field(let name), let container), (.key(let name), let container): type = container.inside(name)
      case (.index, let container): type = container.element
      case (.count, _): type = .integer(bits: 64, isSigned: true)
      }
    }
    return type
  }

  /// A path as one writes it.
  package static func text(of path: [PathComponent]) -> String {
    var text = ""
    for component in path {
      switch component {
      case .field(let name), .key(let name): text += (text.isEmpty ? "" : ".") + name
      case .index(let index): text += "[\(index)]"
      case .count: text += ".count"
      }
    }
    return text
  }
}
