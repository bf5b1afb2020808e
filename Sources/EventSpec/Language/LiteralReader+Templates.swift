import EventSourcing

/// Collects elements, as constants for as long as all of them are.
struct TemplateList {
  private(set) var constants: [DynamicValue] = []
  private(set) var templates: [ValueTemplate] = []
  private var isConstant = true

  mutating func append(_ value: ValueTemplate) {
    if isConstant, case .constant(let constant) = value {
      constants.append(constant)
      return
    }
    if isConstant {
      isConstant = false
      templates = constants.map { .constant($0) }
    }
    templates.append(value)
  }

  func array() -> ValueTemplate { isConstant ? .constant(.array(constants)) : .array(templates) }

  func record(_ names: [String]) -> ValueTemplate {
    isConstant
      ? .constant(.record(DynamicRecord(zip(names, constants).map { DynamicRecord.Field($0, $1) })))
      : .record(Array(zip(names, templates).map { (name: $0, value: $1) }))
  }
}

extension LiteralReader {
  /// Reads a value to be given, by its type.
  ///
  /// - Parameter type: The type of the field.
  /// - Returns: The value; nil where it could not be read, which is reported. The cursor is then anywhere.
  mutating func template(_ type: TypeSchema) -> ValueTemplate? {
    skipSpace()
    let start = position
    guard depth < Self.deepestNesting else {
      abandon()
      return nil
    }
    if at("$") {
      let range = scalarWords()
      if let name = bindingName(range), isAtValueEnd {
        mark(range)
        return named(name, type, at: start)
      }
      position = start
    }
    switch reading.model.resolve(type) {
    case .optional(let wrapped):
      let range = scalarWords()
      if isWord(range, "null"), isAtValueEnd {
        mark(range)
        return .constant(.null)
      }
      position = start
      return template(wrapped)
    case .array(let element): return list(element, isSet: false)
    case .set(let element): return list(element, isSet: true)
    case .dictionary(let key, let value): return dictionary(key, value)
    case .record(let schema): return record(schema)
    case .enumeration(let schema):
      if let value = payloadCase(schema) { return value }
      position = start
      guard !isPayloadCase(schema) else { return nil }
      return simple(.enumeration(schema))
    case let type: return simple(type)
    }
  }

  /// Reads a value without brackets; texts of a cell as they stand.
  private mutating func simple(_ type: TypeSchema) -> ValueTemplate? {
    let start = position
    if at("\"") {
      guard let (text, range) = quotedValue(type), let value = quotedScalar(type, text, at: start) else { return nil }
      mark(range)
      return .constant(value)
    }
    let range = scalarWords()
    guard checkBare(type, range, from: start) else { return nil }
    if case .date = type, let offset = offsetFromNow(bytes[range]) {
      mark(range)
      return .now(offset: offset)
    }
    guard let value = scalar(type, bytes[range], isQuoted: false, at: range.lowerBound) else { return nil }
    mark(range)
    return .constant(value)
  }

  /// Reads a quoted text that is a value as a whole.
  mutating func quotedValue(_ type: TypeSchema) -> (text: String, range: Range<Int>)? {
    let start = position
    if isWhole, depth == 0, type.isText {
      // In a cell only a text that ends with a quote, too, is a quoted one.
      let whole = trimmed(start..<bytes.count)
      if whole.count < 2 || bytes[whole.upperBound - 1] != UInt8(ascii: "\"") {
        position = bytes.count
        return (text(whole), whole)
      }
    }
    guard let text = quoted() else { return nil }
    let range = start..<position
    skipSpace()
    guard isAtValueEnd else {
      report("nothing may stand behind the closing quote; write \\\" for a quote within the text", at: position)
      return nil
    }
    return (text, range)
  }

  /// Whether bare words can be the whole value; says what is wrong with a bracket or quote in them.
  mutating func checkBare(_ type: TypeSchema, _ range: Range<Int>, from start: Int) -> Bool {
    if range.isEmpty, !(isWhole && depth == 0 && type.isText), isAtValueEnd {
      wrongType(type, [], at: start)
      return false
    }
    if isAtValueEnd { return true }
    if type.isText {
      strayCharacter(behind: start, isText: true)
      return false
    }
    let here = position
    if case .enumeration(let schema) = type, at("("), !range.isEmpty {
      report(
        "\(subject)expects \(schema.expectation); found '\(text(range))(…)'", at: start,
        suggestion: NearestName.nearest(to: text(range), among: schema.cases.map(\.name)))
      return false
    }
    skipValue(from: start)
    let end = position
    position = here
    wrongType(type, bytes[trimmed(start..<end)], at: start)
    return false
  }

