internal import CLibEdit
internal import EventSpec

// Changes of the line.

extension EditingTerminal {
  func insert(_ text: some Sequence<Unicode.Scalar>) -> eventspec_outcome {
    native?.insert(text)
    return EVENTSPEC_REFRESH
  }

  /// Makes a text harmless on the screen; the escapes mean the same characters in a string literal.
  func harmless(_ text: String) -> String {
    text.split(separator: "\t", omittingEmptySubsequences: false)
      .map { TerminalText(escapingLines: String($0)).description }.joined(separator: "\t")
  }

  func paste(_ text: String) -> eventspec_outcome {
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return insert(harmless(lines.joined(separator: "\n")).unicodeScalars)
  }

  func moveToEnd() {
    guard let native else { return }
    native.moveCursor(by: native.scalars.count - native.cursor)
  }

  /// The number of scalars in the character before (-1) or behind (1) the cursor, 0 at the end.
  func characterLength(_ direction: Int) -> Int {
    guard let native else { return 0 }
    let (scalars, cursor) = (native.scalars, native.cursor)
    let character =
      direction < 0 ? String(scalars.prefix(cursor)).last : String(scalars.dropFirst(cursor)).first
    return character?.unicodeScalars.count ?? 0
  }

  func moveByCharacter(_ direction: Int) -> eventspec_outcome {
    let length = characterLength(direction)
    native?.moveCursor(by: direction * length)
    return length > 0 ? EVENTSPEC_REFRESH : EVENTSPEC_BEEP
  }

  func deleteCharacterLeft() -> eventspec_outcome {
    let length = characterLength(-1)
    native?.deleteBackwards(length)
    return length > 0 ? EVENTSPEC_REFRESH : EVENTSPEC_BEEP
  }

  func deleteCharacterRight() -> eventspec_outcome {
    let length = characterLength(1)
    native?.moveCursor(by: length)
    native?.deleteBackwards(length)
    return length > 0 ? EVENTSPEC_REFRESH : EVENTSPEC_BEEP
  }

  func show(_ text: String?) -> eventspec_outcome {
    guard let text else { return EVENTSPEC_BEEP }
    native?.replaceAll(with: harmless(text))
    return EVENTSPEC_REFRESH
  }
}
