internal import EventSourcing
internal import Gherkin

/// What it takes to make a scenario's Then steps say what happens.
enum ScenarioAcceptance {
  /// It passes as it is.
  case passes
  /// These edits of the file make it pass.
  case edits([SourceEdit])
  /// It cannot be done; the reason is for people.
  case refused(String)
}

/// Runs a failing scenario and finds out what its Then steps would have to say.
struct AcceptanceRun {
  let runner: ScenarioRunner
  let pickle: Pickle
  let steps: [Step]
  let places: SourcePlaces
  /// The streams that steps have named, which decide where a step must say its stream.
  let namedStreams: [StreamReference]

  private var edits: [SourceEdit] = []
  private var refusal: String?

  /// An act with the Then steps that look at it.
  private struct LookedAct {
    var steps: Range<Int>
    var events: [LoggedEvent] = []
    var eventStreams: [StreamReference] = []
    var issued: [IssuedMessage] = []
    var failure: ActFailure?
    /// The Then steps that speak of events, errors or commands.
    var outcomes: [Int] = []
    var matcher: PatternMatcher
  }

  init(runner: ScenarioRunner, pickle: Pickle, steps: [Step], places: SourcePlaces, namedStreams: [StreamReference]) {
    self.runner = runner
    self.pickle = pickle
    self.steps = steps
    self.places = places
    self.namedStreams = namedStreams
  }

  private var text: SpecText { SpecText(runner.model) }

  // MARK: Running

  /// Runs the scenario.
  mutating func run(at location: SpecLocation) async -> ScenarioAcceptance {
    var engine = ScenarioEngine(runner.runtime)
    var failures: [Failure] = []
    var acts: [LookedAct] = []
    var actStart: Int?
    var index = 0
    while index < steps.count {
      let step = steps[index]
      var end = index + 1
      while end < steps.count, step.isCommand, steps[end].isMeanwhile { end += 1 }
      switch step.role {
      case .given: actStart = nil
      case .when: if actStart == nil || index > 0 && steps[index - 1].role != .when { actStart = index }
      case .then: look(at: engine, index, from: actStart, to: &acts)
      }
      let outcome = await engine.take(step, meanwhile: Array(steps[(index + 1)..<end]))
      failures += outcome.failures
      for failure in outcome.failures where step.role == .then {
        await acceptValues(failure, step, index, &engine)
      }
      index = end
    }
    failures += await engine.finish(at: location)
    if failures.isEmpty { return .passes }
    for failure in failures { check(failure) }
    for act in acts {
      let concerns = failures.contains { failure in
        Self.outcomeKinds.contains(failure.kind) && (failure.stepIndex.map { act.steps.contains($0) } ?? false)
      }
      if concerns { restate(act) }
    }
    if let refusal { return .refused(refusal) }
    if !edits.isEmpty { return .edits(edits) }
    let place = failures.first.map { " (\($0.location))" } ?? ""
    return .refused("what happened cannot be put into its Then steps\(place)")
  }

  private static let outcomeKinds: Set<Failure.Kind> = [
    .eventsDiffer, .noSuchEvent, .unexpectedEvents, .commandsDiffer, .errorDiffers, .errorMissing, .unexpectedError,
    .conflictMissing, .unexpectedConflict,
  ]
  private static let valueKinds: Set<Failure.Kind> = [.stateDiffers, .versionDiffers, .metadataDiffers, .viewDiffers]

  /// Some failures are nothing that a Then step could state.
  private mutating func check(_ failure: Failure) {
    if Self.outcomeKinds.contains(failure.kind) || Self.valueKinds.contains(failure.kind) { return }
    refusal = refusal ?? failure.message
  }

