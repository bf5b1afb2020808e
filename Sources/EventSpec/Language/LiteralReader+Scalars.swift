import EventSourcing

extension LiteralReader {
  /// Reads a value without brackets.
  ///
  /// - Parameters:
  ///   - type: A type of one value, not a collection, record or optional.
  ///   - text: What stands there, escapes replaced.
  ///   - isQuoted: Whether it stands in quotes.
  ///   - offset: Where it stands.
  /// - Returns: The value in coded form; nil where it is none of the type, which is reported.
  func scalar(_ type: TypeSchema, _ text: ArraySlice<UInt8>, isQuoted: Bool, at offset: Int) -> DynamicValue? {
    switch type {
    case .string: return .string(String(decoding: text, as: UTF8.self))
    case .uuid where !isQuoted && text.elementsEqual("null".utf8):
      wrongType(type, text, at: offset, because: "which stands for nothing; quote it if it is a name")
      return nil
    case .uuid:
      if let identity = reading.model.names.identity(written: text) { return .uuid(identity) }
    case .enumeration(let schema): return enumeration(schema, text, isQuoted: isQuoted, at: offset)
    case .text(let schema):
      if let value = schema.read(String(decoding: text, as: UTF8.self)) { return value }
    case .data:
      if let data = Data(base64Encoded: String(decoding: text, as: UTF8.self)) {
        return .string(data.base64EncodedString())
      }
    case .date: return date(text, at: offset).map { .date($0) }
    case .duration:
      if let duration = DurationLiteral.read(text) { return .duration(duration) }
    case .bool, .integer, .floatingPoint, .decimal:
      if !isQuoted { return number(type, text, at: offset) }
    default: break
    }
    wrongType(type, text, isQuoted: isQuoted, at: offset)
    return nil
  }

  /// Reads a value that stands in quotes.
  func quotedScalar(_ type: TypeSchema, _ text: String, at offset: Int) -> DynamicValue? {
    if case .string = type { return .string(text) }
    return scalar(type, ArraySlice(text.utf8), isQuoted: true, at: offset)
  }

  /// Says that a value is not of its type.
  func wrongType(
    _ type: TypeSchema, _ text: ArraySlice<UInt8>, isQuoted: Bool = false, at offset: Int, because reason: String? = nil
  ) {
    let shown = String(decoding: text.prefix(60), as: UTF8.self) + (text.count > 60 ? "…" : "")
    let found = text.isEmpty && !isQuoted ? "nothing" : isQuoted ? SpecText.quote(shown) : "'\(shown)'"
    report(
      "\(subject)expects \(type.expectation); found \(found)" + (reason.map { ", " + $0 } ?? ""), at: offset)
  }

  /// The field that is read, as the beginning of a sentence.
  var subject: String { path.isEmpty ? "" : pathText + " " }

  private func number(_ type: TypeSchema, _ text: ArraySlice<UInt8>, at offset: Int) -> DynamicValue? {
    let result: Result<DynamicValue, NumberLiteral.Problem>
    switch type {
    case .bool:
      if text.elementsEqual("true".utf8) { return .bool(true) }
      if text.elementsEqual("false".utf8) { return .bool(false) }
      result = .failure(.noNumber)
    case .integer(let bits, let isSigned): result = NumberLiteral.integer(text, bits: bits, isSigned: isSigned)
    case .floatingPoint(let bits): result = NumberLiteral.floatingPoint(text, bits: bits)
    default: result = NumberLiteral.decimal(text).map { .decimal($0) }
    }
    switch result {
    case .success(let value): return value
    case .failure(let problem):
      let reason: String? =
        switch problem {
        case .noNumber: nil
        case .fraction: "which has a fraction"
        case .outOfRange: "which is out of range"
        case .lostDigit: "which has more digits than the type can hold"
        }
      wrongType(type, text, at: offset, because: reason)
      return nil
    }
  }

  private func date(_ text: ArraySlice<UInt8>, at offset: Int) -> Date? {
    switch DateLiteral.read(text) {
    case .success(let date): return date
    case .failure(.noDate): wrongType(.date, text, at: offset)
    case .failure(.noOffset):
      wrongType(.date, text, at: offset, because: "whose time has no offset from UTC: end it with Z or +02:00")
    case .failure(.outOfRange): wrongType(.date, text, at: offset, because: "which is no day or time that exists")
    }
    return nil
  }

  /// The offset from now that a text stands for: `now`, `now + 3 days`; nil where it is something else.
  func offsetFromNow(_ text: ArraySlice<UInt8>) -> Duration? {
    guard text.starts(with: "now".utf8) else { return nil }
    var rest = text.dropFirst(3).drop(while: Self.isSpace)
    guard let sign = rest.first else { return .zero }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    rest = rest.dropFirst().drop(while: Self.isSpace)
    guard let first = rest.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+"),
      let duration = DurationLiteral.read(rest)
    else { return nil }
    return sign == UInt8(ascii: "-") ? .zero - duration : duration
  }

  private func enumeration(
    _ schema: EnumerationSchema, _ text: ArraySlice<UInt8>, isQuoted: Bool, at offset: Int
  ) -> DynamicValue? {
    if let index = caseIndex(schema, text) {
      let fields = schema.cases[index].fields
      guard fields.isEmpty else {
        let names = fields.map { $0.name.first == "_" ? "…" : $0.name + ": …" }.joined(separator: ", ")
        report("\(subject)expects the payload of \(schema.cases[index].name)(\(names))", at: offset)
        return nil
      }
      return schema.constant(index)
    }
    let string = String(decoding: text, as: UTF8.self)
    for one in schema.cases {
      switch one.rawValue {
      case .string(let rawValue)? where rawValue == string: return one.rawValue
      case .integer(let rawValue)? where !isQuoted && String(rawValue) == string: return one.rawValue
      case .unsigned(let rawValue)? where !isQuoted && String(rawValue) == string: return one.rawValue
      case .double(let rawValue)? where !isQuoted && Double(string) == rawValue: return one.rawValue
      default: continue
      }
    }
    report(
      "\(subject)expects \(schema.expectation); found '\(string)'", at: offset,
      suggestion: NearestName.nearest(to: string, among: schema.cases.map(\.name)))
    return nil
  }

  /// The case of a name: exactly so, else without regard to case, spaces, `_` and `-`.
  func caseIndex(_ schema: EnumerationSchema, _ text: ArraySlice<UInt8>) -> Int? {
    if let exact = schema.cases.firstIndex(where: { $0.name.utf8.elementsEqual(text) }) { return exact }
    let found = schema.cases.indices.filter { NormalizedName.areEqual(schema.cases[$0].name.utf8, text) }
    return found.count == 1 ? found.first : nil
  }
}
