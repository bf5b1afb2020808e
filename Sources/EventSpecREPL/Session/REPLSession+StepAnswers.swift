internal import EventSourcing
internal import EventSpec

extension REPLSession {
  /// What came of a step.
  func answer(_ read: SessionStep, _ entry: SessionEntry, _ outcome: StepOutcome?) -> REPLAnswer {
    guard let outcome else { return REPLAnswer(.step) }
    let own = Self.ownFailures(outcome, read.step)
    let earlier = outcome.failures.filter { failure in
      failure.kind != .undefined && !own.contains { $0.location == failure.location && $0.message == failure.message }
    }
    var answer = REPLAnswer(own.isEmpty ? .step : .failed)
    if writesJSON {
      answer.result["role"] = .string(read.step.role.rawValue)
      answer.result["step"] = .string(read.source.text.text)
    }
    let isKept = own.isEmpty || (read.step.role != .then && own.allSatisfy { Self.isFinding($0.kind) })
    if isKept { describe(entry, in: &answer) }
    if let refusal = outcome.refusal, read.step.role == .when { describe(refusal, in: &answer) }
    for failure in own { describe(failure, in: &answer) }
    for failure in earlier { answer.add("  note: ", lines: failure.message, .dim) }
    if read.step.role == .then, own.isEmpty { answer.add("  ✓ holds", .green) }
    if isKept, read.step.role == .given, entry.events.isEmpty { describeQuiet(read.step, in: &answer) }
    if read.step.role == .when, outcome.refusal == nil, own.isEmpty, entry.events.isEmpty,
      outcome.issuedCommands.isEmpty
    {
      if case .execute = read.step.action {
        answer.add("  no events", .dim)
      } else {
        describeQuiet(read.step, in: &answer)
      }
    }
    if writesJSON, !own.isEmpty { answer.result["failures"] = .array(own.map(record)) }
    return answer
  }

  /// What is to be said of a step that recorded nothing.
  private func describeQuiet(_ step: Step, in answer: inout REPLAnswer) {
    switch step.action {
    case .setTime, .passTime:
      let clock = text.untyped(.date(state.engine.clock))
      answer.add("  the time is \(clock)")
      if writesJSON { answer.result["clock"] = .string(clock) }
    default: answer.add("  noted", .dim)
    }
  }

  // MARK: Events

  private func describe(_ entry: SessionEntry, in answer: inout REPLAnswer) {
    guard !entry.events.isEmpty || !entry.issued.isEmpty else { return }
    let engine = state.engine
    let isPending = entry.step?.step.role != .given
    if makesText {
      for issued in entry.issued { answer.lines.append(line(issued)) }
      for (place, logged) in zip(entry.events, engine.log[entry.events]) {
        answer.lines.append(line(logged, isPending: isPending, in: engine))
        // The difference in a stream's state stands below the last of the events that made it.
        let isLast = !engine.log[(place + 1)..<entry.events.upperBound].contains { $0.slot == logged.slot }
        guard isLast, let state = entry.states.first(where: { $0.slot == logged.slot }) else { continue }
        answer.lines += difference(state, engine.touchedStreams[logged.slot].reference).map(\.line)
      }
    }
    if writesJSON {
      answer.result["events"] = .array(engine.log[entry.events].map { record($0, isPending: isPending, in: engine) })
      if !entry.issued.isEmpty { answer.result["commands"] = .array(entry.issued.map(record)) }
      answer.result["changes"] = .array(
        entry.states.map { state in
          let reference = engine.touchedStreams[state.slot].reference
          return .record(
            DynamicRecord([
              .init("stream", .string(reference.stream.text)), .init("version", .integer(Int64(state.version))),
              .init("fields", .array(difference(state, reference).map(\.record))),
            ]))
        })
    }
  }

  private func difference(_ state: SessionEntry.EarlierState, _ reference: StreamReference) -> [StateDifference.Change]
  {
    let aggregate = runtime.aggregates[reference.aggregate]
    guard let before = try? aggregate.coded(state.before), let after = try? aggregate.coded(state.after) else {
      return []
    }
    return StateDifference(text).changes(from: before, to: after, type: aggregate.schema.state)
  }

