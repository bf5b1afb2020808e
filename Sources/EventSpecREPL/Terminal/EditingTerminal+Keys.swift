internal import CLibEdit
internal import EventSpec

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

// What each key does.

extension EditingTerminal {
  func nextStep() -> NativeEditor.Step {
    while true {
      if !steps.isEmpty { return steps.removeFirst() }
      let event = input.next(idle: paintHint)
      eraseHint()
      switch event {
      case .key(let key): handle(key)
      case .signal(SIGWINCH): steps = [.action(resize)]
      case .signal(SIGCONT): steps = [.action(resume)]
      case .signal(SIGINT): interrupt()
      case .signal(let number):
        if let termination = TerminationSignal(number: number) { end(.terminated(termination)) }
      case .closed: end(.terminated(.hangup))
      }
    }
  }

  func handle(_ key: Key) {
    if search != nil, handleInSearch(key) { return }
    switch key {
    // libedit's own way to insert a character counts a cell for each, knows U+00A0...U+00FF as keys, and
    // writes outside its buffers when the text fills the screen: all goes through a refresh instead.
    case .character(let scalar): steps = [.action { [self] in insert(CollectionOfOne(scalar)) }]
    case .paste(let text): steps = [.action { [self] in paste(text) }]
    case .enter: steps = [.command(EVENTSPEC_KEY_ACCEPT)]
    case .tab: steps = [.action(complete)]
    case .backspace: steps = [.action(deleteCharacterLeft)]
    case .delete: steps = [.action(deleteCharacterRight)]
    case .left: steps = [.action { [self] in moveByCharacter(-1) }]
    case .right: steps = [.action { [self] in moveByCharacter(1) }]
    case .up: goUp()
    case .down: goDown()
    case .home: steps = [.command(EVENTSPEC_KEY_LINE_START)]
    case .end: steps = [.command(EVENTSPEC_KEY_LINE_END)]
    case .wordLeft: steps = [.command(EVENTSPEC_KEY_WORD_LEFT)]
    case .wordRight: steps = [.command(EVENTSPEC_KEY_WORD_RIGHT)]
    case .deleteWordLeft: steps = [.command(EVENTSPEC_KEY_DELETE_WORD_LEFT)]
    case .control(let letter): handleControl(letter)
    case .alt(let letter): handleAlt(letter)
    case .escape: break
    }
  }

  func handleControl(_ letter: Unicode.Scalar) {
    switch letter {
    case "A": steps = [.command(EVENTSPEC_KEY_LINE_START)]
    case "B": steps = [.action { [self] in moveByCharacter(-1) }]
    case "C": interrupt()
    case "D":
      if native?.scalars.isEmpty == false {
        steps = [.action(deleteCharacterRight)]
      } else {
        end(.endOfInput)
      }
    case "E": steps = [.command(EVENTSPEC_KEY_LINE_END)]
    case "F": steps = [.action { [self] in moveByCharacter(1) }]
    case "K": steps = [.command(EVENTSPEC_KEY_CUT_TO_END)]
    case "L": steps = [.command(EVENTSPEC_KEY_CLEAR_SCREEN)]
    case "N": steps = [.action(showNextEntry)]
    case "P": steps = [.action(showPreviousEntry)]
    case "R": steps = [.action(startSearch)]
    case "T": steps = [.command(EVENTSPEC_KEY_TRANSPOSE)]
    case "U": steps = [.command(EVENTSPEC_KEY_CUT_LINE)]
    case "W": steps = [.command(EVENTSPEC_KEY_DELETE_WORD_LEFT)]
    case "Y": steps = [.command(EVENTSPEC_KEY_PASTE_CUT)]
    case "Z": steps = [.action(suspend)]
    default: steps = [.action { EVENTSPEC_BEEP }]
    }
  }

  func handleAlt(_ letter: Unicode.Scalar) {
    switch letter {
    case "b": steps = [.command(EVENTSPEC_KEY_WORD_LEFT)]
    case "c": steps = [.command(EVENTSPEC_KEY_CAPITALIZE)]
    case "d": steps = [.command(EVENTSPEC_KEY_DELETE_WORD_RIGHT)]
    case "f": steps = [.command(EVENTSPEC_KEY_WORD_RIGHT)]
    case "l": steps = [.command(EVENTSPEC_KEY_LOWERCASE)]
    case "u": steps = [.command(EVENTSPEC_KEY_UPPERCASE)]
    default: steps = [.action { EVENTSPEC_BEEP }]
    }
  }

  func interrupt() {
    outcome = .interrupted
    steps = [
      .action { [self] in
        moveToEnd()
        return insert("^C".unicodeScalars)
      },
      .command(EVENTSPEC_KEY_ACCEPT),
    ]
  }

  func end(_ input: LineInput) {
    outcome = input
    steps = [.action { [self] in stop() }, .end]
  }

  func stop() -> eventspec_outcome {
    goBelowText()
    return EVENTSPEC_STOP
  }
}
