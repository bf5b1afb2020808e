internal import CLibEdit
internal import EventSpec

// What may come next: completion and hint.

extension EditingTerminal {
  func complete() -> eventspec_outcome {
    guard let native else { return EVENTSPEC_BEEP }
    let before = earlier + String(native.scalars.prefix(native.cursor))
    let whole = before + String(native.scalars.dropFirst(native.cursor))
    let completion = delegate.completion(of: whole, at: before.utf8.count)
    guard let replaced = range(completion.replacing, in: whole) else { return EVENTSPEC_BEEP }
    guard let first = completion.candidates.first else { return EVENTSPEC_BEEP }

    let typed = String(whole[replaced])
    let isUnique = completion.candidates.count == 1
    let insertion = isUnique ? first.text : completion.commonPrefix
    if isUnique || insertion.count >= typed.count, insertion != typed {
      let end = whole[..<replaced.upperBound].unicodeScalars.count - earlier.unicodeScalars.count
      native.moveCursor(by: end - native.cursor)
      native.deleteBackwards(typed.unicodeScalars.count)
      native.insert(harmless(insertion).unicodeScalars)
    }
    guard !isUnique else { return EVENTSPEC_REFRESH }

    let place = screen.place(of: native.scalars, behind: prompt)
    let (columns, rows) = screen.size
    let list = CandidateColumns(
      completion.candidates, columns: columns, rows: rows - place.row - 2,
      dim: screen.isStyled ? (StyledText.Style.dim.controlSequence, StyledText.Style.plain.controlSequence) : ("", ""))
    goBelowText()
    screen.write(list.lines.joined(separator: "\r\n") + "\r\n")
    native.redraw()
    return EVENTSPEC_UNCHANGED
  }

  /// The range of a completion in the text, if it lies in the line that is being edited.
  func range(_ range: Range<Int>, in text: String) -> Range<String.Index>? {
    let utf8 = text.utf8
    guard range.lowerBound >= earlier.utf8.count, range.upperBound <= utf8.count,
      let start = utf8.index(utf8.startIndex, offsetBy: range.lowerBound).samePosition(in: text),
      let end = utf8.index(utf8.startIndex, offsetBy: range.upperBound).samePosition(in: text)
    else { return nil }
    return start..<end
  }

  func paintHint() {
    guard screen.isStyled, search == nil, let native, native.cursor == native.scalars.count else { return }
    let scalars = native.scalars
    guard let hint = delegate.hint(for: earlier + String(scalars)), !hint.isEmpty else { return }
    let room = screen.size.columns - 1 - screen.place(of: scalars, behind: prompt).column
    var text = TerminalText(escaping: hint).description
    if text.displayWidth > room {
      guard room > 3 else { return }
      text = text.prefix(fitting: room - 1) + "…"
    }
    let style = StyledText.Style.dim.controlSequence + text + StyledText.Style.plain.controlSequence
    screen.write(style + "\u{1B}[\(text.displayWidth)D")
    screen.flush()
    showsHint = true
  }

  func eraseHint() {
    guard showsHint else { return }
    showsHint = false
    screen.write("\u{1B}[K")
  }
}