  /// An event as it is listed.
  func line(_ logged: LoggedEvent, isPending: Bool, in engine: ScenarioEngine) -> StyledText {
    var line = StyledText()
    line.append(isPending ? "  + " : "    ", .green)
    line.append("\(logged.version) ", .dim)
    let reference = engine.touchedStreams[logged.slot].reference
    if reference != focus?.reference { line.append(display(reference) + ": ", .cyan) }
    line.append(written(logged), .bold)
    return line
  }

  /// An event as one would write it in a spec.
  func written(_ logged: LoggedEvent) -> String {
    if logged.events.isEmpty { return "(a stored event that stands for nothing today)" }
    return logged.events.map(written).joined(separator: "; ")
  }

  func written(_ event: CodedMessage) -> String {
    text.message(
      MessageName(kind: .event, aggregate: event.aggregate, caseIndex: event.caseIndex), event.coded,
      omitsIdentity: true)
  }

  private func line(_ issued: IssuedMessage) -> StyledText {
    var line = StyledText()
    line.append("  ! ", .magenta)
    line.append(issued.processManager + " issued ", .dim)
    if issued.stream != focus?.reference { line.append(display(issued.stream) + ": ", .cyan) }
    line.append(written(issued))
    return line
  }

  func written(_ issued: IssuedMessage) -> String {
    text.message(
      MessageName(kind: .command, aggregate: issued.command.aggregate, caseIndex: issued.command.caseIndex),
      issued.command.coded, omitsIdentity: true)
  }

  // MARK: What went wrong

  /// A command that the domain refused.
  private func describe(_ refusal: ActFailure, in answer: inout REPLAnswer) {
    answer.kind = .refused
    answer.reason = "\(refusal.command) was refused: \(refusal.text)"
    var line = StyledText()
    line.append(refusal.kind == .conflict ? "  conflict: " : "  refused: ", .yellow)
    if let name = name(of: refusal) { line.append(name + " ", .bold) }
    line.append(refusal.declared == nil ? refusal.text : "\"\(refusal.text)\"")
    if let manager = refusal.processManager { line.append("  (\(refusal.command), issued by \(manager))", .dim) }
    answer.lines.append(line)
    guard writesJSON else { return }
    var record = DynamicRecord([.init("text", .string(refusal.text)), .init("command", .string(refusal.command))])
    if let name = name(of: refusal) { record["error"] = .string(name) }
    if refusal.kind == .conflict { record["isConflict"] = .bool(true) }
    if let manager = refusal.processManager { record["processManager"] = .string(manager) }
    answer.result["refusal"] = .record(record)
  }

  func name(of refusal: ActFailure) -> String? {
    refusal.declared.map {
      model.displayName(MessageName(kind: .error, aggregate: $0.aggregate, caseIndex: $0.caseIndex))
    }
  }

  /// A check that does not hold, or a finding.
  private func describe(_ failure: Failure, in answer: inout REPLAnswer) {
    if answer.reason == nil || answer.kind == .failed { answer.reason = failure.message }
    answer.kind = .failed
    answer.add("  ✗ ", lines: failure.message, .red)
    for compared in failure.comparison where compared.mark != .same || compared.depth == 0 {
      answer.lines.append(line(compared))
    }
    answer.add(notes: failure.notes)
  }

  private func line(_ compared: ComparisonLine) -> StyledText {
    var line = StyledText()
    let (sign, style): (String, StyledText.Style) =
      switch compared.mark {
      case .same: ("  ", .dim)
      case .differs: ("≠ ", .red)
      case .missing: ("- ", .red)
      case .surplus: ("+ ", .red)
      }
    line.append("    " + sign, style)
    line.append(String(repeating: "  ", count: compared.depth) + compared.label)
    switch (compared.expected, compared.actual) {
    case (let expected?, let actual?) where compared.mark == .differs && expected != actual:
      line.append(": expected ")
      line.append(expected, .green)
      line.append(", actual ")
      line.append(actual, .red)
    case (let expected?, nil) where expected != compared.label:
      line.append(": expected ")
      line.append(expected, .green)
    case (nil, let actual?) where actual != compared.label:
      line.append(": actual ")
      line.append(actual, .red)
    default: break
    }
    return line
  }

