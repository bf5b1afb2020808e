/// Names as text columns hold them: databases end a text at U+0000, so that one is escaped.
///
/// U+0000 is written as U+0001 U+0001 and U+0001 as U+0001 U+0002. The order of the UTF-8 bytes, and which name is the
/// beginning of which, stay as they are.
package enum StoredName {
  /// The text of a column.
  ///
  /// - Parameter name: Any text.
  package static func write(_ name: String) -> String {
    guard name.utf8.contains(where: { $0 < 2 }) else { return name }
    var text = ""
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0: text += "\u{1}\u{1}"
      case 1: text += "\u{1}\u{2}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The name that a column's text stands for.
  ///
  /// - Parameter text: What ``write(_:)`` gave.
  package static func read(_ text: String) -> String {
    guard text.utf8.contains(1) else { return text }
    var name = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        name.unicodeScalars.append(scalar.value == 1 ? "\0" : scalar.value == 2 ? "\u{1}" : scalar)
        isEscaped = false
      } else if scalar.value == 1 {
        isEscaped = true
      } else {
        name.unicodeScalars.append(scalar)
      }
    }
    return name
  }
}
