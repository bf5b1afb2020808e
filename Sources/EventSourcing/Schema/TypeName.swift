/// The name of a type as its users write it: `Order.Event`, without the module.
///
/// - Parameter type: Any type.
/// - Returns: The name with the types around it.
package func typeName(_ type: Any.Type) -> String { WrittenName.of(type).text }

/// The name of a type within the types around it: `Event`.
///
/// Both kinds of names are found out once a type. The runtime is asked for them directly: describing a type as a value
/// would have it look through all conformances there are for a description of its own.
final class OwnName: Sendable {
  let text: String
  /// The name as a variable would have it: `event`.
  let lowerCamelCase: String

  private static let table = TypeTable<OwnName>()

  static func of(_ type: Any.Type) -> OwnName { table.entry(for: type) { OwnName(type) } }

  private init(_ type: Any.Type) {
    text = _typeName(type, qualified: false)
    lowerCamelCase = EventSourcing.lowerCamelCase(text)
  }
}

private final class WrittenName: Sendable {
  let text: String

  private static let table = TypeTable<WrittenName>()

  static func of(_ type: Any.Type) -> WrittenName { table.entry(for: type) { WrittenName(type) } }

  private init(_ type: Any.Type) { text = Self.withoutModules(_typeName(type, qualified: true)) }

  /// Drops the first of the parts joined by full stops, and contexts in parentheses; `Box<Shop.Order>` likewise inside.
  private static func withoutModules(_ full: String) -> String {
    var text = ""
    var part = ""
    var isFirst = true
    var depth = 0
    for character in full.unicodeScalars {
      switch character {
      case "(":
        depth += 1
      case ")":
        depth -= 1
      case _ where depth > 0: continue
      case ".":
        if !isFirst, !part.isEmpty { text += part + "." }
        isFirst = false
        part = ""
      case "<", ">", ",", " ", "[", "]", ":":
        text += part
        text.unicodeScalars.append(character)
        part = ""
        isFirst = true
      default: part.unicodeScalars.append(character)
      }
    }
    return text + part
  }
}
