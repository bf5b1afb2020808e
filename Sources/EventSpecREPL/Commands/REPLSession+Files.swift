internal import EventSourcing
internal import EventSpec
internal import Gherkin

extension REPLSession {
  // MARK: Saving

  func save(_ argument: String) async throws -> REPLAnswer {
    guard let (title, file) = Self.titleAndFile(argument) else {
      return Self.usage(.save, "':save' expects a title in quotes, then a file where it is to be written")
    }
    // Of a store's streams the times are stated only where they matter.
    for statesTimes in storage == nil ? [true] : [false, true] {
      let steps = try await scenarioSteps(statesTimes: statesTimes)
      guard !steps.isEmpty else { return .failure(.problem, "there is nothing to save: no step has been taken") }
      let answer = await save(NewScenario(name: title, steps: steps), to: file)
      if answer.isSuccess || statesTimes { return answer }
    }
    return REPLAnswer(.meta)
  }

  private func save(_ scenario: NewScenario, to file: String?) async -> REPLAnswer {
    let aggregate = focus?.reference.flatMap { model.aggregate($0.aggregate)?.name }
    var hasNamesake = false
    var bytes = Array(NewFeature(name: aggregate ?? domain.name, scenarios: [scenario]).text.utf8)
    if let file {
      guard file.hasSuffix(".feature") else {
        return Self.usage(
          .save, "a spec file's name ends in .feature; found '\(file)'",
          suggestion: ":save \(SpecText.quote(scenario.name)) \(file).feature")
      }
      if FileWriting.exists(file) {
        let source: [UInt8]
        do { source = try readFile(file) } catch { return .failure(.problem, "\(error)") }
        let result = GherkinPrinter.adding(scenario, to: source, uri: file)
        guard let added = result.bytes else {
          let reason = result.errors.first.map { ": \($0)" } ?? ": it has no feature"
          return .failure(.problem, "the scenario cannot be added to '\(file)'\(reason)")
        }
        bytes = added
        let parsed = GherkinParser().parse(source, uri: file).document
        hasNamesake = parsed?.pickles().contains { $0.scenario.name == scenario.name } ?? false
      }
    }
    let lines = scenario.text(indent: 0).split(separator: "\n")
    if let reason = await reasonAgainst(bytes, file: file ?? "session.feature") {
      var answer = REPLAnswer.failure(
        .problem, "the scenario would not pass, so it was not written: \(reason)",
        notes: file == nil ? [] : ["a Background of the file may be in its way"])
      for line in lines { answer.add("  " + line, .dim) }
      return answer
    }
    var answer = REPLAnswer(.meta)
    if let file {
      do { try FileWriting.write(bytes, to: file) } catch { return .failure(.problem, "\(error)") }
      answer.add("  written to \(file); it passes", .green)
      if hasNamesake { answer.add("  the file had a scenario of that title before; now there are several", .yellow) }
      if writesJSON { answer.result["file"] = .string(file) }
    } else {
      for line in lines { answer.add("  " + line) }
    }
    if writesJSON { answer.result["scenario"] = .string(scenario.text(indent: 0)) }
    return answer
  }

  /// The steps of the session as a scenario.
  ///
  /// - Parameter statesTimes: Whether the time of each event of the past is stated.
  func scenarioSteps(statesTimes: Bool = true) async throws -> [NewStep] {
    let timeline = self.timeline
    let root = timeline.root.engine
    var history: [ScenarioWriting.HistoryEvent] = []
    if let storage, past == nil || timeline.state.focus != nil {
      // The history of a store's streams is the store's.
      for slot in timeline.state.engine.touchedStreams {
        let aggregate = runtime.aggregates[slot.reference.aggregate]
        let pendingStart = timeline.state.engine.log.count - timeline.state.engine.pendingEvents.count
        let pending = timeline.state.engine.log[pendingStart...].first { logged in
          timeline.state.engine.touchedStreams[logged.slot].reference == slot.reference
        }
        let stored = pending.map { $0.version - 1 } ?? slot.version
        guard stored > 0 else { continue }
        for envelope in try await storage.store.readStream(slot.reference.stream, from: 1, limit: stored) {
          history.append(
            ScenarioWriting.HistoryEvent(
              reference: slot.reference, events: (try? aggregate.events(of: envelope)) ?? [], envelope: envelope,
              occurredAt: envelope.occurredAt))
        }
      }
      // The store's order: clocks of several writers may disagree.
      history.sort { ($0.envelope?.position ?? .start) < ($1.envelope?.position ?? .start) }
    } else {
      for logged in root.log {
        history.append(
          ScenarioWriting.HistoryEvent(
            reference: root.touchedStreams[logged.slot].reference, events: logged.events, envelope: nil,
            occurredAt: logged.occurredAt))
      }
    }
    if history.isEmpty, !timeline.entries.contains(where: { $0.step != nil }) { return [] }
    var writing = ScenarioWriting(engine: timeline.state.engine, model: model)
    return writing.write(history: history, entries: timeline.entries, statesTimes: statesTimes)
  }

