import EventSourcing

extension LiteralReader {
  /// Reads a value to be looked for: a value, or a matcher.
  ///
  /// - Parameter type: The type of the field.
  /// - Returns: The pattern; nil where it could not be read, which is reported. The cursor is then anywhere.
  mutating func pattern(_ type: TypeSchema) -> Pattern? {
    skipSpace()
    let start = position
    guard depth < Self.deepestNesting else {
      abandon()
      return nil
    }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "{"): break
    case UInt8(ascii: "/"): return regex(type)
    case UInt8(ascii: ">"), UInt8(ascii: "<"): return comparison(type)
    case UInt8(ascii: "n") where isOperator("not"): return negation(type)
    case UInt8(ascii: "c") where isOperator("contains"): return contains(type)
    default:
      let range = scalarWords()
      if isAtValueEnd {
        if let found = word(type, range) {
          if let found = found.pattern { mark(range); return found }
          return nil
        }
      }
      position = start
    }
    return structure(type)
  }

  /// Whether the cursor stands at an operator that takes a value: the word, then space, a quote or a bracket.
  private func isOperator(_ word: StaticString) -> Bool {
    guard starts(with: word) else { return false }
    guard let next = byte(at: position + word.utf8CodeUnitCount) else { return false }
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "/"), UInt8(ascii: ">"),
      UInt8(ascii: "<"):
      return true
    default:
      guard Self.isSpace(next) else { return false }
      let rest = trimmed(position + word.utf8CodeUnitCount..<bytes.count)
      return !rest.isEmpty && rest.lowerBound < bytes.count && !isEnd(bytes[rest.lowerBound])
    }
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
  }

  /// A matcher that is a word or has an operator inside; nil where the text is a plain value.
  ///
  /// The inner nil stands for one that is wrong, which is reported.
  private mutating func word(_ type: TypeSchema, _ range: Range<Int>) -> (pattern: Pattern?, Void)? {
    let start = range.lowerBound
    if isWord(range, "any") { return (.any, ()) }
    if isWord(range, "null") {
      if type.isOptional { return (.exact(.constant(.null)), ()) }
      if type.isText { return (mustBeQuoted(range), ()) }
      return nil
    }
    if isWord(range, "empty") {
      guard isCollectionOrText(type) else {
        wrongMatcher("'empty' is for texts and collections", type, at: start)
        return (nil, ())
      }
      return (.empty, ())
    }
    if let name = bindingName(range) { return (named(name, type), ()) }
    guard let split = separator(range) else { return nil }
    let (left, right) = (trimmed(start..<split.lowerBound), trimmed(split.upperBound..<range.upperBound))
    let isRange = split.count == 2 && bytes[split.lowerBound] == UInt8(ascii: ".")
    if !type.isOrdered {
      guard looksOrdered(left), looksOrdered(right) else { return nil }
      if type.isText { return (mustBeQuoted(range), ()) }
      wrongMatcher("ranges are for numbers, dates and durations", type, at: start)
      return (nil, ())
    }
    let type = type.unwrapped
    if isRange {
      guard let low = operand(type, left), let high = operand(type, right) else { return (nil, ()) }
      if case .constant(let low) = low, case .constant(let high) = high, let order = low.order(to: high), order > 0 {
        report("the range ends before it begins: write \(text(right))..\(text(left))", at: start)
        return (nil, ())
      }
      return (.range(low, high), ())
    }
    let toleranceType: TypeSchema = if case .date = type { .duration } else { type }
    guard let value = operand(type, left), let tolerance = operand(toleranceType, right) else { return (nil, ()) }
    return (.near(value, tolerance: tolerance), ())
  }

  /// Where `..` or `±` stands in the range.
  private func separator(_ range: Range<Int>) -> Range<Int>? {
    var index = range.lowerBound
    while index + 1 < range.upperBound {
      if bytes[index] == 0xC2, bytes[index + 1] == 0xB1 { return index..<index + 2 }
      if bytes[index] == UInt8(ascii: "."), bytes[index + 1] == UInt8(ascii: ".") { return index..<index + 2 }
      index += 1
    }
    return nil
  }

  /// Whether a text is a number, a date or a length of time.
  private func looksOrdered(_ range: Range<Int>) -> Bool {
    let text = bytes[range]
    if NumberLiteral.digits(text) != nil || DurationLiteral.read(text) != nil || offsetFromNow(text) != nil {
      return true
    }
    return if case .success = DateLiteral.read(text) { true } else { false }
  }

  private func isCollectionOrText(_ type: TypeSchema) -> Bool {
    switch type.unwrapped {
    case .string, .array, .set, .dictionary, .text, .data: true
    default: false
    }
  }

  func mustBeQuoted(_ range: Range<Int>) -> Pattern? {
    report("\(subject)is a text: quote '\(text(range))', which looks like a matcher", at: range.lowerBound)
    return nil
  }

  private func wrongMatcher(_ message: String, _ type: TypeSchema, at offset: Int) {
    report("\(message); \(subject)expects \(type.expectation)", at: offset)
  }

  /// A value that others are compared with.
  private func operand(_ type: TypeSchema, _ range: Range<Int>) -> ValueTemplate? {
    if let name = bindingName(range) {
      if let literal = reading.bindings.literals[name] { return reread(literal) { $0.template(type) } }
      if reading.bindings.matched.contains(name) { return .bound(name: name, type: type) }
      unboundName(name, at: range.lowerBound)
      return nil
    }
    if case .date = type, let offset = offsetFromNow(bytes[range]) { return .now(offset: offset) }
    guard !range.isEmpty else {
      wrongType(type, [], at: range.lowerBound)
      return nil
    }
    return scalar(type, bytes[range], isQuoted: false, at: range.lowerBound).map { .constant($0) }
  }

  private mutating func comparison(_ type: TypeSchema) -> Pattern? {
    let start = position
    let isGreater = at(">")
    position += 1
    let hasEqual = skip("=")
    skipSpace()
    let operandStart = position
    let range = scalarWords()
    guard isAtValueEnd else {
      position = start
      if type.isText {
        skipValue(from: start)
        return mustBeQuoted(trimmed(start..<position))
      }
      skipValue(from: operandStart)
      wrongMatcher("a comparison takes one value", type, at: start)
      return nil
    }
    if type.isText { return mustBeQuoted(start..<max(range.upperBound, start + 1)) }
    guard type.isOrdered else {
      wrongMatcher("comparisons are for numbers, dates and durations", type, at: start)
      return nil
    }
    guard let value = operand(type.unwrapped, range.isEmpty ? operandStart..<operandStart : range) else { return nil }
    mark(start..<range.upperBound)
    let comparison: Pattern.Comparison =
      isGreater ? (hasEqual ? .greaterOrEqual : .greater) : (hasEqual ? .lessOrEqual : .less)
    return .compare(comparison, value)
  }

  private mutating func negation(_ type: TypeSchema) -> Pattern? {
    let start = position
    position += 3
    skipSpace()
    guard let inner = operatorValue(type, start: start) else { return nil }
    return .not(inner)
  }

  private mutating func contains(_ type: TypeSchema) -> Pattern? {
    let start = position
    let element: TypeSchema
    switch reading.model.resolve(type.unwrapped) {
    case .string: element = .string
    case .array(let inner), .set(let inner): element = inner
    case .dictionary(let key, _): element = key
    default:
      wrongMatcher("'contains' is for texts and collections", type, at: start)
      return nil
    }
    position += 8
    skipSpace()
    guard let inner = operatorValue(element, start: start) else { return nil }
    return .contains(inner)
  }

  /// The value behind `not` or `contains`; a plain text in quotes.
  private mutating func operatorValue(_ type: TypeSchema, start: Int) -> Pattern? {
    depth += 1
    defer { depth -= 1 }
    // Within an operator a value ends where the operator's own does, in a cell at its end.
    let valueStart = position
    if type.isText, !at("\""), !at("/") {
      let isTop = isWhole && depth == 1
      let range = isTop ? trimmed(position..<bytes.count) : trimmed(position..<endOfBareWords)
      let isMatcher =
        isWord(range, "any") || isWord(range, "empty") || (isWord(range, "null") && type.isOptional)
        || bindingName(range) != nil || isOperator("not") || isOperator("contains")
      guard isMatcher else {
        report("\(subject)is a text: quote the text behind the operator", at: valueStart)
        return nil
      }
    }
    guard isWhole, depth == 1 else { return pattern(type) }
    depth -= 1
    defer { depth += 1 }
    operatorDepth += 1
    defer { operatorDepth -= 1 }
    guard operatorDepth < Self.deepestNesting else {
      abandon()
      return nil
    }
    return pattern(type)
  }

  private mutating func regex(_ type: TypeSchema) -> Pattern? {
    let start = position
    guard let end = regexEnd(from: start + 1) else {
      report(
        type.isText
          ? "\(subject)is a text: quote one that begins with '/', or close the expression with '/'"
          : "the regular expression is not closed: a '/' is missing", at: start)
      return nil
    }
    position = end + 1
    let range = start..<position
    skipSpace()
    guard isAtValueEnd else {
      report(
        "nothing may stand behind the '/' that ends the expression; quote a text that begins with '/'", at: position)
      return nil
    }
    switch type.unwrapped {
    case .string, .text, .uuid, .enumeration, .data: break
    default:
      wrongMatcher("regular expressions are for texts", type, at: start)
      return nil
    }
    var expression: [UInt8] = []
    var offsets: [Int] = []
    var index = start + 1
    while index < end {
      if bytes[index] == UInt8(ascii: "\\"), byte(at: index + 1) == UInt8(ascii: "/") { index += 1 }
      expression.append(bytes[index])
      offsets.append(index)
      index += 1
    }
    do throws(RegularExpression.Problem) {
      let compiled = try RegularExpression(String(decoding: expression, as: UTF8.self))
      mark(range)
      return .regex(compiled)
    } catch {
      let offset = offsets.indices.contains(error.offset) ? offsets[error.offset] : end
      report("invalid regular expression: \(error.message)", at: offset)
      return nil
    }
  }

  private func named(_ name: String, _ type: TypeSchema) -> Pattern? {
    if let literal = reading.bindings.literals[name] {
      return reread(literal) { reader in reader.pattern(type) }
    }
    reading.bindings.matched.insert(name)
    return .named(name)
  }

  // MARK: Values

  private mutating func structure(_ type: TypeSchema) -> Pattern? {
    let start = position
    switch reading.model.resolve(type) {
    case .optional(let wrapped): return structure(wrapped)
    case .array(let element): return list(element).map { .list($0) }
    case .set(let element): return list(element, isSet: true).map { .set($0) }
    case .dictionary(let key, let value): return dictionary(key, value)
    case .record(let schema):
      guard skip("{") else {
        skipValue(from: start)
        wrongType(.record(schema), bytes[trimmed(start..<position)], at: start)
        return nil
      }
      depth += 1
      defer { depth -= 1 }
      let table = reading.model.table(of: schema.fields)
      return fieldPatterns(table, of: schema.name, until: "}", opener: start).map {
        .record($0.fields, isOpen: $0.isOpen || !isStrict)
      }
    case .enumeration(let schema):
      if isPayloadCase(schema) { return payloadPattern(schema) }
      return simplePattern(.enumeration(schema))
    case let type: return simplePattern(type)
    }
  }

  private mutating func simplePattern(_ type: TypeSchema) -> Pattern? {
    let start = position
    if at("\"") {
      guard let (text, range) = quotedValue(type), let value = quotedScalar(type, text, at: start) else { return nil }
      mark(range)
      return .exact(.constant(value))
    }
    let range = scalarWords()
    guard checkBare(type, range, from: start) else { return nil }
    mark(range)
    if case .date = type, let offset = offsetFromNow(bytes[range]) { return .exact(.now(offset: offset)) }
    return scalar(type, bytes[range], isQuoted: false, at: range.lowerBound).map { .exact(.constant($0)) }
  }

  private mutating func list(_ element: TypeSchema, isSet: Bool = false) -> [Pattern]? {
    var patterns: [Pattern] = []
    let isRead = elements(isSet ? .set(element) : .array(element)) { reader in
      guard let pattern = reader.pattern(element) else { return false }
      patterns.append(pattern)
      return true
    }
    return isRead ? patterns : nil
  }

  private mutating func dictionary(_ keyType: TypeSchema, _ valueType: TypeSchema) -> Pattern? {
    var found: [(key: DynamicValue, value: FieldPattern)] = []
    let (isRead, rest) = entries(.dictionary(key: keyType, value: valueType), key: keyType) { reader, key, range in
      let start = reader.position
      guard let pattern = reader.pattern(valueType) else { return false }
      let field = FieldPattern(
        path: [.key(key.keyText ?? reader.text(range))], type: valueType, pattern: pattern,
        location: reader.location(start), text: reader.text(reader.trimmed(start..<reader.position)))
      found.append((key, field))
      return true
    }
    return isRead ? .dictionary(found, isOpen: rest != nil || !isStrict) : nil
  }

  private mutating func payloadPattern(_ schema: EnumerationSchema) -> Pattern? {
    let range = bareWords()
    guard let index = caseIndex(schema, bytes[range]) else { return nil }
    let one = schema.cases[index]
    guard hasPayload(one) else { return nil }
    let opener = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    skipSpace()
    if let only = one.fields.first, one.fields.count == 1, only.name.hasPrefix("_"), !hasLabel, !starts(with: "...") {
      let start = position
      guard let pattern = pattern(only.type) else { return nil }
      let text = text(trimmed(start..<position))
      skipSpace()
      guard skip(")") else {
        report("the bracket is not closed: a ')' is missing", at: opener)
        return nil
      }
      let field = FieldPattern(
        path: [.field(only.name)], type: only.type, pattern: pattern, location: location(start), text: text)
      return .enumerationCase(name: one.name, fields: [field], isOpen: false)
    }
    let table = reading.model.table(of: one.fields)
    return fieldPatterns(table, of: one.name, until: ")", opener: opener).map {
      .enumerationCase(name: one.name, fields: $0.fields, isOpen: $0.isOpen || !isStrict)
    }
  }

  /// Reads the fields of a record to be looked for, up to its closing bracket; nil where one is wrong.
  mutating func fieldPatterns(
    _ table: FieldTable, of owner: String, until closer: Unicode.Scalar, opener: Int
  ) -> (fields: [FieldPattern], isOpen: Bool)? {
    var collector = PatternCollector(table)
    let rest = items(until: closer, opener: opener) { reader, name in
      reader.fieldPattern(name, into: &collector, of: owner) { reader, type in reader.pattern(type) }
    }
    return collector.isBroken ? nil : (collector.fields, rest != nil)
  }

  /// Reads one field to be looked for.
  mutating func fieldPattern(
    _ name: Range<Int>, into collector: inout PatternCollector, of owner: String,
    read: (inout LiteralReader, TypeSchema) -> Pattern?
  ) -> Bool {
    guard let found = fieldPath(name, in: collector.table, of: owner) else {
      collector.isBroken = true
      return false
    }
    if !collector.claim(found) {
      collector.isBroken = true
      report("'\(text(name))' is given twice", at: name.lowerBound)
    }
    path.append(.written(name))
    defer { path.removeLast() }
    let start = position
    guard let pattern = read(&self, found.type) else {
      collector.isBroken = true
      return false
    }
    let range = trimmed(start..<position)
    collector.fields.append(
      FieldPattern(
        path: found.components(in: collector.table), type: found.type, pattern: pattern,
        location: location(range.lowerBound), text: text(range)))
    return true
  }
}

/// Collects the fields of a record to be looked for, each once.
struct PatternCollector {
  let table: FieldTable
  var fields: [FieldPattern] = []
  var isBroken = false
  /// The fields that are looked for as a whole.
  private var claimed = FieldIndices()
  /// The paths into fields that are looked for.
  private var claimedPaths: [FieldPath] = []

  init(_ table: FieldTable) { self.table = table }

  mutating func claim(_ path: FieldPath) -> Bool {
    // What is asked of a collection's count says nothing of its elements.
    let isCount = path.rest.last == .count
    if claimed.contains(path.root), !isCount { return false }
    for other in claimedPaths where other.root == path.root {
      if other.rest == path.rest { return false }
      if isCount || other.rest.last == .count { continue }
      if other.rest.starts(with: path.rest) || path.rest.starts(with: other.rest) { return false }
    }
    if path.rest.isEmpty { claimed.insert(path.root) } else { claimedPaths.append(path) }
    return true
  }
}
