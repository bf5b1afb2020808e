package import EventSourcing
internal import Gherkin

/// Runs single scenarios: reads their steps against the domain and hands them to an engine of their own.
package struct ScenarioRunner: Sendable {
  let model: DomainModel
  private(set) var runtime: DomainRuntime
  /// Where scenarios' events are kept; nil for the engine's own memory.
  let spaces: (any ScenarioSpaceProvider)?
  let needs: ReportNeeds
  let clock: RunClock

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - domain: A domain without error findings.
  ///   - spaces: Where scenarios' events are kept; nil for memory.
  ///   - needs: What reports will ask for.
  package init(_ domain: Domain, spaces: (any ScenarioSpaceProvider)? = nil, needs: ReportNeeds = []) {
    model = DomainModel(domain)
    runtime = DomainRuntime(domain, model: model)
    self.spaces = spaces
    self.needs = needs
    clock = RunClock()
  }

  /// A runner of the same scenarios for another thread, with a runtime of its own: threads that count references to the same
  /// objects hold each other up.
  func forAnotherThread() -> ScenarioRunner {
    var runner = self
    runner.runtime = DomainRuntime(runtime.domain, model: model)
    return runner
  }

  /// What a worker keeps from one scenario to the next.
  struct Scratch {
    /// The Background that they share.
    var background: SharedBackground?
    /// Steps that scenarios share word for word.
    var memory = StepMemory()
  }

  /// A Background whose steps have been read; an object, so that what it holds is copied once for a scenario.
  final class SharedBackground {
    let key: BackgroundKey
    /// What reads the steps behind it, and its own.
    let resolver: StepResolver
    let steps: ResolvedSteps
    /// The engine behind a Background that is nothing but history, and the number of its steps.
    fileprivate var engine: ScenarioEngine?
    fileprivate var taken = 0

    init(_ key: BackgroundKey, _ resolver: StepResolver, _ steps: ResolvedSteps) {
      self.key = key
      self.resolver = resolver
      self.steps = steps
    }
  }

  /// The Background that a scenario has.
  struct BackgroundKey: Equatable {
    var file: String
    var rule: Int

    init(_ entry: SpecFilePlan.Entry, of plan: SpecFilePlan) {
      file = plan.file.path
      rule = entry.pickle.rule?.location.line ?? 0
    }
  }

  // MARK: Running

  /// Runs a scenario.
  func run(_ entry: SpecFilePlan.Entry, of plan: SpecFilePlan, scratch: inout Scratch) async -> ScenarioResult {
    let scenario = description(of: entry, in: plan)
    let start = clock.nanoseconds
    if scenario.tags.contains("@skip") {
      return ScenarioResult(
        scenario: scenario, status: .skipped,
        steps: details(
          of: entry, in: plan, ResolvedSteps(), [], status: .skipped, isWanted: needs.contains(.passedSteps)),
        startedAfter: start)
    }
    let resolved = resolve(entry, of: plan, scratch: &scratch)
    var result = ScenarioResult(scenario: scenario, status: .passed, steps: [], startedAfter: start)
    var statuses: [ResultStatus] = []
    if resolved.hasErrors {
      result.status = .unresolved
      statuses = resolved.statuses(ofRead: .skipped)
    } else {
      await execute(
        resolved.steps, entry, of: plan, at: scenario.location, into: &result, statuses: &statuses,
        scratch: &scratch)
    }
    if scenario.tags.contains("@wip") { invert(&result) }
    let isWanted = result.status != .passed || needs.contains(.passedSteps)
    result.steps = details(of: entry, in: plan, resolved, statuses, status: result.status, isWanted: isWanted)
    result.diagnostics = resolved.diagnostics + MisplacedSteps(model: model).diagnostics(entry, of: plan)
    result.nanoseconds = clock.nanoseconds - start
    return result
  }

  private func execute(
    _ steps: [Step], _ entry: SpecFilePlan.Entry, of plan: SpecFilePlan, at location: SpecLocation,
    into result: inout ScenarioResult, statuses: inout [ResultStatus], scratch: inout Scratch
  ) async {
    var engine: ScenarioEngine
    var taken = 0
    if let spaces {
      do {
        engine = ScenarioEngine(runtime, backing: .space(try await spaces.open()))
      } catch {
        result.status = .failed
        result.failures = [
          Failure(.stepFailed, "the store gives no room for the scenario: \(error)", location: location)
        ]
        return
      }
    } else {
      (engine, taken) = await behindBackground(steps, entry, of: plan, scratch: &scratch)
    }
    var failures: [Failure] = []
    var outcomes: [ResultStatus] = []
    outcomes.reserveCapacity(steps.count)
    for _ in 0..<taken { outcomes.append(.passed) }
    let atEnd = await engine.run(steps, from: taken, at: location) { _, outcome in
      outcomes.append(outcome.status)
      if !outcome.failures.isEmpty { failures += outcome.failures }
    }
    failures += atEnd
    // A failure may be about an earlier step than the one at which it came out.
    for failure in failures {
      if let index = failure.stepIndex, outcomes.indices.contains(index) { outcomes[index] = .failed }
    }
    statuses = outcomes
    if failures.isEmpty { return }
    // Why the act failed explains what is missing behind it.
    let isCause = { (failure: Failure) in failure.kind == .unexpectedError || failure.kind == .unexpectedConflict }
    result.failures = failures.filter(isCause) + failures.filter { !isCause($0) }
    result.status = failures.contains { $0.kind == .undefined } ? .undefined : .failed
  }

  /// An engine with as much of the Background behind it as all its scenarios share, and how many steps that is: a copy
  /// of the one that the first of them made, so that history is checked once.
  private func behindBackground(
    _ steps: [Step], _ entry: SpecFilePlan.Entry, of plan: SpecFilePlan, scratch: inout Scratch
  ) async -> (engine: ScenarioEngine, taken: Int) {
    let shared = scratch.background.flatMap { $0.key == BackgroundKey(entry, of: plan) ? $0 : nil }
    if let shared, let engine = shared.engine, shared.taken <= steps.count { return (engine, shared.taken) }
    var engine = ScenarioEngine(runtime)
    let background = steps.prefix(entry.pickle.steps.prefix(while: \.isFromBackground).count)
    guard background.allSatisfy({ $0.role == .given && !$0.isCommand && !$0.isMeanwhile }) else { return (engine, 0) }
    for step in background {
      let outcome = await engine.take(step)
      guard outcome.status == .passed, outcome.failures.isEmpty else { return (ScenarioEngine(runtime), 0) }
    }
    shared?.engine = engine
    shared?.taken = background.count
    return (engine, background.count)
  }

  /// A scenario at work must still fail.
  private func invert(_ result: inout ScenarioResult) {
    switch result.status {
    case .skipped: return
    case .failed, .undefined, .unresolved:
      result.status = .passed
      result.isExpectedFailure = true
    case .passed:
      result.status = .failed
      result.failures.append(
        Failure(
          .passedThoughWIP, "the scenario is marked @wip and passes: take the tag away",
          location: result.scenario.location))
    }
  }

  // MARK: Checking

  /// Reads a scenario's steps and runs nothing.
  func check(_ entry: SpecFilePlan.Entry, of plan: SpecFilePlan, scratch: inout Scratch) -> ScenarioResult {
    let scenario = description(of: entry, in: plan)
    let resolved = resolve(entry, of: plan, scratch: &scratch)
    var result = ScenarioResult(scenario: scenario, status: .passed, steps: [])
    result.diagnostics = resolved.diagnostics + MisplacedSteps(model: model).diagnostics(entry, of: plan)
    var statuses = resolved.statuses(ofRead: .passed)
    if resolved.hasErrors {
      result.status = .unresolved
    } else {
      let steps = resolved.steps
      for place in UndefinedScenario.places(in: steps.map(\.role)) {
        result.status = .undefined
        if let place {
          statuses[place] = .undefined
          result.failures.append(
            Failure(.undefined, "no Then looks at this act", stepIndex: place, location: steps[place].location))
        } else {
          result.failures.append(
            Failure(.undefined, "the scenario asserts nothing: it has no Then step", location: scenario.location))
        }
      }
    }
    if scenario.tags.contains("@skip") || scenario.tags.contains("@wip"), result.status != .passed {
      result.status = .skipped
    }
    let isWanted = result.status != .passed || needs.contains(.passedSteps)
    result.steps = details(of: entry, in: plan, resolved, statuses, status: result.status, isWanted: isWanted)
    return result
  }

  // MARK: Describing

  func description(of entry: SpecFilePlan.Entry, in plan: SpecFilePlan) -> ScenarioDescription {
    let pickle = entry.pickle
    return ScenarioDescription(
      name: pickle.name, feature: plan.featureName, rule: pickle.rule?.name, tags: pickle.tags.map(\.name),
      location: SpecLocation(plan.file.path, pickle.location), scenarioLine: pickle.scenario.location.line,
      index: entry.index)
  }

  private func details(
    of entry: SpecFilePlan.Entry, in plan: SpecFilePlan, _ resolved: ResolvedSteps, _ statuses: [ResultStatus],
    status: ResultStatus, isWanted: Bool
  ) -> [StepResult] {
    guard isWanted else { return [] }
    return entry.pickle.steps.enumerated().map { index, pickleStep in
      let step = resolved.step(at: index)
      var result = StepResult(
        keyword: pickleStep.keyword.trimmed, text: step?.text ?? pickleStep.text,
        location: SpecLocation(plan.file.path, pickleStep.location), isBackground: pickleStep.isFromBackground,
        status: statuses.indices.contains(index) ? statuses[index] : .skipped,
        table: pickleStep.dataTable?.rows.map { $0.cells.map(\.value) }, docString: pickleStep.docString?.content)
      result.values = step?.values ?? []
      return result
    }
  }
}