  /// Why a scenario of a feature does not pass; nil where it does.
  private func reasonAgainst(_ source: [UInt8], file: String) async -> String? {
    let parsed = GherkinParser().parse(source, uri: file)
    if let error = parsed.errors.first { return error.explanation }
    guard let pickle = parsed.document.flatMap({ Array($0.pickles()).last { $0.rule == nil } }) else {
      return "it is not found again"
    }
    var resolver = StepResolver(domain: model)
    var steps: [EventSpec.Step] = []
    for pickleStep in pickle.steps {
      let resolution = resolver.resolve(StepSource(pickleStep, file: file))
      guard let step = resolution.step else {
        return resolution.diagnostics.first.map { "\($0.message) (in '\(pickleStep.text)')" } ?? "a step cannot be read"
      }
      steps.append(step)
    }
    var engine = ScenarioEngine(runtime)
    var failure: Failure?
    let atEnd = await engine.run(steps, at: SpecLocation(file: file, line: 1, column: 1)) { _, outcome in
      failure = failure ?? outcome.failures.first
    }
    return (failure ?? atEnd.first)?.message
  }

  /// `"TITLE" FILE`.
  static func titleAndFile(_ argument: String) -> (title: String, file: String?)? {
    guard argument.first == "\"" else { return nil }
    var title = ""
    var rest = argument.dropFirst()
    while let character = rest.popFirst() {
      if character == "\"" {
        let file = String(rest).trimmingBlanks
        guard !title.trimmingBlanks.isEmpty, file.isEmpty || rest.first == " " || rest.first == "\t" else { return nil }
        return (title, file.isEmpty ? nil : unquotedPath(file))
      }
      if character == "\\", let next = rest.popFirst() { title.append(next) } else { title.append(character) }
    }
    return nil
  }

  static func unquotedPath(_ path: String) -> String {
    path.count >= 2 && path.hasPrefix("\"") && path.hasSuffix("\"") ? String(path.dropFirst().dropLast()) : path
  }

  // MARK: Loading

  /// Opens a scenario just before its act.
  package func load(_ argument: String) async throws -> REPLAnswer {
    guard !argument.isEmpty else {
      return Self.usage(.load, "':load' expects a spec file, and a line where it has several scenarios")
    }
    let selection = SpecSelection(Self.unquotedPath(argument))
    guard storage == nil || selection.path.hasSuffix(".repl") else {
      return .failure(
        .problem, "a scenario's history has no place in a store", notes: ["start without --store to load scenarios"])
    }
    let source: [UInt8]
    do { source = try readFile(selection.path) } catch { return .failure(.problem, "\(error)") }
    if selection.path.hasSuffix(".repl") { return await takeLines(of: source, selection.path) }
    let parsed = GherkinParser().parse(source, uri: selection.path)
    // A text that is no UTF-8 would be opened with other characters than the author's.
    let encoding = parsed.warnings.first { $0.code == .invalidUTF8 }.map { ($0.location, $0.explanation) }
    if let (location, explanation) = parsed.errors.first.map({ ($0.location, $0.explanation) }) ?? encoding {
      return .failure(.problem, "\(selection.path):\(location.line):\(location.column): \(explanation)")
    }
    let pickles = parsed.document.map { Array($0.pickles()) } ?? []
    let found = Self.scenarios(in: pickles, at: selection.line)
    guard let pickle = found.first, found.count == 1 || selection.line != nil else {
      if pickles.isEmpty { return .failure(.problem, "'\(selection.path)' has no scenario") }
      let choices = pickles.prefix(20).map { ":load \(selection.path):\($0.location.line)  \($0.name)" }
      return .failure(
        .problem,
        selection.line.map { "no scenario stands at line \($0) of '\(selection.path)'" }
          ?? "'\(selection.path)' has several scenarios; say the line of one", notes: Array(choices))
    }
    return try await load(pickle, selection)
  }

  /// Takes the lines of a script, such as one that was kept of a session that was cut off.
  private func takeLines(of source: [UInt8], _ path: String) async -> REPLAnswer {
    guard loadDepth < 8 else { return .failure(.problem, "scripts load each other without end") }
    loadDepth += 1
    defer { loadDepth -= 1 }
    let answers = await answer(toBytes: source)
    var answer = REPLAnswer(.meta)
    if let failed = answers.first(where: { !$0.isSuccess && $0.kind != .refused }) {
      answer = failed
      answer.add("in \(path)", .dim)
    }
    answer.add("  \(answers.count) \(answers.count == 1 ? "line" : "lines") taken", .dim)
    return answer
  }

  private static func scenarios(in pickles: [Pickle], at line: Int?) -> [Pickle] {
    guard let line else { return pickles }
    if let row = pickles.first(where: { $0.examplesRow?.location.line == line }) { return [row] }
    return pickles.filter { pickle in
      let scenario = pickle.scenario
      let first = min(scenario.tags.first?.location.line ?? scenario.location.line, scenario.location.line)
      return (first...max(first, scenario.range.end.line)).contains(line)
    }
  }

