import EventSourcing

extension TypeSchema {
  /// What is expected of a value, as a sentence goes on behind "expects".
  var expectation: String {
    switch self {
    case .string: "a text"
    case .bool: "true or false"
    case .integer(let bits, let isSigned): Self.integerWords(bits: bits, isSigned: isSigned)
    case .floatingPoint: "a number"
    case .decimal: "a decimal number"
    case .date: "a date such as 2026-01-31 or 2026-01-31T09:30:00Z"
    case .duration: "a length of time such as 3 days or 2 h 30 min"
    case .uuid: "a UUID or a name for one"
    case .data: "Base64"
    case .optional(let wrapped): wrapped.expectation + ", or null"
    case .array(let element): "a list such as [\(element.sample), \(element.sample)]"
    case .set(let element): "a set such as [\(element.sample), \(element.sample)]"
    case .dictionary(let key, let value): "entries such as {\(key.sample): \(value.sample)}"
    case .record(let schema): "a record {\(schema.fields.filter { !$0.isDerived }.map(\.name).joined(separator: ", "))}"
    case .enumeration(let schema): schema.expectation
    case .text(let schema): "a text that is a \(schema.name)"
    case .recursive(let name): "a \(name)"
    case .unreadable(let name, let reason): "a \(name), for which no value can be written: \(reason)"
    }
  }

  /// A value of the type as an example.
  private var sample: String {
    switch self {
    case .string, .text: "a"
    case .bool: "true"
    case .integer: "1"
    case .floatingPoint, .decimal: "1.5"
    case .date: "2026-01-31"
    case .duration: "3 days"
    case .uuid: "alice"
    case .data: "QUJD"
    case .optional(let wrapped): wrapped.sample
    case .array, .set: "[]"
    case .dictionary, .record, .recursive, .unreadable: "{}"
    case .enumeration(let schema): schema.cases.first?.name ?? "a"
    }
  }

  private static func integerWords(bits: Int, isSigned: Bool) -> String {
    if bits >= 64 { return isSigned ? "a whole number" : "a whole number from 0" }
    let width = UInt64(max(bits, 1))
    let range =
      isSigned
      ? "-\(UInt64(1) << (width - 1)) to \((UInt64(1) << (width - 1)) - 1)" : "0 to \((UInt64(1) << width) - 1)"
    return "a whole number from " + range
  }

  /// The type without the possibility of null.
  var unwrapped: TypeSchema {
    var type = self
    while case .optional(let wrapped) = type { type = wrapped }
    return type
  }

  var isOptional: Bool { if case .optional = self { true } else { false } }

  var isText: Bool { if case .string = unwrapped { true } else { false } }

  /// Whether values can be ordered in a spec.
  var isOrdered: Bool {
    switch unwrapped {
    case .integer, .floatingPoint, .decimal, .date, .duration: true
    default: false
    }
  }

  /// The types of what lies one step inside.
  func fields() -> [FieldSchema]? {
    if case .record(let schema) = unwrapped { schema.fields } else { nil }
  }
}

extension EnumerationSchema {
  var expectation: String {
    let shown = cases.prefix(12).map(\.name)
    let rest = cases.count > shown.count ? ", …" : ""
    return shown.count == 1 ? shown.joined() : "one of " + shown.joined(separator: ", ") + rest
  }

  /// A value without payload in coded form.
  func constant(_ index: Int) -> DynamicValue {
    guard cases.indices.contains(index) else { return .null }
    if let rawValue = cases[index].rawValue { return rawValue }
    return .string(cases[index].name)
  }
}

extension DynamicValue {
  /// The text that stands for an identity in a stream's name; nil for what is no identity.
  var streamText: String? {
    switch self {
    case .uuid(let identity): identity.lowercaseText
    case .string(let text): text
    case .integer(let number): String(number)
    case .unsigned(let number): String(number)
    default: nil
    }
  }

  /// The text of a dictionary's key where the dictionary is coded as a record; nil for other keys.
  var keyText: String? {
    if case .date(let date) = self { return DateText.write(date) }
    return streamText
  }
}
