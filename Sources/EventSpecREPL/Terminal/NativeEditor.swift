internal import CLibEdit
internal import EventSpec

/// libedit's editor as Swift sees it: a line of Unicode scalars, a cursor, a prompt, and a screen.
///
/// libedit asks for keys one by one and gets either the name of one of its own commands or an action of ours.
final class NativeEditor {
  enum Step {
    case command(eventspec_key)
    case action(() -> eventspec_outcome)
    case end
  }

  private var handle: OpaquePointer?
  private let nextStep: () -> Step
  private var action: (() -> eventspec_outcome)?

  /// Opens the editor; `nil` if the terminal lacks what editing needs.
  ///
  /// - Parameter nextStep: Waits for the next thing to do.
  init?(nextStep: @escaping () -> Step) {
    self.nextStep = nextStep
    guard eventspec_use_utf8_locale() else { return nil }
    eventspec_terminal_remember()
    handle = eventspec_editor_open(
      Unmanaged.passUnretained(self).toOpaque(),
      { context in
        guard let context else { return -1 }
        return Unmanaged<NativeEditor>.fromOpaque(context).takeUnretainedValue().nextKey()
      },
      { context in
        guard let context else { return EVENTSPEC_STOP }
        return Unmanaged<NativeEditor>.fromOpaque(context).takeUnretainedValue().perform()
      })
    guard let handle, eventspec_editor_is_capable(handle) else {
      close()
      return nil
    }
  }

  deinit {
    close()
  }

  /// Restores the terminal.
  func close() {
    if let handle { eventspec_editor_close(handle) }
    handle = nil
  }

  private func nextKey() -> Int32 {
    switch nextStep() {
    case .command(let key): return Int32(bitPattern: UInt32(key.rawValue))
    case .action(let action):
      self.action = action
      return Int32(bitPattern: UInt32(EVENTSPEC_KEY_ACTION.rawValue))
    case .end: return -1
    }
  }

  private func perform() -> eventspec_outcome {
    defer { action = nil }
    return action?() ?? EVENTSPEC_UNCHANGED
  }

  /// Edits a line until it is accepted (true) or given up.
  func edit() -> Bool {
    eventspec_editor_read(handle)
  }

  /// The line being edited.
  var scalars: [Unicode.Scalar] {
    var length = 0
    var cursor = 0
    let text = eventspec_editor_text(handle, &length, &cursor)
    return UnsafeBufferPointer(start: text, count: length).map {
      Unicode.Scalar(UInt32(bitPattern: Int32($0))) ?? "\u{FFFD}"
    }
  }

  /// The place of the cursor in ``scalars``.
  var cursor: Int {
    var length = 0
    var cursor = 0
    _ = eventspec_editor_text(handle, &length, &cursor)
    return cursor
  }

  func insert(_ text: some Sequence<Unicode.Scalar>) {
    let characters = text.compactMap { $0 == "\0" ? nil : wchar_t(bitPattern: $0.value) } + [0]
    eventspec_editor_insert(handle, characters)
  }

  func deleteBackwards(_ count: Int) {
    eventspec_editor_delete(handle, Int32(clamping: count))
  }

  func moveCursor(by distance: Int) {
    eventspec_editor_move(handle, Int32(clamping: distance))
  }

  /// Puts another text in the place of the whole line, the cursor at its end.
  func replaceAll(with text: String) {
    let count = scalars.count
    moveCursor(by: count - cursor)
    deleteBackwards(count)
    insert(text.unicodeScalars)
  }

  /// Sets the prompt; a space follows it.
  func setPrompt(_ prompt: StyledText, styled: Bool) {
    var text = ""
    for piece in prompt.pieces {
      if styled { text += "\u{1}" + piece.style.controlSequence + "\u{1}" }
      text += piece.text.description
    }
    // libedit loses a control sequence at the very end.
    text += styled ? "\u{1}\(StyledText.Style.plain.controlSequence)\u{1} " : " "
    eventspec_editor_set_prompt(handle, text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0])
  }

  func redraw() { eventspec_editor_redraw(handle) }

  func takeOverSize() { eventspec_editor_resize(handle) }

  func setEditing(_ editing: Bool) { eventspec_editor_set_editing(handle, editing) }
}

extension wchar_t {
  fileprivate init(bitPattern value: UInt32) {
    self = wchar_t(truncatingIfNeeded: value)
  }
}
