internal import EventSourcing
internal import EventSpec
internal import Gherkin

/// Writes a session as a scenario: what was committed as history, what came last as the act, and Then steps made of
/// what came of it.
struct ScenarioWriting {
  /// When steps in a row with the Then steps behind them.
  private struct Round {
    var whens: [SessionEntry] = []
    var thens: [SessionEntry] = []
    var isCommitted = false
    var clockBefore: Date
  }

  private enum Part {
    case given(SessionEntry)
    case round(Round)
  }

  private let engine: ScenarioEngine
  private let model: DomainModel
  private let text: SpecText
  private var steps: [NewStep] = []
  private var role: StepRole?
  private var statesTimes = true
  /// The time of the scenario so far.
  private var clock = ScenarioEngine.startOfTime
  /// The aggregates of which steps must say the stream.
  private var explicit: Set<Int> = []
  /// Whether `state` and `version` must say the stream.
  private var isStateExplicit = false

  init(engine: ScenarioEngine, model: DomainModel) {
    self.engine = engine
    self.model = model
    text = SpecText(model)
  }

  /// Writes a scenario.
  ///
  /// - Parameters:
  ///   - history: What had happened before the entries, in order.
  ///   - entries: The session's entries.
  ///   - statesTimes: Whether the time of each event is stated.
  /// - Returns: The steps.
  mutating func write(history: [HistoryEvent], entries: [SessionEntry], statesTimes: Bool = true) -> [NewStep] {
    self.statesTimes = statesTimes
    findStreams(history)
    for event in history { write(event) }
    let parts = parts(of: entries)
    let lastRound = parts.lastIndex { if case .round = $0 { true } else { false } }
    for (index, part) in parts.enumerated() {
      switch part {
      case .given(let entry):
        // Behind the last act only what was recorded can be looked at.
        if let lastRound, index > lastRound, entry.events.isEmpty { continue }
        writeGiven(entry)
      case .round(let round):
        if index != lastRound, round.isCommitted, round.thens.isEmpty {
          writeAsHistory(round)
        } else {
          write(round)
        }
      }
    }
    if role != .then { writeVersion() }
    return steps
  }

  /// An event that was there before the session's entries.
  struct HistoryEvent {
    var reference: StreamReference
    /// What it stands for today; empty where it can only be given as it is stored.
    var events: [CodedMessage]
    var envelope: EventEnvelope?
    var occurredAt: Date
  }

  // MARK: Parts

  private func parts(of entries: [SessionEntry]) -> [Part] {
    var parts: [Part] = []
    var round: Round?
    func flush(isCommitted: Bool) {
      guard var open = round else { return }
      open.isCommitted = isCommitted
      // A refused command behind which another one follows is not a part of the act.
      let last = open.whens.count - 1
      open.whens = open.whens.enumerated().filter { $0.element.refusal == nil || $0.offset == last }.map(\.element)
      if open.whens.contains(where: { $0.step?.step.isCommand ?? false || !$0.emitted.isEmpty }) || !open.thens.isEmpty
      {
        parts.append(.round(open))
      } else {
        parts += open.whens.map { .given($0) }
      }
      round = nil
    }
    for entry in entries {
      switch entry.change {
      case .open: break
      case .commit: flush(isCommitted: true)
      case .step(let step, _):
        switch step.step.role {
        case .given:
          flush(isCommitted: true)
          parts.append(.given(entry))
        case .when:
          if let open = round, !open.thens.isEmpty { flush(isCommitted: false) }
          if round == nil { round = Round(clockBefore: entry.clockBefore) }
          round?.whens.append(entry)
        case .then:
          if round == nil { round = Round(clockBefore: entry.clockBefore) }
          round?.thens.append(entry)
        }
      }
    }
    flush(isCommitted: false)
    return parts
  }

