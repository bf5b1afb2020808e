/// What a user did on the keyboard.
enum Key: Equatable, Sendable {
  /// A character that is to be inserted.
  case character(Unicode.Scalar)
  /// A control character, named by its letter: `control("C")`.
  case control(Unicode.Scalar)
  /// A letter typed with Alt (or after Escape), in lower case.
  case alt(Unicode.Scalar)
  case enter, tab, backspace, escape
  case up, down, left, right, home, end, delete
  case wordLeft, wordRight, deleteWordLeft
  /// Text pasted into a terminal that tells pasting from typing.
  case paste(String)
}
