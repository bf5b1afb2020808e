import EventSourcing

extension ScenarioEngine {
  /// Notes that a Then speaks of events or of an error: all of the act's events must be stated.
  mutating func speakOfEvents(_ step: Step, _ index: Int) {
    act?.comparesEvents = true
    act?.lastEventStep = index
    act?.lastEventLocation = step.location
  }

  // MARK: Exact events

  mutating func expectEvents(_ patterns: [MessagePattern], _ step: Step, _ index: Int) {
    speakOfEvents(step, index)
    let mode = act?.mode ?? .exact
    guard enter(mode == .include ? .exact : mode, step, index) else { return }
    if mode == .anyOrder {
      expectInAnyOrder(patterns, step, index)
      return
    }
    var differs = false
    let firstLine = act?.aligned.count ?? 0
    for pattern in patterns { if !expectNext(pattern) { differs = true } }
    guard differs, let act else { return }
    let lines = comparison(act.aligned[firstLine...])
    let notes = notes(on: act.aligned[firstLine...])
    fail(.eventsDiffer, caused(sentence(act.aligned[firstLine...])), step, index, comparison: lines, notes: notes)
  }

  /// Takes the act's next event for what is stated; where it does not match, a later one that does, or one of the same
  /// name.
  ///
  /// - Returns: Whether it is the very next one.
  private mutating func expectNext(_ pattern: MessagePattern) -> Bool {
    guard let events = act?.events, let cursor = act?.eventCursor else { return false }
    if cursor < events.count, matches(pattern, events[cursor], commits: true) {
      act?.aligned.append((pattern, events[cursor]))
      act?.eventCursor += 1
      return true
    }
    if cursor + 1 < events.count,
      let later = firstMatch(pattern, events, cursor + 1..<events.count)
    {
      for skipped in cursor..<later { act?.aligned.append((nil, events[skipped])) }
      _ = matches(pattern, events[later], commits: true)
      act?.aligned.append((pattern, events[later]))
      act?.eventCursor = later + 1
      act?.surplusIsReported = true
      return false
    }
    if let alike = (cursor..<events.count).first(where: { isAlike(pattern, events[$0]) }) {
      for skipped in cursor..<alike { act?.aligned.append((nil, events[skipped])) }
      act?.aligned.append((pattern, events[alike]))
      act?.eventCursor = alike + 1
      return false
    }
    act?.aligned.append((pattern, nil))
    return false
  }

  private mutating func firstMatch(_ pattern: MessagePattern, _ events: [Int], _ range: Range<Int>) -> Int? {
    for place in range where matches(pattern, events[place], commits: false) { return place }
    return nil
  }

  /// Whether events may be spoken of in this way, after how they were spoken of before.
  private mutating func enter(_ mode: Act.EventMode, _ step: Step, _ index: Int) -> Bool {
    guard let before = act?.mode else {
      act?.mode = mode
      return true
    }
    if before == mode || (before == .anyOrder && mode == .exact) { return true }
    act?.surplusIsReported = true
    let message =
      before == .include || mode == .include
      ? "'events include' and exact events do not go together in one act"
      : "'events in any order' stands before the events"
    fail(.stepFailed, message, step, index)
    return false
  }

  // MARK: Any order

  mutating func expectAnyOrder(_ step: Step, _ index: Int) {
    speakOfEvents(step, index)
    _ = enter(.anyOrder, step, index)
  }

  private mutating func expectInAnyOrder(_ patterns: [MessagePattern], _ step: Step, _ index: Int) {
    guard let events = act?.events else { return }
    var missing: [(pattern: MessagePattern?, event: Int?)] = []
    for pattern in patterns {
      var candidates: [Int] = []
      for place in events.indices where matches(pattern, events[place], commits: false) { candidates.append(place) }
      guard let taken = act?.unordered.take(candidates) else {
        let rest = events.indices.filter { act?.unordered.isTaken($0) == false }
        missing.append((pattern, rest.first { isAlike(pattern, events[$0]) }.map { events[$0] }))
        continue
      }
      _ = matches(pattern, events[taken], commits: true)
    }
    guard !missing.isEmpty else { return }
    fail(
      .eventsDiffer, caused(sentence(missing[...])), step, index, comparison: comparison(missing[...]),
      notes: notes(on: missing[...]))
  }

  // MARK: Include

  mutating func expectEventsInclude(_ patterns: [MessagePattern], _ step: Step, _ index: Int) {
    speakOfEvents(step, index)
    guard enter(.include, step, index), let events = act?.events else { return }
    var missing: [(pattern: MessagePattern?, event: Int?)] = []
    for pattern in patterns {
      if let found = firstMatch(pattern, events, events.indices) {
        _ = matches(pattern, events[found], commits: true)
      } else {
        missing.append((pattern, events.first { isAlike(pattern, $0) }))
      }
    }
    guard !missing.isEmpty else { return }
    let names = missing.compactMap { $0.pattern.map { name($0) } }.joined(separator: ", ")
    fail(
      .noSuchEvent, caused("the act emitted no such event: \(names)"), step, index,
      comparison: comparison(missing[...]), notes: notes(on: missing[...]))
  }

  // MARK: None