  private func look(at engine: ScenarioEngine, _ index: Int, from start: Int?, to acts: inout [LookedAct]) {
    guard let start, let act = engine.act else { return }
    if acts.last?.steps.lowerBound != start {
      var looked = LookedAct(steps: start..<index + 1, matcher: engine.matcher)
      looked.matcher.now = act.now
      looked.events = act.events.map { engine.log[$0] }
      looked.eventStreams = looked.events.map { engine.streams.slots[$0.slot].reference }
      looked.issued = act.issued
      looked.failure = act.failure
      acts.append(looked)
    }
    acts[acts.count - 1].steps = start..<index + 1
    if steps[index].action.speaksOfOutcome { acts[acts.count - 1].outcomes.append(index) }
  }

  // MARK: Values

  /// Puts what is there in the place of what was asked for, value by value.
  private mutating func acceptValues(
    _ failure: Failure, _ step: Step, _ index: Int, _ engine: inout ScenarioEngine
  ) async {
    guard Self.valueKinds.contains(failure.kind), failure.stepIndex == index else { return }
    var matcher = engine.matcher
    matcher.now = engine.act?.now ?? engine.clock
    do {
      switch step.action {
      case .expectState(let target, let pattern):
        let reference = try engine.reference(target)
        let slot = try await engine.slot(reference)
        let state = try engine.runtime.aggregates[reference.aggregate].coded(engine.streams.slots[slot].node)
        acceptState(pattern, state, &matcher)
      case .expectVersion(let target, _):
        let slot = try await engine.slot(try engine.reference(target))
        replaceLastWord(of: step, index, by: String(engine.streams.slots[slot].version))
      case .expectView(let pattern):
        try await engine.catchUp(pattern.view)
        guard var progress = engine.views[pattern.view] else { return }
        let rows = try progress.content.rows(key: pattern.key.flatMap { matcher.value(of: $0) })
        acceptView(pattern.expectation, rows, &matcher)
      case .expectMetadata: refuse("its metadata differ from event to event, or are others: state them by hand")
      default: refuse(failure.message)
      }
    } catch {
      refuse("\(error)")
    }
  }

  private mutating func acceptState(_ pattern: StatePattern, _ state: DynamicValue, _ matcher: inout PatternMatcher) {
    switch pattern {
    case .fields(let fields): replace(fields, in: state, &matcher)
    case .whole(.record(let fields, _), _): replace(fields, in: state, &matcher)
    case .whole: refuse("the whole state is another one: state it by hand")
    case .rows(let path, let rows):
      guard case .array(let elements)? = state.value(at: path[...]), elements.count == rows.count else {
        return refuse("there are more or fewer rows than its table has: state them by hand")
      }
      for (row, element) in zip(rows, elements) { replace(row, in: element, &matcher) }
    }
  }

  private mutating func acceptView(
    _ expectation: ViewPattern.Expectation, _ rows: [DynamicValue], _ matcher: inout PatternMatcher
  ) {
    switch expectation {
    case .fields(let fields) where rows.count == 1: replace(fields, in: rows[0], &matcher)
    case .rows(let patterns) where patterns.count == rows.count:
      // Rows that are there stay; the others are matched up in order.
      var rest = rows
      var open: [[FieldPattern]] = []
      for pattern in patterns {
        if let match = rest.firstIndex(where: { matcher.matches(pattern, $0) }) {
          rest.remove(at: match)
        } else {
          open.append(pattern)
        }
      }
      for (pattern, row) in zip(open, rest) { replace(pattern, in: row, &matcher) }
    default: refuse("the view shows \(rows.count) rows, others than its table has: state them by hand")
    }
  }

  private mutating func replace(_ fields: [FieldPattern], in value: DynamicValue, _ matcher: inout PatternMatcher) {
    for field in fields {
      guard let actual = value.value(at: field.path[...]) else {
        return refuse("there is nothing at \(PatternMatcher.text(of: field.path))")
      }
      if matcher.matches(field.pattern, actual, field.type) { continue }
      replace(field, by: actual)
    }
  }