  private func named(_ name: String, _ type: TypeSchema, at offset: Int) -> ValueTemplate? {
    if let literal = reading.bindings.literals[name] {
      return reread(literal) { reader in reader.template(type) }
    }
    if reading.bindings.matched.contains(name) { return .bound(name: name, type: type) }
    unboundName(name, at: offset)
    return nil
  }

  func unboundName(_ name: String, at offset: Int) {
    report(
      "nothing has been called $\(name) before this step", at: offset,
      suggestion: NearestName.nearest(to: name, among: reading.bindings.names).map { "$" + $0 },
      notes: ["give a value a name by: Given $\(name) = …"])
  }

  /// Reads the literal that a name stands for.
  func reread<Value>(_ literal: NamedValues.Literal, _ read: (inout LiteralReader) -> Value?) -> Value? {
    var reader = LiteralReader(literal.source, reading)
    reader.depth = depth + 1
    reader.takePath(of: self)
    reader.isStrict = isStrict
    guard let value = read(&reader) else { return nil }
    reader.skipSpace()
    guard reader.isAtEnd else {
      reader.report("nothing may stand behind the value", at: reader.position)
      return nil
    }
    return value
  }

  // MARK: Brackets

  /// Reads the elements of a list; the cursor stands at its first character.
  mutating func elements(_ type: TypeSchema, _ read: (inout LiteralReader) -> Bool) -> Bool {
    let opener = position
    guard skip("[") else {
      let range = scalarWords()
      position = opener
      skipValue(from: opener)
      wrongType(type, bytes[range.isEmpty ? trimmed(opener..<position) : range], at: opener)
      return false
    }
    depth += 1
    defer { depth -= 1 }
    var isRead = true
    skipSpace()
    if skip("]") { return true }
    for index in 0... {
      skipSpace()
      let start = position
      path.append(.element(index))
      if !read(&self) {
        isRead = false
        skipValue(from: start)
      }
      path.removeLast()
      skipSpace()
      if skip("]") { return isRead }
      if skip(",") { continue }
      if isAtEnd {
        report("the bracket is not closed: a ']' is missing", at: opener)
      } else {
        strayCharacter(behind: start, isText: false)
      }
      break
    }
    return false
  }

  private mutating func list(_ element: TypeSchema, isSet: Bool) -> ValueTemplate? {
    var list = TemplateList()
    let isRead = elements(isSet ? .set(element) : .array(element)) { reader in
      guard let value = reader.template(element) else { return false }
      list.append(value)
      return true
    }
    return isRead ? list.array() : nil
  }

  /// Reads `{key: value, …}`.
  mutating func entries(
    _ type: TypeSchema, key keyType: TypeSchema, _ read: (inout LiteralReader, DynamicValue, Range<Int>) -> Bool
  ) -> (isRead: Bool, rest: Int?) {
    let opener = position
    guard skip("{") else {
      skipValue(from: opener)
      wrongType(type, bytes[trimmed(opener..<position)], at: opener)
      return (false, nil)
    }
    depth += 1
    defer { depth -= 1 }
    var isRead = true
    var seen: Set<DynamicValue> = []
    var rest: Int?
    skipSpace()
    while !skip("}") {
      skipSpace()
      let start = position
      if reading.isOutcome, starts(with: "...") {
        rest = position
        position += 3
      } else if let (key, range) = entryKey(keyType) {
        if !seen.insert(key).inserted {
          isRead = false
          report("'\(text(range))' is given twice", at: range.lowerBound)
        }
        skipSpace()
        let valueStart = position
        path.append(.written(range))
        if !read(&self, key, range) {
          isRead = false
          skipValue(from: valueStart)
        }
        path.removeLast()
      } else {
        if position == start { report("expected 'key: value'", at: start) }
        isRead = false
        skipValue(from: start)
      }
      skipSpace()
      if skip(",") || at("}") { continue }
      if isAtEnd {
        report("the bracket is not closed: a '}' is missing", at: opener)
      } else {
        strayCharacter(behind: start, isText: false)
      }
      return (false, rest)
    }
    return (isRead, rest)
  }

  private mutating func entryKey(_ type: TypeSchema) -> (DynamicValue, Range<Int>)? {
    let start = position
    if at("\"") {
      guard let text = quoted() else { return nil }
      let range = start..<position
      skipSpace()
      guard skip(":"), let key = scalar(type, ArraySlice(text.utf8), isQuoted: true, at: start) else { return nil }
      return (key, range)
    }
    while let byte, byte != UInt8(ascii: ":"), byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"),
      byte != UInt8(ascii: "{"), byte != UInt8(ascii: "\"")
    { position += 1 }
    let range = trimmed(start..<position)
    guard at(":"), !range.isEmpty else {
      position = start
      return nil
    }
    guard let key = scalar(type, bytes[range], isQuoted: false, at: range.lowerBound) else { return nil }
    position += 1
    return (key, range)
  }

