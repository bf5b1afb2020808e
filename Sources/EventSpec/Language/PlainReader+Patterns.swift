import EventSourcing

extension PlainReader {
  /// Reads the fields of a record to be looked for, up to its closing bracket.
  ///
  /// - Parameters:
  ///   - plan: The fields.
  ///   - closer: The closing bracket, nil where there is none and so no fields.
  ///   - place: Where the bytes begin in the file.
  ///   - identityIndex: The index of a field that must not be written.
  ///   - fields: Takes the fields.
  mutating func patterns(
    _ plan: PlainFields, until closer: UInt8?, _ place: SpecLocation, without identityIndex: Int? = nil,
    into fields: inout [FieldPattern]
  ) throws(NotPlain) {
    var next = 0
    while let closer, let name = try fieldName(until: closer, isFirst: next == 0) {
      guard let index = plan.index(of: bytes[name], from: next), index != identityIndex else { throw NotPlain() }
      next = index + 1
      let start = position
      let pattern = try pattern(plan.fields[index].type, place)
      var end = position
      while end > start, LiteralReader.isSpace(bytes[end - 1]) { end -= 1 }
      fields.append(
        FieldPattern(
          path: plan.fields[index].path, type: plan.fields[index].schema.type, pattern: pattern,
          location: location(start, place), text: text(start..<end)))
    }
  }

  /// Where an offset stands; the bytes are one line of ASCII.
  func location(_ offset: Int, _ place: SpecLocation) -> SpecLocation {
    SpecLocation(file: place.file, line: place.line, column: place.column + offset - bytes.startIndex)
  }

  private mutating func pattern(_ type: PlainType, _ place: SpecLocation) throws(NotPlain) -> Pattern {
    if byte == UInt8(ascii: "{"), case .record(let plan) = type {
      position += 1
      var fields: [FieldPattern] = []
      fields.reserveCapacity(plan.fields.count)
      try patterns(plan, until: UInt8(ascii: "}"), place, into: &fields)
      return .record(fields, isOpen: hasRest)
    }
    let (range, isQuoted) = try scalarRange()
    guard isQuoted || !mayBeMatcher(range) else { throw NotPlain() }
    return .exact(.constant(try scalar(type, range, isQuoted: isQuoted)))
  }

  /// Whether bare words could be more than a value.
  private func mayBeMatcher(_ range: Range<Int>) -> Bool {
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "$"), UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"): return true
    case UInt8(ascii: "a"): if isWord(range, "any") { return true }
    case UInt8(ascii: "c"): if starts(range, with: "contains") { return true }
    case UInt8(ascii: "e"): if isWord(range, "empty") { return true }
    case UInt8(ascii: "n"): if isWord(range, "null") || starts(range, with: "not") { return true }
    default: break
    }
    for index in range.dropFirst() where bytes[index] == UInt8(ascii: ".") && bytes[index - 1] == UInt8(ascii: ".") {
      return true
    }
    return false
  }
}