  @discardableResult
  private mutating func replace(_ field: FieldPattern, by value: DynamicValue) -> Bool {
    guard let range = places.range(of: field.text, at: field.location) else {
      refuse("the value at \(field.location) stands in the file in another form: change it by hand")
      return false
    }
    let isCell = isInTable(field.location)
    let literal = text.render(value, field.type)
    edits.append(SourceEdit(range: range, text: isCell ? NewStep.escapedCell(literal) : literal))
    return true
  }

  private func isInTable(_ location: SpecLocation) -> Bool { !steps.contains { $0.location.line == location.line } }

  private mutating func replaceLastWord(of step: Step, _ index: Int, by word: String) {
    let range = pickle.steps[index].step.textRange.bytes
    guard let blank = places.source[range].lastIndex(of: 0x20) else { return refuse("'\(step.text)' states no number") }
    edits.append(SourceEdit(range: blank + 1..<range.upperBound, text: word))
  }

  private mutating func refuse(_ reason: String) { refusal = refusal ?? reason }

  // MARK: Events and errors

  /// Makes the Then steps of an act state its events, issued commands and failure.
  private mutating func restate(_ act: LookedAct) {
    if act.failure?.kind == .stopped {
      return refuse(act.failure?.text ?? "the act was stopped")
    }
    if restateValues(act) { return }
    let statesCommands = act.outcomes.contains { steps[$0].action.statesCommands }
    var lines: [String] = []
    if statesCommands {
      lines += act.issued.map { message(.command, $0.command, in: $0.stream) }
      if act.issued.isEmpty { lines.append("no commands") }
    }
    var kept = statedEvents(act)
    var matcher = act.matcher
    for (event, stream) in zip(act.events, act.eventStreams) {
      for event in event.events {
        // What is stated already, perhaps by a matcher, stays as it was written.
        let place = kept.firstIndex { $0.isOf(event, stream) && matcher.matches($0.pattern, event.coded) }
        lines.append(place.map { kept.remove(at: $0).text } ?? message(.event, event, in: stream))
      }
    }
    if let failure = act.failure { lines.append(describe(failure)) }
    if lines.isEmpty || (act.failure == nil && act.events.isEmpty) { lines.append("no events") }
    write(lines, in: act)
  }

  /// An event that a Then step states by its text alone.
  private struct StatedEvent {
    let pattern: MessagePattern
    let text: String

    func isOf(_ event: CodedMessage, _ stream: StreamReference) -> Bool {
      guard pattern.aggregate == event.aggregate, pattern.caseIndex == event.caseIndex else { return false }
      if case .known(let reference)? = pattern.stream { return reference.stream == stream.stream }
      return true
    }
  }

  private func statedEvents(_ act: LookedAct) -> [StatedEvent] {
    act.outcomes.compactMap { index in
      guard case .expectEvents(let patterns) = steps[index].action, let only = patterns.first, patterns.count == 1,
        pickle.steps[index].dataTable == nil, pickle.steps[index].docString == nil
      else { return nil }
      return StatedEvent(pattern: only, text: steps[index].text)
    }
  }

  /// Where the events are those stated but for values, changes the values alone.
  private mutating func restateValues(_ act: LookedAct) -> Bool {
    guard act.failure == nil else { return false }
    var patterns: [MessagePattern] = []
    for index in act.outcomes {
      guard case .expectEvents(let stated) = steps[index].action else { return false }
      patterns += stated
    }
    let events = zip(act.events, act.eventStreams).flatMap { logged, stream in logged.events.map { ($0, stream) } }
    guard patterns.count == events.count else { return false }
    var matcher = act.matcher
    var wanted: [(FieldPattern, DynamicValue)] = []
    for (pattern, (event, stream)) in zip(patterns, events) {
      guard pattern.aggregate == event.aggregate, pattern.caseIndex == event.caseIndex else { return false }
      if case .known(let reference)? = pattern.stream, reference.stream != stream.stream { return false }
      guard pattern.isOpen || matcher.leftOut(event.coded, pattern.fields).isEmpty else { return false }
      for field in pattern.fields {
        guard let actual = DynamicValue.record(event.coded).value(at: field.path[...]) else { return false }
        if !matcher.matches(field.pattern, actual, field.type) { wanted.append((field, actual)) }
      }
    }
    guard wanted.allSatisfy({ places.range(of: $0.0.text, at: $0.0.location) != nil }) else { return false }
    for (field, actual) in wanted { replace(field, by: actual) }
    return true
  }

