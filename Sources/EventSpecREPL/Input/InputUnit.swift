/// One thing that was typed: a step with its table or doc string, or a meta-command.
package struct InputUnit: Sendable, Hashable {
  /// The text without what stands below it; of several lines while a bracket is open.
  package var text: String
  /// The lines of the table or doc string below it.
  package var body: [String]
  /// The line at which the text begins, from 1.
  package var line: Int
  /// The line at which the body begins.
  package var bodyLine: Int
  /// How many code points of the first line stand before the text.
  package var column: Int

  /// The text with its body, as it can be given in again.
  package var source: String { ([text] + body).joined(separator: "\n") }
}

/// Where brackets, quoted texts and colons stand in a step.
package struct StepShape: Sendable {
  /// The brackets that are still open.
  package private(set) var open: [UInt8] = []
  /// Whether a quoted text is still open.
  package private(set) var isQuoted = false
  /// The offset of the first colon outside of brackets and quoted texts.
  package private(set) var colon: Int?
  /// The offset of the first opening bracket outside of others.
  package private(set) var bracket: Int?

  /// Looks at a text.
  ///
  /// - Complexity: O(*n*).
  package init(_ text: some Sequence<UInt8>) {
    var isEscaped = false
    for (offset, byte) in text.enumerated() {
      if isQuoted {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n") {
          // A quoted text does not go on in another line: a stray quote must not swallow all that follows.
          isQuoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted = true
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        if open.isEmpty, bracket == nil { bracket = offset }
        open.append(byte)
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): if !open.isEmpty { open.removeLast() }
      case UInt8(ascii: ":"): if open.isEmpty, colon == nil { colon = offset }
      default: break
      }
    }
  }

  /// Whether the text goes on in another line.
  package var isOpen: Bool { !open.isEmpty }
}
