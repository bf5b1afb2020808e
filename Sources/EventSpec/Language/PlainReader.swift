import EventSourcing

/// Reads messages that are written in the plainest way, as most are: a name, then fields with values that need no more
/// than their type to be read.
///
/// It knows a part of what ``StepReader`` knows, and that part in the same way; of all else it says nothing, and whoever
/// asked has the step read by that. So it reports nothing and may leave the cursor anywhere.
struct PlainReader {
  let bytes: ArraySlice<UInt8>
  let names: IdentityNames
  var position: Int
  /// Whether the fields that were read last ended in `...`.
  private(set) var hasRest = false

  init(_ bytes: ArraySlice<UInt8>, _ names: IdentityNames) {
    self.bytes = bytes
    self.names = names
    position = bytes.startIndex
  }

  /// A letter or digit of ASCII: what plain names are made of.
  static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || NumberLiteral.isDigit(byte)
  }

  var isAtEnd: Bool { position >= bytes.endIndex }

  /// The byte at the cursor, 0 at the end.
  var byte: UInt8 { position < bytes.endIndex ? bytes[position] : 0 }

  mutating func skipSpace() {
    while position < bytes.endIndex, LiteralReader.isSpace(bytes[position]) { position += 1 }
  }

  /// The letters and digits at the cursor, which is left behind them.
  mutating func word() -> Range<Int> {
    let start = position
    while position < bytes.endIndex, Self.isWordByte(bytes[position]) { position += 1 }
    return start..<position
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: Fields

  /// Goes to the next field and takes its name and the colon behind it; nil where the bracket closes, before which `...`
  /// may stand.
  ///
  /// - Parameters:
  ///   - closer: The closing bracket, behind which the cursor is left.
  ///   - isFirst: Whether no field has been read before.
  /// - Throws: Where something else stands.
  mutating func fieldName(until closer: UInt8, isFirst: Bool) throws(NotPlain) -> Range<Int>? {
    skipSpace()
    hasRest = false
    if byte == closer {
      position += 1
      return nil
    }
    if !isFirst {
      guard byte == UInt8(ascii: ",") else { throw NotPlain() }
      position += 1
      skipSpace()
    }
    if starts(position..<bytes.endIndex, with: "...") {
      position += 3
      skipSpace()
      guard byte == closer else { throw NotPlain() }
      position += 1
      hasRest = true
      return nil
    }
    let name = word()
    skipSpace()
    guard !name.isEmpty, byte == UInt8(ascii: ":") else { throw NotPlain() }
    position += 1
    skipSpace()
    return name
  }

  /// Reads the fields of a record to be made, up to its closing bracket; only in the order of the type.
  ///
  /// - Parameters:
  ///   - plan: The fields.
  ///   - closer: The closing bracket, nil where there is none and so no fields.
  ///   - identity: The value of a field that is not written.
  mutating func record(
    _ plan: PlainFields, until closer: UInt8?, identity: (index: Int, value: DynamicValue)? = nil
  ) throws(NotPlain) -> DynamicRecord {
    var fields: [DynamicRecord.Field] = []
    fields.reserveCapacity(plan.fields.count)
    var next = 0
    func fill(to end: Int) throws(NotPlain) {
      while next < end {
        if !plan.fields[next].schema.isDerived {
          let value = next == identity?.index ? identity?.value : plan.fields[next].missing
          guard let value else { throw NotPlain() }
          fields.append(DynamicRecord.Field(plan.fields[next].schema.name, value))
        }
        next += 1
      }
    }
    while let closer, let name = try fieldName(until: closer, isFirst: next == 0) {
      guard let index = plan.index(of: bytes[name], from: next), index != identity?.index,
        !plan.fields[index].schema.isDerived
      else { throw NotPlain() }
      try fill(to: index)
      let value = try value(plan.fields[index].type, isOptional: plan.fields[index].isOptional)
      fields.append(DynamicRecord.Field(plan.fields[index].schema.name, value))
      next = index + 1
    }
    if hasRest { throw NotPlain() }
    try fill(to: plan.fields.count)
    return DynamicRecord(fields)
  }

  // MARK: Values

  /// Reads a value to be given.
  mutating func value(_ type: PlainType, isOptional: Bool) throws(NotPlain) -> DynamicValue {
    if byte == UInt8(ascii: "{"), case .record(let plan) = type {
      position += 1
      return .record(try record(plan, until: UInt8(ascii: "}")))
    }
    let (range, isQuoted) = try scalarRange()
    if !isQuoted {
      if byteIs("$", at: range.lowerBound) { throw NotPlain() }
      if isOptional, isWord(range, "null") { return .null }
    }
    return try scalar(type, range, isQuoted: isQuoted)
  }

  /// The text of a value that is no record, without quotes.
  mutating func scalarRange() throws(NotPlain) -> (range: Range<Int>, isQuoted: Bool) {
    let isQuoted = byte == UInt8(ascii: "\"")
    if isQuoted { position += 1 }
    let start = position
    var end = start
    if isQuoted {
      while byte != UInt8(ascii: "\"") {
        guard !isAtEnd, byte != UInt8(ascii: "\\") else { throw NotPlain() }
        position += 1
      }
      end = position
      position += 1
    } else {
      while position < bytes.endIndex, !LiteralReader.isSpecial(bytes[position]) {
        position += 1
        if !LiteralReader.isSpace(bytes[position - 1]) { end = position }
      }
      guard end > start else { throw NotPlain() }
    }
    return (start..<end, isQuoted)
  }

  /// Reads a value that is no record.
  func scalar(_ type: PlainType, _ range: Range<Int>, isQuoted: Bool) throws(NotPlain) -> DynamicValue {
    var value: DynamicValue?
    switch type {
    case .string: value = .string(text(range))
    case .uuid where isQuoted || !isWord(range, "null"):
      value = names.identity(written: bytes[range]).map { .uuid($0) }
    case .text(let schema): value = schema.read(text(range))
    case .cases(let cases): value = cases.first { $0.name.elementsEqual(bytes[range]) }?.value
    case .bool where !isQuoted:
      if isWord(range, "true") { value = .bool(true) }
      if isWord(range, "false") { value = .bool(false) }
    case .integer(let bits, let isSigned) where !isQuoted:
      value = try? NumberLiteral.integer(bytes[range], bits: bits, isSigned: isSigned).get()
    case .floatingPoint(let bits) where !isQuoted:
      value = try? NumberLiteral.floatingPoint(bytes[range], bits: bits).get()
    case .decimal where !isQuoted: value = (try? NumberLiteral.decimal(bytes[range]).get()).map { .decimal($0) }
    default: break
    }
    guard let value else { throw NotPlain() }
    return value
  }

  func byteIs(_ character: Unicode.Scalar, at offset: Int) -> Bool {
    bytes.indices.contains(offset) && bytes[offset] == UInt8(ascii: character)
  }

  func isWord(_ range: Range<Int>, _ word: StaticString) -> Bool {
    range.count == word.utf8CodeUnitCount && starts(range, with: word)
  }

  func starts(_ range: Range<Int>, with word: StaticString) -> Bool {
    guard range.count >= word.utf8CodeUnitCount else { return false }
    return word.withUTF8Buffer { wanted in
      for index in wanted.indices where bytes[range.lowerBound + index] != wanted[index] { return false }
      return true
    }
  }
}

/// A step is not written in the plainest way.
struct NotPlain: Error {}