  /// Finds out where steps must say their stream: where there are several, or one that nobody would guess.
  private mutating func findStreams(_ history: [HistoryEvent]) {
    var names: [Int: Set<String>] = [:]
    for event in history { names[event.reference.aggregate, default: []].insert(event.reference.displayName) }
    for slot in engine.touchedStreams where slot.version > 0 {
      names[slot.reference.aggregate, default: []].insert(slot.reference.displayName)
    }
    for (aggregate, names) in names {
      if names.count > 1 || names.first != model.aggregate(aggregate)?.defaultInstance { explicit.insert(aggregate) }
    }
    isStateExplicit = names.values.reduce(0) { $0 + $1.count } > 1 || !explicit.isEmpty
  }

  // MARK: Steps

  private mutating func add(_ role: StepRole, _ text: String, like step: SessionStep? = nil) {
    let keyword: String
    if role == self.role {
      keyword = step?.source.keywordText == "But" ? "But" : "And"
    } else {
      keyword =
        switch role {
        case .given: "Given"
        case .when: "When"
        case .then: "Then"
        }
    }
    self.role = role
    steps.append(
      NewStep(
        keyword: keyword, text: text, table: step?.table ?? [], docString: step?.docString, mediaType: step?.mediaType))
  }

  /// A step as it was typed, with its stream where that is needed.
  private mutating func write(_ step: SessionStep, as role: StepRole) {
    let written = SessionText.line(step.source.text.text)
    var prefix = ""
    if StepShape(written.utf8).colon == nil, let reference = reference(of: step.step.action) {
      prefix = text.stream(reference.aggregate, reference.stream) + ": "
    }
    if prefix.isEmpty || !step.step.isMeanwhile {
      add(role, prefix + written, like: step)
    } else {
      add(role, "meanwhile " + prefix + written.dropFirst("meanwhile".count).drop { $0 == " " }, like: step)
    }
  }

  private func reference(of action: StepAction) -> StreamReference? {
    let targets: [StreamTarget]
    switch action {
    case .expectEvents(let patterns), .expectEventsInclude(let patterns): targets = patterns.compactMap(\.stream)
    case .record(let templates), .meanwhile(let templates): targets = templates.map(\.target)
    case .execute(let commands): targets = commands.map(\.message.target)
    case .stored(let template): targets = [template.target]
    case .expectState(let target, _), .expectVersion(let target, _):
      guard isStateExplicit, case .known(let reference) = target else { return nil }
      return reference
    default: return nil
    }
    guard case .known(let first)? = targets.first, explicit.contains(first.aggregate) else { return nil }
    let isOne = targets.allSatisfy { if case .known(let other) = $0 { other.stream == first.stream } else { false } }
    return isOne ? first : nil
  }

  private mutating func writeGiven(_ entry: SessionEntry) {
    switch entry.step?.step.action {
    case .setTime, .passTime:
      guard entry.clock > clock else { return }
      add(.given, "the time is \(text.untyped(.date(entry.clock)))")
    default: if let step = entry.step { write(step, as: .given) }
    }
    clock = max(clock, entry.clock)
  }

  // MARK: History

  private mutating func write(_ event: HistoryEvent) {
    setClock(event.occurredAt)
    if event.events.isEmpty, let envelope = event.envelope {
      let prefix = text.stream(event.reference.aggregate, event.reference.stream) + ": "
      add(.given, prefix + "stored \(SpecText.quote(envelope.type)) schema version \(envelope.schemaVersion)")
      if case .json(let bytes) = envelope.payload, let last = steps.indices.last {
        steps[last].docString = String(decoding: bytes, as: UTF8.self)
        steps[last].mediaType = "json"
      }
    }
    for message in event.events { add(.given, written(message, of: event.reference)) }
  }

  private mutating func writeAsHistory(_ round: Round) {
    for entry in round.whens {
      for logged in engine.log[entry.events] {
        write(
          HistoryEvent(
            reference: engine.touchedStreams[logged.slot].reference, events: logged.events,
            envelope: nil, occurredAt: logged.occurredAt))
      }
      switch entry.step?.step.action {
      case .metadata, .bind: if let step = entry.step { write(step, as: .given) }
      default: break
      }
      setClock(entry.clock)
    }
  }

