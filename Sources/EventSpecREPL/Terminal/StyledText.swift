package import EventSpec

/// Escaped text in several styles, as a prompt shows it.
package struct StyledText: Sendable, Hashable, ExpressibleByStringLiteral {
  /// How a piece of text looks on a terminal that can show it.
  package enum Style: String, Sendable, Hashable {
    case plain = "0"
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case magenta = "35"
    case cyan = "36"

    /// The control sequence that begins the style and ends any other.
    package var controlSequence: String {
      self == .plain ? "\u{1B}[0m" : "\u{1B}[0;\(rawValue)m"
    }
  }

  /// A piece of text in one style.
  package struct Piece: Sendable, Hashable {
    package var text: TerminalText
    package var style: Style
  }

  /// The pieces from left to right.
  package private(set) var pieces: [Piece] = []

  /// Makes a text without any pieces.
  package init() {}

  /// Makes a plain text.
  package init(stringLiteral text: String) {
    append(text)
  }

  /// Adds a piece; the text is escaped.
  package mutating func append(_ text: String, _ style: Style = .plain) {
    if !text.isEmpty { pieces.append(Piece(text: TerminalText(escaping: text), style: style)) }
  }

  /// The number of terminal cells that the text takes.
  package var displayWidth: Int {
    pieces.reduce(0) { $0 + $1.text.description.displayWidth }
  }

  /// The text without its styles.
  package var plain: String {
    pieces.map(\.text.description).joined()
  }

  /// The text cut to a width, its longest piece losing what is too much.
  package func cut(to cells: Int) -> StyledText {
    let excess = displayWidth - cells
    let widths = pieces.map(\.text.description.displayWidth)
    guard excess > 0, let longest = widths.indices.max(by: { widths[$0] < widths[$1] }) else { return self }
    var result = self
    let kept = pieces[longest].text.description.prefix(fitting: max(0, widths[longest] - excess - 1))
    result.pieces[longest].text = TerminalText(escaping: kept + "…")
    return result
  }
}
