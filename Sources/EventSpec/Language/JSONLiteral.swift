import EventSourcing

/// A value of JSON with the places of its parts.
indirect enum JSONNode {
  case null(Int)
  case bool(Bool, Int)
  case number(Range<Int>)
  case string(String, Range<Int>)
  case array([JSONNode], Int)
  case object([(name: Range<Int>, key: String, value: JSONNode)], Int)

  /// Where the value starts.
  var offset: Int {
    switch self {
    case .null(let offset), .bool(_, let offset), .array(_, let offset), .object(_, let offset): offset
    case .number(let range), .string(_, let range): range.lowerBound
    }
  }
}

extension LiteralReader {
  /// Reads the whole text as JSON; nil where it is none, which is reported.
  mutating func json() -> JSONNode? {
    guard let node = jsonValue() else { return nil }
    skipSpace()
    guard isAtEnd else {
      jsonError("nothing may stand behind the value", at: position)
      return nil
    }
    return node
  }

  private func jsonError(_ message: String, at offset: Int) {
    reading.hasUnknownField = true
    report("invalid JSON: \(message)", at: min(offset, bytes.count))
  }

  private mutating func jsonValue() -> JSONNode? {
    skipSpace()
    let start = position
    guard depth < Self.deepestNesting else {
      abandon()
      return nil
    }
    switch byte {
    case UInt8(ascii: "{"): return jsonObject()
    case UInt8(ascii: "["): return jsonArray()
    case UInt8(ascii: "\""): return jsonString().map { .string($0, start..<position) }
    default:
      while let byte, !Self.isSpace(byte), byte != UInt8(ascii: ","), byte != UInt8(ascii: "]"),
        byte != UInt8(ascii: "}"),
        byte != UInt8(ascii: ":")
      { position += 1 }
      let range = start..<position
      if isWord(range, "null") { return .null(start) }
      if isWord(range, "true") { return .bool(true, start) }
      if isWord(range, "false") { return .bool(false, start) }
      if let first = bytes[range].first, first != UInt8(ascii: "+"), NumberLiteral.digits(bytes[range]) != nil {
        return .number(range)
      }
      jsonError(range.isEmpty ? "a value is missing" : "'\(text(range))' is no value; texts stand in quotes", at: start)
      return nil
    }
  }

  private mutating func jsonObject() -> JSONNode? {
    let start = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    var members: [(name: Range<Int>, key: String, value: JSONNode)] = []
    skipSpace()
    if skip("}") { return .object([], start) }
    while true {
      skipSpace()
      let nameStart = position
      guard at("\"") else {
        jsonError("a field's name in quotes is expected", at: position)
        return nil
      }
      guard let key = jsonString() else { return nil }
      let name = nameStart..<position
      skipSpace()
      guard skip(":") else {
        jsonError("':' is expected behind a field's name", at: position)
        return nil
      }
      guard let value = jsonValue() else { return nil }
      members.append((name, key, value))
      skipSpace()
      if skip("}") { return .object(members, start) }
      guard skip(",") else {
        jsonError(isAtEnd ? "'}' is missing" : "',' or '}' is expected", at: isAtEnd ? start : position)
        return nil
      }
    }
  }

  private mutating func jsonArray() -> JSONNode? {
    let start = position
    position += 1
    depth += 1
    defer { depth -= 1 }
    var elements: [JSONNode] = []
    skipSpace()
    if skip("]") { return .array([], start) }
    while true {
      guard let value = jsonValue() else { return nil }
      elements.append(value)
      skipSpace()
      if skip("]") { return .array(elements, start) }
      guard skip(",") else {
        jsonError(isAtEnd ? "']' is missing" : "',' or ']' is expected", at: isAtEnd ? start : position)
        return nil
      }
    }
  }

