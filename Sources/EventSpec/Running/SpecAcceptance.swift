package import EventSourcing
internal import Gherkin

/// Makes the Then steps of failing scenarios say what happens, and leaves the rest of their files byte for byte.
package struct SpecAcceptance: Sendable {
  /// What came of one file.
  package struct Result: Sendable {
    /// The file's path.
    package var path: String
    /// Its new content; nil where nothing is changed.
    package var content: [UInt8]?
    /// The scenarios that say now what happens.
    package var accepted: [ScenarioDescription] = []
    /// The scenarios that stay as they are, with the reason.
    package var refused: [(scenario: ScenarioDescription, reason: String)] = []
  }

  private let runner: ScenarioRunner

  /// Prepares for a domain.
  package init(_ domain: Domain) { runner = ScenarioRunner(domain) }

  /// Finds what to change in a file.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - content: Its bytes.
  ///   - failing: The places of the failing scenarios among those of the file.
  /// - Returns: The new content, and what is in it.
  package func accept(path: String, content: [UInt8], failing: Set<Int>) async -> Result {
    var result = Result(path: path)
    let plan = plan(path, content)
    var edits: [SourceEdit] = []
    for entry in plan.entries where failing.contains(entry.index) {
      let scenario = runner.description(of: entry, in: plan)
      switch await acceptance(of: entry, in: plan, content: content) {
      case .passes: continue
      case .refused(let reason): result.refused.append((scenario, reason))
      case .edits(let own):
        guard await holds(entry, in: path, content, with: own) else {
          result.refused.append((scenario, "what happened cannot be put into its Then steps"))
          continue
        }
        edits += own
        result.accepted.append(scenario)
      }
    }
    if !edits.isEmpty { result.content = GherkinPrinter.applying(edits, to: content) }
    return result
  }

  private func plan(_ path: String, _ content: [UInt8]) -> SpecFilePlan {
    SpecFilePlan(FoundSpec(path: path), content: content, options: RunOptions(), keepsContent: false)
  }

  private func acceptance(
    of entry: SpecFilePlan.Entry, in plan: SpecFilePlan, content: [UInt8]
  ) async -> ScenarioAcceptance {
    if entry.pickle.examplesRow != nil {
      return .refused("it is a row of an outline, whose Then steps other rows share")
    }
    if entry.pickle.tags.contains(where: { $0.name == "@wip" }) {
      return .refused("it is tagged @wip")
    }
    let reading = runner.read(entry, of: plan)
    guard reading.steps.count == entry.pickle.steps.count else { return .refused("it cannot be read") }
    if !UndefinedScenario.places(in: reading.steps.map(\.role)).isEmpty { return .refused("it asserts nothing") }
    var run = AcceptanceRun(
      runner: runner, pickle: entry.pickle, steps: reading.steps, places: SourcePlaces(content),
      namedStreams: reading.streams)
    return await run.run(at: runner.description(of: entry, in: plan).location)
  }

  /// Whether a scenario passes with some edits.
  private func holds(
    _ entry: SpecFilePlan.Entry, in path: String, _ content: [UInt8], with edits: [SourceEdit]
  ) async -> Bool {
    guard let edited = GherkinPrinter.applying(edits, to: content) else { return false }
    let plan = plan(path, edited)
    guard let entry = plan.entries.first(where: { $0.index == entry.index }) else { return false }
    var scratch = ScenarioRunner.Scratch()
    return await runner.run(entry, of: plan, scratch: &scratch).status == .passed
  }
}

/// Remembers which scenarios of which files fail.
package struct FailureCollector: Reporter {
  private let collected: @Sendable (String, Int) -> Void

  /// Makes a collector.
  ///
  /// - Parameter collected: Takes a file's path and a failing scenario's place in it.
  package init(_ collected: @escaping @Sendable (String, Int) -> Void) { self.collected = collected }

  package var needs: ReportNeeds { [] }

  package mutating func report(_ event: RunEvent, write: (String) -> Void) {
    guard case .scenarioFinished(let result) = event, result.status != .passed, result.status != .skipped else {
      return
    }
    collected(result.scenario.location.file, result.scenario.index)
  }
}