  private func message(_ kind: MessageName.Kind, _ message: CodedMessage, in stream: StreamReference) -> String {
    let name = MessageName(kind: kind, aggregate: message.aggregate, caseIndex: message.caseIndex)
    let named = namedStreams.filter { $0.aggregate == message.aggregate }
    let isOnly = named.count == 1 && named.first?.stream == stream.stream
    let literal = text.message(name, message.coded, omitsIdentity: true)
    return isOnly ? literal : "\(text.stream(stream.aggregate, stream.stream)): \(literal)"
  }

  private func describe(_ failure: ActFailure) -> String {
    switch failure.kind {
    case .conflict: return "conflict"
    case .unknownEventType: return "error unknown event type"
    case .refused, .stopped:
      guard let declared = failure.declared else { return "error \(SpecText.quote(failure.text))" }
      let name = MessageName(kind: .error, aggregate: declared.aggregate, caseIndex: declared.caseIndex)
      return declared.payload.fields.isEmpty
        ? "error \(SpecText.quote(failure.text))" : "error \(text.message(name, declared.payload))"
    }
  }

  /// Puts lines in the place of the act's steps that speak of its outcome.
  private mutating func write(_ lines: [String], in act: LookedAct) {
    let backgroundCount = pickle.steps.filter(\.isFromBackground).count
    if act.outcomes.contains(where: { $0 < backgroundCount }) {
      return refuse("its Then steps stand in the Background, which other scenarios share")
    }
    guard let first = act.outcomes.first else {
      // The Thens look at state or views only: the outcome comes behind them.
      guard let last = act.steps.last, last >= backgroundCount else {
        return refuse("its steps stand in the Background")
      }
      let step = pickle.steps[last].step
      let range = places.wholeLines(of: step.range.bytes)
      let indent = places.indentation(before: step.range.bytes.lowerBound)
      let end = places.lineEnd(at: step.range.bytes.upperBound)
      let added = lines.map { "\(indent)And \($0)\(end)" }.joined()
      let isLineEnded = places.source[..<range.upperBound].last.map { $0 == 0x0A || $0 == 0x0D } ?? true
      edits.append(SourceEdit(range: range.upperBound..<range.upperBound, text: (isLineEnded ? "" : end) + added))
      return
    }
    let step = pickle.steps[first].step
    let keywordStart = step.range.bytes.lowerBound
    let indent = places.indentation(before: keywordStart)
    let end = places.lineEnd(at: keywordStart)
    let keyword = String(decoding: places.source[keywordStart..<step.textRange.bytes.lowerBound], as: UTF8.self)
    var replacement = keyword + (lines.first ?? "")
    for line in lines.dropFirst() { replacement += "\(end)\(indent)And \(line)" }
    edits.append(SourceEdit(range: step.range.bytes, text: replacement))
    for index in act.outcomes.dropFirst() {
      edits.append(SourceEdit(range: places.wholeLines(of: pickle.steps[index].step.range.bytes), text: ""))
    }
  }
}

extension StepAction {
  /// Whether a Then of this kind speaks of events, errors or commands.
  fileprivate var speaksOfOutcome: Bool {
    switch self {
    case .expectEvents, .expectEventsInclude, .eventsInAnyOrder, .expectNoEvents, .expectCommands, .expectNoCommands,
      .expectError, .expectConflict:
      true
    default: false
    }
  }

  fileprivate var statesCommands: Bool {
    switch self {
    case .expectCommands, .expectNoCommands: true
    default: false
    }
  }
}
