/// What became of the attempt to read a line.
package enum LineInput: Sendable, Hashable {
  /// A text of one line or several.
  case line(String)
  /// A text with bytes that are no UTF-8.
  case unreadable(UnreadableText)
  /// Ctrl-C: the text is given up, the session goes on.
  case interrupted
  /// Ctrl-D on an empty line, or the end of a file.
  case endOfInput
  /// The terminal is gone or the process is told to end; what must be kept has to be written now.
  case terminated(TerminationSignal)
}
