/// Text that is safe to write to a terminal: every character that could steer the terminal or reorder the
/// line is shown as an escape.
///
/// Values, names, and messages that come from a spec, a stream, or a store may hold anything, an escape
/// sequence that renames the window included. All of them pass through this type on their way out.
///
/// ```swift
/// print(TerminalText(escaping: "\u{1B}]0;x\u{7}"))  // \u{1B}]0;x\u{7}
/// ```
///
/// Escaped are the C0 and C1 controls, DEL, the bidirectional controls, and the line and paragraph
/// separators U+2028 and U+2029; the escape is Swift's, so that it can be pasted into a string literal.
public struct TerminalText: Sendable, Hashable, CustomStringConvertible {
  /// The text as it may be written to a terminal.
  public let description: String

  /// Makes one line of terminal text; a line feed is escaped as well.
  ///
  /// - Parameter text: Any text.
  /// - Complexity: O(*n*); where nothing needs an escape, the text is taken as it is.
  public init(escaping text: String) {
    description = Self.escape(text, keeping: nil)
  }

  /// Makes terminal text of several lines: line feeds stay, everything else is escaped.
  ///
  /// - Parameter text: Any text.
  /// - Complexity: O(*n*); where nothing needs an escape, the text is taken as it is.
  public init(escapingLines text: String) {
    description = Self.escape(text, keeping: "\n")
  }

  /// Tells whether a scalar must not reach a terminal as it is.
  ///
  /// - Parameter scalar: A Unicode scalar.
  public static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func escape(_ text: String, keeping kept: Unicode.Scalar?) -> String {
    var text = text
    let clean = text.withUTF8 { isClean($0, keeping: kept) }
    if clean { return text }

    var escaped = ""
    escaped.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      if scalar != kept, needsEscape(scalar) {
        escaped += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Looks at bytes only: a lead byte of a character that may need an escape is enough to say no.
  private static func isClean(_ bytes: UnsafeBufferPointer<UInt8>, keeping kept: Unicode.Scalar?) -> Bool {
    let keepsLineFeed = kept == "\n"
    var previous: UInt8 = 0
    for byte in bytes {
      switch byte {
      case 0x0A where keepsLineFeed: break
      case 0x00...0x1F, 0x7F: return false
      // U+0080...U+009F are C2 80...C2 9F; U+061C is D8 9C; U+200E...U+202E and U+2066...U+2069 are E2 80 and E2 81.
      case 0x80...0x9F where previous == 0xC2: return false
      case 0x9C where previous == 0xD8: return false
      case 0x80, 0x81: if previous == 0xE2 { return false }
      default: break
      }
      previous = byte
    }
    return true
  }
}
