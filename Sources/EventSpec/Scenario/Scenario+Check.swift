import EventSourcing

extension Scenario {
  /// Runs the scenario.
  ///
  /// - Parameter space: The place in a store for its events; by default they stay in memory.
  /// - Returns: What it came to, with all the reasons why it failed.
  public func run(in space: (any ScenarioSpace)? = nil) async -> ScenarioResult {
    var failures = problems
    var results: [StepResult] = []
    if problems.isEmpty {
      var engine = ScenarioEngine(runtime, backing: space.map { .space($0) } ?? .memory)
      var index = 0
      while index < parts.count {
        var outcome: StepOutcome
        var taken = [parts[index]]
        switch parts[index] {
        case .inspect(let stream, let place, let check): outcome = await engine.inspect(stream, at: place, check)
        case .step(let step):
          var meanwhile: [Step] = []
          while step.isCommand, case .step(let next)? = parts[safe: index + taken.count], next.isMeanwhile {
            meanwhile.append(next)
            taken.append(parts[index + taken.count])
          }
          outcome = await engine.take(step, meanwhile: meanwhile)
        }
        failures += outcome.failures
        results += taken.map { Self.result($0, outcome.status) }
        index += taken.count
      }
      failures += await engine.finish(at: place.location)
    }
    for failure in failures {
      guard let step = failure.stepIndex, results.indices.contains(step) else { continue }
      results[step].status = .failed
    }
    return ScenarioResult(
      scenario: ScenarioDescription(
        name: name, feature: A.name, tags: [], location: place.location, scenarioLine: place.line, index: 0),
      status: status(failures), steps: results, failures: failures)
  }

  /// Runs the scenario and throws where it does not hold.
  ///
  /// Under Swift Testing `verify()` of EventSpecTesting says it at the line that asks for what does not hold.
  ///
  /// - Parameter space: The place in a store for its events; by default they stay in memory.
  /// - Throws: ``ScenarioFailed`` with all the reasons.
  public func check(in space: (any ScenarioSpace)? = nil) async throws {
    let result = await run(in: space)
    guard result.status == .passed else { throw ScenarioFailed(result: result) }
  }

  private func status(_ failures: [Failure]) -> ResultStatus {
    if !problems.isEmpty { return .unresolved }
    if failures.isEmpty { return .passed }
    return failures.allSatisfy { $0.kind == .undefined } ? .undefined : .failed
  }

  private static func result(_ part: Part, _ status: ResultStatus) -> StepResult {
    switch part {
    case .step(let step):
      StepResult(
        keyword: step.keyword, text: step.text, location: step.location, isBackground: false, status: status)
    case .inspect(_, let place, _):
      StepResult(keyword: "Then", text: "state", location: place.location, isBackground: false, status: status)
    }
  }
}

/// The reasons why a scenario written in Swift does not hold.
public struct ScenarioFailed: Error, Sendable, CustomStringConvertible {
  /// What the scenario came to.
  public let result: ScenarioResult

  /// All reasons, each with its place, the comparison of what was expected with what came, and the state before.
  public var description: String {
    let title = result.scenario.name.isEmpty ? "the scenario" : "'\(result.scenario.name)'"
    return ([title + " does not hold:"] + result.failures.map(Self.describe)).joined(separator: "\n")
  }

  private static func describe(_ failure: Failure) -> String {
    var lines = ["\(failure.location): \(failure.message)"]
    for line in failure.comparison {
      let indent = String(repeating: "  ", count: line.depth + 1)
      switch line.mark {
      case .same: lines.append("\(indent)  \(line.label): \(line.actual ?? line.expected ?? "")")
      case .differs where line.expected == line.actual:
        // The heading of the lines below it.
        lines.append("\(indent)≠ \(line.label)")
      case .differs:
        lines.append(
          "\(indent)≠ \(line.label): expected \(line.expected ?? "nothing"), got \(line.actual ?? "nothing")")
      case .missing: lines.append("\(indent)- \(line.expected ?? line.label)")
      case .surplus: lines.append("\(indent)+ \(line.actual ?? line.label)")
      }
    }
    for state in failure.stateBefore {
      let fields = state.fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
      lines.append("  before: \(state.stream), version \(state.version): {\(fields)}")
    }
    return (lines + failure.notes.map { "  " + $0 }).joined(separator: "\n")
  }
}

extension ScenarioEngine {
  /// Looks at a typed state, as a Then step does.
  mutating func inspect(
    _ reference: StreamReference, at place: SourcePlace, _ check: @Sendable (any Aggregate) throws -> String?
  ) async -> StepOutcome {
    let index = steps
    steps += 1
    guard !isBroken else { return StepOutcome(.skipped) }
    failures.removeAll(keepingCapacity: true)
    thens += 1
    act?.thens += 1
    var message: String?
    do {
      let slot = try await slot(reference)
      if let failure = streams.slots[slot].loadFailure { throw failure }
      if let state = runtime.aggregates[reference.aggregate].state(streams.slots[slot].node) {
        message = try check(state)
      }
    } catch {
      message = ErrorText.describe(error)
    }
    guard let message else { return StepOutcome(.passed) }
    var outcome = StepOutcome(.failed)
    outcome.failures = [
      Failure(
        .stateDiffers, "the state of \(display(reference)) is another one: \(message)", stepIndex: index,
        location: place.location, stateBefore: act.map { describe($0.slotsBefore) } ?? [])
    ]
    return outcome
  }
}