  /// A line that cannot be read, with a mark below the place.
  func mistyped(_ diagnostics: [Diagnostic], _ unit: InputUnit) -> REPLAnswer {
    var answer = REPLAnswer(.mistyped)
    let lines = unit.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for diagnostic in diagnostics {
      if answer.reason == nil { answer.reason = diagnostic.message }
      let row = diagnostic.location.line - unit.line
      let bodyRow = diagnostic.location.line - unit.bodyLine
      var content: String?
      var column = diagnostic.location.column
      if lines.indices.contains(row) {
        content = lines[row]
        if row == 0 { column -= unit.column }
      } else if unit.body.indices.contains(bodyRow) {
        content = unit.body[bodyRow]
      }
      if let content {
        let before = String(content.unicodeScalars.prefix(max(0, column - 1)).map { Character($0) })
        let width = StyledText(stringLiteral: before).displayWidth
        answer.add("  " + content)
        answer.add("  " + String(repeating: " ", count: width) + "^", .red)
      }
      var line = StyledText()
      line.append("error: ", .red)
      line.append(diagnostic.message)
      if let suggestion = diagnostic.suggestion, !diagnostic.message.contains("did you mean") {
        line.append("; did you mean ")
        line.append(suggestion, .bold)
        line.append("?")
      }
      answer.lines.append(line)
      answer.add(notes: diagnostic.notes)
    }
    if writesJSON { answer.result["errors"] = .array(diagnostics.map(record)) }
    return answer
  }

  // MARK: For programs

  private func record(_ diagnostic: Diagnostic) -> DynamicValue {
    var record = DynamicRecord([
      .init("message", .string(diagnostic.message)), .init("line", .integer(Int64(diagnostic.location.line))),
      .init("column", .integer(Int64(diagnostic.location.column))),
    ])
    if let suggestion = diagnostic.suggestion { record["suggestion"] = .string(suggestion) }
    if !diagnostic.notes.isEmpty { record["notes"] = .array(diagnostic.notes.map { .string($0) }) }
    return .record(record)
  }

  private func record(_ failure: Failure) -> DynamicValue {
    var record = DynamicRecord([
      .init("kind", .string(failure.kind.rawValue)), .init("message", .string(failure.message)),
    ])
    let lines = failure.comparison.map { line -> DynamicValue in
      var record = DynamicRecord([
        .init("mark", .string(line.mark.rawValue)), .init("label", .string(line.label)),
        .init("depth", .integer(Int64(line.depth))),
      ])
      if let expected = line.expected { record["expected"] = .string(expected) }
      if let actual = line.actual { record["actual"] = .string(actual) }
      return .record(record)
    }
    if !lines.isEmpty { record["comparison"] = .array(lines) }
    if !failure.notes.isEmpty { record["notes"] = .array(failure.notes.map { .string($0) }) }
    return .record(record)
  }

  func record(_ logged: LoggedEvent, isPending: Bool, in engine: ScenarioEngine) -> DynamicValue {
    let reference = engine.touchedStreams[logged.slot].reference
    var record = DynamicRecord([
      .init("stream", .string(reference.stream.text)), .init("version", .integer(Int64(logged.version))),
      .init("pending", .bool(isPending)), .init("text", .string(written(logged))),
      .init("occurredAt", .string(text.untyped(.date(logged.occurredAt)))),
    ])
    if let event = logged.events.first {
      record["event"] = .string(
        model.displayName(MessageName(kind: .event, aggregate: event.aggregate, caseIndex: event.caseIndex)))
      record["payload"] = .record(event.coded)
    }
    return .record(record)
  }

  private func record(_ issued: IssuedMessage) -> DynamicValue {
    .record(
      DynamicRecord([
        .init("stream", .string(issued.stream.stream.text)), .init("processManager", .string(issued.processManager)),
        .init("text", .string(written(issued))),
      ]))
  }
}
