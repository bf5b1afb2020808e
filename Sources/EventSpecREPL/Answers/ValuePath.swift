internal import EventSourcing
internal import EventSpec

/// A way into a value, as in `items[0].quantity` or `items.count`.
package struct ValuePath: Sendable {
  /// What is wrong with a path, or with where it leads.
  package struct Problem: Error, Sendable {
    package var message: String
    package var suggestion: String?
  }

  private enum Part {
    case field(String)
    case index(Int)
  }

  private let parts: [Part]
  private let written: String

  /// Reads a path.
  package init(_ text: String) throws(Problem) {
    var parts: [Part] = []
    var rest = Substring(text)
    var isFirst = true
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let end = rest.firstIndex(of: "]"), let index = Int(rest[rest.index(after: rest.startIndex)..<end]),
          index >= 0
        else {
          throw Problem(message: "an element is written as in items[0]; found '\(rest)'", suggestion: nil)
        }
        parts.append(.index(index))
        rest = rest[rest.index(after: end)...]
      } else {
        if rest.first == ".", !isFirst { rest.removeFirst() }
        let name = rest.prefix { $0 != "." && $0 != "[" }
        guard !name.isEmpty else {
          throw Problem(message: "a field's name is expected in '\(text)'", suggestion: nil)
        }
        parts.append(.field(String(name).trimmingBlanks))
        rest = rest[name.endIndex...]
      }
      isFirst = false
    }
    self.parts = parts
    written = text
  }

  /// What lies at the end of the way.
  func value(in value: DynamicValue, _ type: TypeSchema) throws(Problem) -> (value: DynamicValue, type: TypeSchema) {
    var value = value
    var type = type
    for part in parts {
      type = type.withoutOptional
      switch (part, value) {
      case (.field(let name), .record(let record)):
        guard let field = record.fields.first(where: { NormalizedName.areEqual($0.name.utf8, name.utf8) }) else {
          let known = record.fields.map(\.name)
          throw Problem(
            message: "there is no '\(name)' at '\(written)'; there are \(known.joined(separator: ", "))",
            suggestion: NearestName.nearest(to: name, among: known))
        }
        switch type {
        case .record(let schema): type = schema.fields.first { $0.name == field.name }?.type ?? .string
        case .dictionary(_, let element): type = element
        default: break
        }
        value = field.value
      case (.field("count"), .array(let elements)):
        return (.integer(Int64(elements.count)), .integer(bits: 64, isSigned: true))
      case (.index(let index), .array(let elements)):
        guard elements.indices.contains(index) else {
          throw Problem(
            message: "there is no [\(index)] at '\(written)': there are \(elements.count) elements", suggestion: nil)
        }
        value = elements[index]
        switch type {
        case .array(let element), .set(let element): type = element
        default: break
        }
      default: throw Problem(message: "'\(written)' leads nowhere: the state has nothing there", suggestion: nil)
      }
    }
    return (value, type)
  }
}