  private mutating func dictionary(_ keyType: TypeSchema, _ valueType: TypeSchema) -> ValueTemplate? {
    var keys: [DynamicValue] = []
    var list = TemplateList()
    let (isRead, _) = entries(.dictionary(key: keyType, value: valueType), key: keyType) { reader, key, _ in
      guard let value = reader.template(valueType) else { return false }
      keys.append(key)
      list.append(value)
      return true
    }
    guard isRead else { return nil }
    let names = keys.compactMap(\.keyText)
    if names.count == keys.count { return list.record(names) }
    var flat = TemplateList()
    let values = list.templates.isEmpty ? list.constants.map { .constant($0) } : list.templates
    for (key, value) in zip(keys, values) {
      flat.append(.constant(key))
      flat.append(value)
    }
    return flat.array()
  }

  private mutating func record(_ schema: RecordSchema) -> ValueTemplate? {
    let opener = position
    guard skip("{") else {
      skipValue(from: opener)
      wrongType(.record(schema), bytes[trimmed(opener..<position)], at: opener)
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return fields(reading.model.table(of: schema.fields), of: schema.name, until: "}", opener: opener)
  }

  /// Reads the fields of a record up to its closing bracket.
  mutating func fields(
    _ table: FieldTable, of owner: String, until closer: Unicode.Scalar, opener: Int
  ) -> ValueTemplate? {
    var builder = RecordBuilder(table)
    let rest = items(until: closer, opener: opener) { reader, name in
      reader.field(name, into: &builder, of: owner) { reader, type in reader.template(type) }
    }
    if let rest {
      reading.hasUnknownField = true
      report("'...' can only stand in a Then", at: rest)
      return nil
    }
    return builder.build(reading, path: pathNames)
  }

  /// Reads one field of a record to be made.
  mutating func field(
    _ name: Range<Int>, into builder: inout RecordBuilder, of owner: String,
    read: (inout LiteralReader, TypeSchema) -> ValueTemplate?
  ) -> Bool {
    guard let found = fieldPath(name, in: builder.table, of: owner) else {
      builder.isBroken = true
      return false
    }
    if found.isDerived {
      builder.isBroken = true
      report("'\(text(name))' is derived from other values: it can be asked for, never given", at: name.lowerBound)
      return false
    }
    let isFirst = builder.claim(found)
    if !isFirst {
      report("'\(text(name))' is given twice", at: name.lowerBound)
    }
    path.append(.written(name))
    defer { path.removeLast() }
    guard let value = read(&self, found.type) else {
      builder.isBroken = true
      return false
    }
    if isFirst { builder.set(value, at: found) } else { builder.isBroken = true }
    return true
  }

  // MARK: Enumerations

  /// Whether the cursor stands at a case's name with an opening parenthesis behind it.
  func isPayloadCase(_ schema: EnumerationSchema) -> Bool {
    let end = endOfBareWords
    guard byte(at: end) == UInt8(ascii: "(") else { return false }
    let range = trimmed(position..<end)
    return !range.isEmpty && caseIndex(schema, bytes[range]) != nil
  }

  private mutating func payloadCase(_ schema: EnumerationSchema) -> ValueTemplate? {
    let range = bareWords()
    guard at("("), !range.isEmpty, let index = caseIndex(schema, bytes[range]) else { return nil }
    let one = schema.cases[index]
    guard hasPayload(one) else { return nil }
    let opener = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    let payload: ValueTemplate?
    if let only = one.fields.first, one.fields.count == 1, only.name.hasPrefix("_"), !hasLabel {
      guard let value = template(only.type) else { return nil }
      skipSpace()
      guard skip(")") else {
        report("the bracket is not closed: a ')' is missing", at: opener)
        return nil
      }
      payload = Self.record([(only.name, value)])
    } else {
      payload = fields(reading.model.table(of: one.fields), of: one.name, until: ")", opener: opener)
    }
    return payload.map { Self.record([(one.name, $0)]) }
  }

  /// Whether a case has values in parentheses; says so where it has none.
  func hasPayload(_ one: EnumerationSchema.Case) -> Bool {
    if one.fields.isEmpty {
      report("\(subject)expects \(one.name) without parentheses: it has no values", at: position)
    }
    return !one.fields.isEmpty
  }

  /// Whether `_0:` stands at the cursor.
  var hasLabel: Bool { byte(at: nextOffset) == UInt8(ascii: "_") }

  static func record(_ fields: [(String, ValueTemplate)]) -> ValueTemplate {
    var list = TemplateList()
    for (_, value) in fields { list.append(value) }
    return list.record(fields.map(\.0))
  }
}