  private mutating func jsonString() -> String? {
    let start = position
    position += 1
    var result: [UInt8] = []
    while let byte {
      if byte == UInt8(ascii: "\"") {
        position += 1
        return String(decoding: result, as: UTF8.self)
      }
      if byte < 0x20 { break }
      if byte != UInt8(ascii: "\\") {
        result.append(byte)
        position += 1
        continue
      }
      guard let escaped = jsonEscape() else {
        jsonError("unknown escape", at: position)
        return nil
      }
      result.append(contentsOf: escaped)
    }
    jsonError("the text is not closed", at: start)
    return nil
  }

  private mutating func jsonEscape() -> [UInt8]? {
    guard let escaped = byte(at: position + 1) else { return nil }
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
      UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
    if let byte = simple[escaped] {
      position += 2
      return [byte]
    }
    guard escaped == UInt8(ascii: "u"), let high = jsonCodeUnit(at: position + 2) else { return nil }
    position += 6
    if let scalar = Unicode.Scalar(high) { return Array(Character(scalar).utf8) }
    guard starts(with: "\\u"), let low = jsonCodeUnit(at: position + 2), (0xD800...0xDBFF).contains(high),
      (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
    else { return nil }
    position += 6
    return Array(Character(scalar).utf8)
  }

  private func jsonCodeUnit(at offset: Int) -> UInt32? {
    guard offset + 4 <= bytes.count else { return nil }
    return UInt32(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
  }

  // MARK: Values by type

  /// The value that JSON stands for; nil where it is none of the type, which is reported.
  mutating func template(_ node: JSONNode, _ type: TypeSchema) -> ValueTemplate? {
    switch (node, reading.model.resolve(type)) {
    case (.null, .optional): return .constant(.null)
    case (_, .optional(let wrapped)): return template(node, wrapped)
    case (.array(let nodes, _), .array(let element)), (.array(let nodes, _), .set(let element)):
      var list = TemplateList()
      var isRead = true
      for node in nodes {
        if let value = template(node, element) { list.append(value) } else { isRead = false }
      }
      return isRead ? list.array() : nil
    case (.object(let members, _), .dictionary(let keyType, let value)):
      var names: [String] = []
      var list = TemplateList()
      for member in members {
        guard
          let key = scalar(keyType, ArraySlice(member.key.utf8), isQuoted: false, at: member.name.lowerBound)?.keyText,
          let value = within(member.key, { $0.template(member.value, value) })
        else { return nil }
        names.append(key)
        list.append(value)
      }
      return list.record(names)
    case (.object, .record(let schema)):
      var builder = RecordBuilder(reading.model.table(of: schema.fields))
      fields(node, into: &builder, of: schema.name)
      return builder.build(reading, path: pathNames)
    case (.object(let members, _), .enumeration(let schema)):
      guard let member = members.first, members.count == 1, let index = caseIndex(schema, ArraySlice(member.key.utf8))
      else {
        break
      }
      var builder = RecordBuilder(reading.model.table(of: schema.cases[index].fields))
      if case .object = member.value { fields(member.value, into: &builder, of: schema.cases[index].name) }
      return builder.build(reading, path: pathNames).map { Self.record([(schema.cases[index].name, $0)]) }
    case (.string(let text, let range), let type):
      if case .date = type, let offset = offsetFromNow(ArraySlice(text.utf8)) { return .now(offset: offset) }
      if isScalar(type) {
        return scalar(type, ArraySlice(text.utf8), isQuoted: true, at: range.lowerBound).map { .constant($0) }
      }
    case (.number(let range), .integer), (.number(let range), .floatingPoint), (.number(let range), .decimal),
      (.number(let range), .enumeration):
      return scalar(type.unwrapped, bytes[range], isQuoted: false, at: range.lowerBound).map { .constant($0) }
    case (.bool(let value, _), .bool): return .constant(.bool(value))
    default: break
    }
    wrongType(type, shown(node), at: node.offset)
    return nil
  }

  /// The pattern that JSON stands for: exactly its value.
  mutating func pattern(_ node: JSONNode, _ type: TypeSchema) -> Pattern? {
    switch (node, reading.model.resolve(type)) {
    case (.null, .optional): return .exact(.constant(.null))
    case (_, .optional(let wrapped)): return pattern(node, wrapped)
    case (.array(let nodes, _), .array(let element)): return patterns(nodes, element).map { .list($0) }
    case (.array(let nodes, _), .set(let element)): return patterns(nodes, element).map { .set($0) }
    case (.object, .record(let schema)):
      var collector = PatternCollector(reading.model.table(of: schema.fields))
      fields(node, into: &collector, of: schema.name)
      return collector.isBroken ? nil : .record(collector.fields, isOpen: !isStrict)
    case (.object, .enumeration), (.object, .dictionary):
      return template(node, type).map { .exact($0) }
    default: return template(node, type).map { .exact($0) }
    }
  }

  private mutating func patterns(_ nodes: [JSONNode], _ type: TypeSchema) -> [Pattern]? {
    var result: [Pattern] = []
    for node in nodes {
      guard let pattern = pattern(node, type) else { return nil }
      result.append(pattern)
    }
    return result
  }

  /// Reads an object's members as the fields of a record to be made.
  mutating func fields(_ node: JSONNode, into builder: inout RecordBuilder, of owner: String) {
    guard case .object(let members, _) = node else {
      builder.isBroken = true
      jsonError("an object with the fields of \(owner) is expected", at: node.offset)
      return
    }
    for member in members {
      let name = member.name.dropFirst().dropLast()
      _ = field(name.startIndex..<name.endIndex, into: &builder, of: owner) { reader, type in
        reader.position = member.value.offset
        return reader.template(member.value, type)
      }
    }
  }

  /// Reads an object's members as the fields of a record to be looked for.
  mutating func fields(_ node: JSONNode, into collector: inout PatternCollector, of owner: String) {
    guard case .object(let members, _) = node else {
      collector.isBroken = true
      jsonError("an object with the fields of \(owner) is expected", at: node.offset)
      return
    }
    for member in members {
      let name = member.name.dropFirst().dropLast()
      position = member.value.offset
      _ = fieldPattern(name.startIndex..<name.endIndex, into: &collector, of: owner) { reader, type in
        let start = reader.position
        let pattern = reader.pattern(member.value, type)
        reader.skipValue(from: start)
        return pattern
      }
    }
  }

  /// JSON as a value of its own form.
  func untyped(_ node: JSONNode, _ text: (String, Range<Int>) -> DynamicValue) -> DynamicValue {
    switch node {
    case .null: .null
    case .bool(let value, _): .bool(value)
    case .string(let string, let range): text(string, range)
    case .number(let range):
      if case .success(let number) = NumberLiteral.integer(bytes[range], bits: 64, isSigned: true) {
        number
      } else if case .success(let number) = NumberLiteral.decimal(bytes[range]) {
        .decimal(number)
      } else {
        .double(Double(self.text(range)) ?? .nan)
      }
    case .array(let nodes, _): .array(nodes.map { untyped($0, text) })
    case .object(let members, _):
      .record(DynamicRecord(members.map { DynamicRecord.Field($0.key, untyped($0.value, text)) }))
    }
  }

  private mutating func within<Value>(_ name: String, _ body: (inout LiteralReader) -> Value) -> Value {
    path.append(.name(name))
    defer { path.removeLast() }
    return body(&self)
  }

  private func isScalar(_ type: TypeSchema) -> Bool {
    switch type {
    case .array, .set, .dictionary, .record: false
    default: true
    }
  }

  private func shown(_ node: JSONNode) -> ArraySlice<UInt8> {
    switch node {
    case .number(let range), .string(_, let range): return bytes[range]
    case .null: return ArraySlice("null".utf8)
    case .bool(let value, _): return ArraySlice((value ? "true" : "false").utf8)
    case .array(_, let start), .object(_, let start):
      var ahead = self
      ahead.skipValue(from: start)
      return bytes[start..<max(start, ahead.position)]
    }
  }
}
