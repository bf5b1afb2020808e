/// The name of a type as its users write it: `Order.Event`, without the module.
///
/// - Parameter type: Any type.
/// - Returns: The name with the types around it.
package func typeName(_ type: Any.Type) -> String {
  let full = String(reflecting: type)
  var text = ""
  var part = ""
  var isFirst = true
  var depth = 0
  // Drops the first of the parts joined by full stops, and contexts in parentheses; `Box<Shop.Order>` likewise inside.
  for character in full {
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
      text += part + String(character)
      part = ""
      isFirst = true
    default: part.append(character)
    }
  }
  return text + part
}
