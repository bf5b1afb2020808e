/// Text for a terminal or a plain file, put together line by line; whatever goes in is escaped for a terminal.
struct StyledText {
  /// What a piece of text is, which decides its colour.
  enum Style {
    case plain, dim, bold, good, bad, warning, place

    fileprivate var code: String? {
      switch self {
      case .plain: nil
      case .dim: "2"
      case .bold: "1"
      case .good: "32"
      case .bad: "31"
      case .warning: "33"
      case .place: "36"
      }
    }
  }

  /// The text so far.
  private(set) var text = ""
  let isColored: Bool

  init(isColored: Bool) { self.isColored = isColored }

  /// Adds text on the current line.
  mutating func add(_ piece: String, _ style: Style = .plain) {
    let escaped = TerminalText(escaping: piece).description
    guard isColored, let code = style.code, !escaped.isEmpty else {
      text += escaped
      return
    }
    text += "\u{1B}[\(code)m"
    text += escaped
    text += "\u{1B}[0m"
  }

  /// Adds text with blanks behind it up to a width.
  mutating func add(_ piece: String, _ style: Style = .plain, width: Int) {
    add(piece, style)
    let used = TerminalText(escaping: piece).description.displayWidth
    if used < width { text += String(repeating: " ", count: width - used) }
  }

  /// Adds text and ends the line.
  mutating func line(_ piece: String = "", _ style: Style = .plain) {
    add(piece, style)
    endLine()
  }

  mutating func endLine() {
    while text.utf8.last == 0x20 { text.removeLast() }
    text += "\n"
  }

  mutating func indent(_ blanks: Int) { text += String(repeating: " ", count: blanks) }
}