  mutating func expectNoEvents(_ target: StreamTarget?, _ step: Step, _ index: Int) {
    speakOfEvents(step, index)
    guard let events = act?.events else { return }
    var surplus = events
    var whose = "the act"
    if let target {
      do {
        let reference = try reference(target)
        surplus = events.filter { streams.slots[log[$0].slot].reference.stream == reference.stream }
        whose = display(reference)
      } catch {
        fail(.stepFailed, ErrorText.describe(error), step, index)
        return
      }
    } else if act?.mode == nil {
      act?.mode = .exact
    }
    guard !surplus.isEmpty else { return }
    if target == nil { act?.surplusIsReported = true }
    fail(
      .unexpectedEvents, "no events were expected, but \(whose) emitted \(count(surplus.count, "event"))", step, index,
      comparison: comparison(surplus.map { (nil, $0) }[...]))
  }

  // MARK: Issued commands

  mutating func expectCommands(_ patterns: [MessagePattern], _ step: Step, _ index: Int) {
    speakOfCommands(step, index)
    var lines: [ComparisonLine] = []
    var differs = false
    for pattern in patterns {
      guard let issued = act?.issued, let cursor = act?.commandCursor, cursor < issued.count else {
        differs = true
        lines.append(ComparisonLine(.missing, label: name(pattern), expected: name(pattern)))
        continue
      }
      act?.commandCursor += 1
      let comparison = compare(pattern, with: issued[cursor].command, in: issued[cursor].stream)
      lines += comparison.lines
      if !comparison.isMatch { differs = true }
    }
    guard differs else { return }
    fail(
      .commandsDiffer, caused("process managers issued other commands"), step, index, comparison: lines)
  }

  mutating func expectNoCommands(_ step: Step, _ index: Int) {
    speakOfCommands(step, index)
    guard let issued = act?.issued, !issued.isEmpty else { return }
    act?.commandCursor = issued.count
    fail(
      .commandsDiffer, "no commands were expected, but process managers issued \(count(issued.count, "command"))", step,
      index, comparison: issued.map { surplusLine($0) })
  }

  private mutating func speakOfCommands(_ step: Step, _ index: Int) {
    act?.comparesCommands = true
    act?.lastCommandStep = index
    act?.lastCommandLocation = step.location
  }

  private func surplusLine(_ issued: IssuedMessage) -> ComparisonLine {
    ComparisonLine(.surplus, label: commandName(issued.command), actual: render(issued))
  }

  // MARK: The end of an act

  /// Judges what can only be judged when no Then step of the act is left.
  mutating func closeAct() {
    guard let closing = act.take() else { return }
    closedActs += 1
    guard closing.isLookedAt else {
      if !isBroken {
        failures.append(
          Failure(
            .undefined, "no Then step looks at this act", stepIndex: closing.firstStep,
            location: closing.firstLocation, stateBefore: []))
      }
      return
    }
    if let failure = closing.failure, !closing.failureIsExpected, !closing.failureIsReported {
      let who = failure.processManager.map { ", issued by \($0)," } ?? ""
      append(
        kind(failure), "\(failure.command)\(who) failed, and no Then step expects it: \(describe(failure))",
        closing.failureStep, closing.failureLocation ?? closing.firstLocation, closing)
    }
    closeEvents(closing)
    if closing.comparesCommands, closing.commandCursor < closing.issued.count {
      let rest = closing.issued[closing.commandCursor...]
      append(
        .commandsDiffer, "process managers issued \(count(rest.count, "more command")) than are stated",
        closing.lastCommandStep, closing.lastCommandLocation ?? closing.firstLocation, closing,
        rest.map { surplusLine($0) })
    }
  }

  private func kind(_ failure: ActFailure) -> Failure.Kind {
    switch failure.kind {
    case .conflict: .unexpectedConflict
    case .stopped:
      if case EngineError.tooManyReactions = failure.error { .tooManyReactions } else { .unexpectedError }
    default: .unexpectedError
    }
  }

  private mutating func closeEvents(_ closing: Act) {
    guard closing.comparesEvents, closing.mode != .include else { return }
    let surplus: [Int]
    if closing.mode == .anyOrder {
      surplus = closing.events.indices.filter { !closing.unordered.isTaken($0) }.map { closing.events[$0] }
    } else {
      guard closing.eventCursor < closing.events.count, !(closing.surplusIsReported && closing.aligned.isEmpty) else {
        return
      }
      surplus = Array(closing.events[closing.eventCursor...])
    }
    guard !surplus.isEmpty else { return }
    let names = Self.list(surplus.compactMap { log[$0].events.first.map { eventName($0) } })
    append(
      .unexpectedEvents, "the act emitted \(count(surplus.count, "event")) that no Then step states: \(names)",
      closing.lastEventStep, closing.lastEventLocation ?? closing.firstLocation, closing,
      comparison((closing.aligned + surplus.map { (nil, $0) })[...]))
  }

  private mutating func append(
    _ kind: Failure.Kind, _ message: String, _ index: Int, _ location: SpecLocation, _ closing: Act,
    _ comparison: [ComparisonLine] = []
  ) {
    failures.append(
      Failure(
        kind, runtime.model.names.withNames(message), stepIndex: index, location: location, comparison: comparison,
        stateBefore: describe(closing.slotsBefore)))
  }

  /// What is missing with the cause, where that is that the act failed.
  private mutating func caused(_ message: String) -> String {
    guard let failure = act?.failure else { return message }
    act?.failureIsReported = true
    return "the act failed: \(failure.command) with \(describe(failure))\n" + message
  }
}
