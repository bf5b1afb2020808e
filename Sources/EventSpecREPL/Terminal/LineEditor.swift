internal import CLibEdit

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Reads texts from the terminal, with everything that makes typing pleasant: history, search, completion, hints,
/// several lines where one is not enough.
///
/// Where the terminal cannot be edited on (`TERM=dumb`), the same calls read plain lines. The terminal's mode is
/// changed only while a line is read; a command that runs between two lines has the terminal as it was.
///
/// ```swift
/// guard let editor = LineEditor(delegate: session, history: LineHistory(file: file), environment: environment)
/// else { return }  // not a terminal
/// while case .line(let text) = editor.readLine(prompt: session.prompt) { … }
/// ```
package final class LineEditor {
  private enum Terminal {
    case editing(EditingTerminal)
    case plain(PlainLineReader)
  }

  /// The texts entered so far.
  package let history: LineHistory
  private let delegate: any LineEditorDelegate
  private var terminal: Terminal

  /// Opens the terminal; `nil` if standard input or output is none.
  ///
  /// - Parameters:
  ///   - delegate: What knows the language that is typed.
  ///   - history: Where texts are kept.
  ///   - environment: The environment; `TERM` and `NO_COLOR` count.
  package init?(delegate: any LineEditorDelegate, history: LineHistory, environment: [String: String]) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return nil }
    self.delegate = delegate
    self.history = history
    let signals = SignalPipe()
    let type = environment["TERM"] ?? ""
    let isStyled = environment["NO_COLOR", default: ""].isEmpty
    if type.isEmpty || type == "dumb" {
      terminal = .plain(PlainLineReader(descriptor: STDIN_FILENO, signals: signals))
    } else if let editing = EditingTerminal(delegate: delegate, history: history, signals: signals, styled: isStyled) {
      terminal = .editing(editing)
    } else {
      terminal = .plain(PlainLineReader(descriptor: STDIN_FILENO, signals: signals))
    }
  }

  deinit {
    close()
  }

  /// Gives the terminal and the signals back; nothing can be read afterwards.
  package func close() {
    if case .editing(let editing) = terminal { editing.close() }
    eventspec_signals_uninstall()
  }

  /// Reads a text, asking for more lines until the delegate says that it is complete.
  ///
  /// - Parameters:
  ///   - prompt: What stands before the first line; a space follows it.
  ///   - continuation: What stands before the others.
  /// - Returns: The text without the line end behind it, or what happened instead.
  package func readLine(prompt: StyledText, continuation: StyledText = "…") -> LineInput {
    var earlier = ""
    while true {
      let input = readOne(prompt: earlier.isEmpty ? prompt : continuation, after: earlier)
      guard case .line(let line) = input else {
        if input == .endOfInput, !earlier.isEmpty { return finish(earlier) }
        return input
      }
      let text = earlier + line
      if delegate.isComplete(text) { return finish(text) }
      earlier = text + "\n"
    }
  }

  private func finish(_ text: String) -> LineInput {
    var text = text
    while text.last == "\n" { text.removeLast() }
    history.add(text)
    return .line(text)
  }

  private func readOne(prompt: StyledText, after earlier: String) -> LineInput {
    switch terminal {
    case .editing(let editing):
      return editing.readLine(prompt: prompt, after: earlier)
    case .plain(var reader):
      let screen = Screen(isStyled: false)
      func ask() {
        screen.write(prompt.plain + " ")
        screen.flush()
      }
      ask()
      let input = reader.readLine(resumed: ask)
      switch input {
      case .line, .unreadable: break
      case .interrupted, .endOfInput, .terminated: screen.write("\n")
      }
      screen.flush()
      terminal = .plain(reader)
      return input
    }
  }
}
