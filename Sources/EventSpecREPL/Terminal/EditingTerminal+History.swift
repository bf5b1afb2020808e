internal import CLibEdit

// Earlier texts: one after the other, and the search for one.

extension EditingTerminal {
  var text: String {
    native.map { String($0.scalars) } ?? ""
  }

  func goUp() {
    guard let native else { return }
    let isInLaterRow = native.scalars.prefix(native.cursor).contains("\n")
    steps = [isInLaterRow ? .command(EVENTSPEC_KEY_ROW_UP) : .action(showPreviousEntry)]
  }

  func goDown() {
    guard let native else { return }
    let isInEarlierRow = native.scalars.dropFirst(native.cursor).contains("\n")
    steps = [isInEarlierRow ? .command(EVENTSPEC_KEY_ROW_DOWN) : .action(showNextEntry)]
  }

  func showPreviousEntry() -> eventspec_outcome {
    show(history.previous(leaving: text))
  }

  func showNextEntry() -> eventspec_outcome {
    show(history.next())
  }

  func startSearch() -> eventspec_outcome {
    search = HistorySearch(original: text)
    showSearch()
    return EVENTSPEC_REDISPLAY
  }

  func showSearch() {
    guard let search else {
      native?.setPrompt(prompt, styled: screen.isStyled)
      return
    }
    var prompt = StyledText()
    prompt.append(search.isFailing ? "history, nothing found:" : "history:", .dim)
    prompt.append(" ")
    prompt.append(search.query, .bold)
    prompt.append(" ›", .dim)
    native?.setPrompt(prompt, styled: screen.isStyled)
    if let match = search.match, !search.isFailing { _ = show(history.entries[match]) }
  }

  /// True if the key belonged to the search; otherwise it ended it and is still to be handled.
  func handleInSearch(_ key: Key) -> Bool {
    switch key {
    case .character(let scalar): search?.append(scalar, in: history.entries)
    case .backspace: search?.removeLast(in: history.entries)
    case .control("R"): search?.advance(-1, in: history.entries)
    case .control("S"): search?.advance(1, in: history.entries)
    case .control("G"): return endSearch(keeping: false)
    case .escape: return endSearch(keeping: true)
    default:
      _ = endSearch(keeping: true)
      // The prompt must be the usual one again before the key is handled.
      let action: NativeEditor.Step = .action { EVENTSPEC_REDISPLAY }
      handle(key)
      steps.insert(action, at: 0)
      return true
    }
    steps = [
      .action { [self] in
        showSearch()
        return EVENTSPEC_REDISPLAY
      }
    ]
    return true
  }

  func endSearch(keeping isKept: Bool) -> Bool {
    guard let search else { return true }
    self.search = nil
    if isKept, let match = search.match { history.go(to: match, leaving: search.original) }
    native?.setPrompt(prompt, styled: screen.isStyled)
    steps = [
      .action { [self] in
        if !isKept { _ = show(search.original) }
        return EVENTSPEC_REDISPLAY
      }
    ]
    return true
  }
}
