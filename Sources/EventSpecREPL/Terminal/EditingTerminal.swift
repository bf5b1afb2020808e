internal import CLibEdit

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A terminal on which a line is edited: says what each key does.
final class EditingTerminal {
  let delegate: any LineEditorDelegate
  let history: LineHistory
  let screen: Screen
  var input: KeyInput
  var native: NativeEditor?

  var steps: [NativeEditor.Step] = []
  var prompt = StyledText()
  /// The lines before this one that belong to the same text, with their line ends.
  var earlier = ""
  var search: HistorySearch?
  var outcome: LineInput?
  var showsHint = false

  init?(delegate: any LineEditorDelegate, history: LineHistory, signals: SignalPipe, styled: Bool) {
    self.delegate = delegate
    self.history = history
    screen = Screen(isStyled: styled)
    input = KeyInput(descriptor: STDIN_FILENO, signals: signals)
    guard let native = NativeEditor(nextStep: { [unowned self] in nextStep() }) else { return nil }
    self.native = native
  }

  /// Restores the terminal.
  func close() {
    native?.close()
    native = nil
  }

  /// Reads one line.
  ///
  /// - Parameters:
  ///   - prompt: What stands before it.
  ///   - earlier: The lines of the same text before it, with their line ends.
  func readLine(prompt: StyledText, after earlier: String) -> LineInput {
    guard let native else { return .endOfInput }
    self.earlier = earlier
    self.prompt = prompt.cut(to: max(12, screen.size.columns * 2 / 3))
    steps = []
    search = nil
    outcome = nil
    input.brokenByte = nil
    history.rewind()
    native.setPrompt(self.prompt, styled: screen.isStyled)

    // libedit shows the prompt first; who sees it and types at once would type into the other mode.
    native.setEditing(true)
    enter()
    let accepted = native.edit()
    leave()
    // Actions hold on to this object.
    steps = []
    if let outcome { return outcome }
    guard accepted else { return .terminated(.hangup) }
    let line = String(native.scalars.dropLast())
    // What stands for the byte may have been deleted.
    guard let byte = input.brokenByte, let sign = line.unicodeScalars.firstIndex(of: "\u{FFFD}") else {
      return .line(line)
    }
    let column = line.unicodeScalars.distance(from: line.startIndex, to: sign) + 1
    history.add(earlier + line)
    return .unreadable(UnreadableText(byte: byte, column: column))
  }

  func enter() {
    eventspec_terminal_guard(true)
    screen.write("\u{1B}[?2004h")
  }

  func leave() {
    screen.write("\u{1B}[?2004l")
    screen.flush()
    eventspec_terminal_guard(false)
  }
}

// MARK: - The terminal's own events

extension EditingTerminal {
  /// Moves the terminal's cursor to the beginning of the row below the text.
  func goBelowText() {
    guard let native else { return }
    let end = screen.place(of: native.scalars, behind: prompt)
    let cursor = screen.place(of: native.scalars.prefix(native.cursor), behind: prompt)
    if end.row > cursor.row { screen.write("\u{1B}[\(end.row - cursor.row)B") }
    screen.write("\r\n")
  }

  func resize() -> eventspec_outcome {
    guard let native else { return EVENTSPEC_UNCHANGED }
    // The terminal has wrapped the text anew: begin again where its first row is now.
    let cursor = screen.place(of: native.scalars.prefix(native.cursor), behind: prompt)
    let rows = min(cursor.row, screen.size.rows - 1)
    screen.write("\r" + (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\u{1B}[J")
    native.takeOverSize()
    native.redraw()
    return EVENTSPEC_UNCHANGED
  }

  func suspend() -> eventspec_outcome {
    guard let native else { return EVENTSPEC_UNCHANGED }
    goBelowText()
    leave()
    native.setEditing(false)
    // As the terminal does it: to everything that was started together with this process.
    kill(0, SIGTSTP)
    // The process stops in here; where it may not be stopped, it goes on after a moment.
    _ = input.signals.wait(for: -1, milliseconds: 100)
    return resume()
  }

  func resume() -> eventspec_outcome {
    guard let native else { return EVENTSPEC_UNCHANGED }
    // The shell may have changed the mode in between; libedit must not believe that it knows it.
    native.setEditing(false)
    native.setEditing(true)
    enter()
    screen.write("\r")
    native.takeOverSize()
    native.redraw()
    return EVENTSPEC_UNCHANGED
  }
}

extension String {
  init(_ scalars: some Sequence<Unicode.Scalar>) {
    self.init(String.UnicodeScalarView(scalars))
  }
}