  private func load(_ pickle: Pickle, _ selection: SpecSelection) async throws -> REPLAnswer {
    var resolver = StepResolver(domain: model)
    var steps: [SessionStep] = []
    for pickleStep in pickle.steps {
      let source = StepSource(pickleStep, file: selection.path)
      let resolution = resolver.resolve(source)
      guard let step = resolution.step else {
        let first = resolution.diagnostics.first
        return .failure(
          .problem, first.map { "\($0.location): \($0.message)" } ?? "a step cannot be read",
          suggestion: first?.suggestion, notes: first?.notes ?? [])
      }
      var read = SessionStep(source: source, step: step)
      read.table = pickleStep.dataTable?.rows.map { $0.cells.map(\.value) } ?? []
      read.docString = pickleStep.docString?.content
      read.mediaType = pickleStep.docString?.mediaType
      steps.append(read)
    }
    let act = Self.act(in: steps, at: selection.line)
    var changes: [SessionEntry.Change] = []
    for step in steps[..<act] {
      if step.step.isMeanwhile, case .step(let command, let earlier)? = changes.last {
        changes[changes.count - 1] = .step(command, meanwhile: earlier + [step])
      } else {
        changes.append(.step(step, meanwhile: []))
      }
    }
    past = nil
    let outcomes = try await present.replace(from: 0, with: changes)
    if let failure = outcomes.lazy.flatMap(\.failures).first(where: { $0.kind != .undefined }) {
      _ = await present.undo()
      return .failure(
        .problem, "the steps before the act fail: \(failure.message)", notes: ["at \(failure.location)"] + failure.notes
      )
    }
    var role = steps[..<act].last?.step.role
    upcoming = []
    for step in steps[act...] {
      upcoming.append(SessionText.lines(of: step, behind: role).joined(separator: "\n"))
      role = step.step.role
    }
    return await describeLoaded(pickle, selection, taken: act)
  }

  /// Where the act begins that a line means: the first one, or that of a later round.
  private static func act(in steps: [SessionStep], at line: Int?) -> Int {
    let starts = steps.indices.filter { index in
      steps[index].step.role == .when && (index == 0 || steps[index - 1].step.role != .when)
    }
    guard let first = starts.first else {
      return steps.firstIndex { $0.step.role == .then } ?? steps.count
    }
    guard let line else { return first }
    return starts.last { steps[$0].step.location.line <= line } ?? first
  }

  private func describeLoaded(_ pickle: Pickle, _ selection: SpecSelection, taken: Int) async -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    var title = StyledText()
    title.append("  " + (pickle.name.isEmpty ? "(a scenario without a name)" : pickle.name), .bold)
    title.append("  \(selection.path):\(pickle.location.line)", .cyan)
    answer.lines.append(title)
    answer.add("  \(taken) \(taken == 1 ? "step" : "steps") taken", .dim)
    if makesText, let reference = focus?.reference {
      var engine = state.engine
      if let value = try? await engine.state(of: reference) {
        describe(value, runtime.aggregates[reference.aggregate].schema.state, in: &answer)
      }
    }
    if !upcoming.isEmpty {
      answer.add("  next:", .dim)
      for step in upcoming { for line in step.split(separator: "\n") { answer.add("    " + line, .dim) } }
    }
    if writesJSON {
      answer.result["scenario"] = .string(pickle.name)
      answer.result["location"] = .string("\(selection.path):\(pickle.location.line)")
      answer.result["next"] = .array(upcoming.map { .string($0) })
    }
    return answer
  }

  // MARK: Running

  func run(_ argument: String) async throws -> REPLAnswer {
    let output = RunOutput()
    let runner = SpecRunner(domain: domain)
    let path = argument.isEmpty ? "specs" : Self.unquotedPath(argument)
    let summary = await runner.run(
      [SpecSelection(path)], reports: [ReportTarget(PrettyReporter()) { output.add($0) }])
    if Task.isCancelled {
      return .failure(.problem, Self.describe(CancellationError()), notes: ["until then: \(summary.line)"])
    }
    var answer = REPLAnswer(summary.exitCode == 0 ? .meta : .failed)
    let text = output.text
    if makesText {
      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        let style: StyledText.Style = line.contains("✗") ? .red : line.contains("✓") ? .green : .plain
        answer.add(String(line), style)
      }
    }
    for problem in summary.problems { answer.add("error: \(problem.message)", .red) }
    if summary.exitCode != 0 {
      answer.reason = summary.problems.first?.message ?? "not all scenarios passed: \(summary.line)"
    }
    if writesJSON {
      answer.result["passed"] = .integer(Int64(summary.passed))
      answer.result["failed"] = .integer(Int64(summary.failed))
      answer.result["skipped"] = .integer(Int64(summary.skipped))
      answer.result["report"] = .string(text)
    }
    return answer
  }
}
