internal import CLibEdit
internal import EventSpec

/// The terminal on standard output.
struct Screen {
  /// A place relative to the beginning of the prompt.
  struct Place: Equatable {
    var row = 0
    var column = 0
  }

  /// Whether control sequences for looks may be sent.
  let isStyled: Bool

  /// The size in cells, as of now.
  var size: (columns: Int, rows: Int) {
    var columns: Int32 = 80
    var rows: Int32 = 24
    _ = eventspec_terminal_size(1, &columns, &rows)
    return (Int(columns), Int(rows))
  }

  /// Writes text that is escaped already, through the buffer that libedit uses too.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { eventspec_terminal_write($0.baseAddress, $0.count) }
    }
  }

  func flush() { eventspec_terminal_flush() }

  /// Where a text ends that begins behind a prompt, in libedit's way of counting.
  func place(of text: some Sequence<Unicode.Scalar>, behind prompt: StyledText) -> Place {
    let columns = max(size.columns, 2)
    var place = Place()
    func advance(_ scalar: Unicode.Scalar) {
      if scalar == "\n" {
        place = Place(row: place.row + 1)
        return
      }
      let width = Int(eventspec_character_columns(wchar_t(truncatingIfNeeded: scalar.value)))
      if scalar == "\t" {
        place.column = (place.column / 8 + 1) * 8
      } else {
        if place.column + width > columns { place = Place(row: place.row + 1) }
        place.column += width
      }
      if place.column >= columns {
        place.row += 1
        place.column -= columns
      }
    }
    for piece in prompt.pieces { piece.text.description.unicodeScalars.forEach(advance) }
    advance(" ")
    text.forEach(advance)
    return place
  }
}