  private mutating func setClock(_ time: Date) {
    guard time > clock, statesTimes else { return }
    clock = time
    add(.given, "the time is \(text.untyped(.date(time)))")
  }

  // MARK: Acts

  private mutating func write(_ round: Round) {
    if role != .then { setClock(round.clockBefore) }
    for entry in round.whens {
      guard case .step(let step, let meanwhile) = entry.change else { continue }
      if statesTimes, entry.clockBefore > clock {
        add(.when, "the time is \(text.untyped(.date(entry.clockBefore)))")
      }
      write(step, as: .when)
      for step in meanwhile { write(step, as: .when) }
      clock = max(clock, entry.clock)
    }
    let actions = round.thens.compactMap { $0.step?.step.action }
    let emitted = round.whens.flatMap(\.emitted)
    let failure = round.whens.last?.refusal
    let speaksOfEvents = actions.contains { Self.speaksOfEvents($0) }
    var isComplete = round.whens.isEmpty || !(actions.isEmpty || speaksOfEvents)
    for entry in round.thens {
      guard let step = entry.step else { continue }
      // The events stand before the error behind them.
      if !isComplete, Self.speaksOfFailure(step.step.action) {
        complete(actions, emitted)
        isComplete = true
      }
      write(step, as: .then)
    }
    if !isComplete { complete(actions, emitted) }
    if let failure, !actions.contains(where: Self.speaksOfFailure) { writeFailure(failure) }
    if actions.isEmpty, emitted.isEmpty, failure == nil, !round.whens.isEmpty { add(.then, "no events") }
  }

  /// States the events that no Then step states.
  private mutating func complete(_ actions: [StepAction], _ emitted: [Int]) {
    var stated = 0
    for action in actions {
      switch action {
      case .expectEvents(let patterns): stated += patterns.count
      case .expectEventsInclude, .eventsInAnyOrder: return
      default: break
      }
    }
    for place in emitted.dropFirst(stated) {
      let logged = engine.log[place]
      for event in logged.events { add(.then, written(event, of: engine.touchedStreams[logged.slot].reference)) }
    }
  }

  private static func speaksOfEvents(_ action: StepAction) -> Bool {
    switch action {
    case .expectEvents, .expectEventsInclude, .eventsInAnyOrder, .expectError, .expectConflict: true
    default: false
    }
  }

  private static func speaksOfFailure(_ action: StepAction) -> Bool {
    switch action {
    case .expectError, .expectConflict: true
    default: false
    }
  }

  private mutating func writeFailure(_ failure: ActFailure) {
    switch failure.kind {
    case .conflict: add(.then, "conflict")
    case .unknownEventType: add(.then, "error unknown event type")
    case .refused, .stopped:
      if let declared = failure.declared {
        let name = MessageName(kind: .error, aggregate: declared.aggregate, caseIndex: declared.caseIndex)
        add(.then, "error " + text.message(name, declared.payload))
      } else {
        add(.then, "error " + SpecText.quote(failure.text))
      }
    }
  }

  /// Where nothing was done there is only history to look at.
  private mutating func writeVersion() {
    for slot in engine.touchedStreams where slot.version > 0 {
      let prefix = isStateExplicit ? text.stream(slot.reference.aggregate, slot.reference.stream) + ": " : ""
      add(.then, prefix + "version is \(slot.version)")
    }
  }

  private func written(_ event: CodedMessage, of reference: StreamReference) -> String {
    let name = MessageName(kind: .event, aggregate: event.aggregate, caseIndex: event.caseIndex)
    let message = text.message(name, event.coded, omitsIdentity: true)
    return explicit.contains(reference.aggregate)
      ? text.stream(reference.aggregate, reference.stream) + ": " + message : message
  }
}
