package import EventSourcing

/// The scenarios of some spec files as values that are run one by one, for whoever has a way of their own of running
/// tests.
package struct SpecSuite: Sendable {
  /// One thing that can pass or fail.
  package enum Member: Sendable {
    /// A scenario.
    case scenario(PreparedScenario)
    /// A file that cannot be read or parsed.
    case brokenFile(path: String, [Diagnostic])
    /// What keeps specs from being found or run at all.
    case problem(RunProblem)
  }

  /// The members, in the order of the files.
  package private(set) var members: [Member] = []

  /// Finds and parses specs.
  ///
  /// Whatever goes wrong becomes a member, so that nothing is lost.
  ///
  /// - Parameters:
  ///   - selections: The files, folders and lines that are meant.
  ///   - domain: The domain.
  ///   - options: Which scenarios are meant.
  package init(_ selections: [SpecSelection], domain: Domain, options: RunOptions = RunOptions()) {
    do {
      try domain.validate()
    } catch {
      members = [.problem(RunProblem("\(error)"))]
      return
    }
    let finder = SpecFinder(selections)
    members = finder.problems.map { .problem($0) }
    let runner = ScenarioRunner(domain)
    for found in finder.files {
      let plan = SpecFilePlan(found, options: options, keepsContent: false)
      members += plan.problems.map { .problem($0) }
      if !plan.diagnostics.isEmpty {
        members.append(.brokenFile(path: found.path, plan.diagnostics))
        continue
      }
      for entry in plan.entries where options.isMeant(entry.pickle) {
        members.append(.scenario(PreparedScenario(runner: runner, plan: plan, entry: entry)))
      }
    }
    if members.isEmpty {
      members = [.problem(RunProblem("no scenario in \(selections.map { "'\($0)'" }.joined(separator: ", "))"))]
    }
  }
}

/// A scenario that is ready to be run.
package struct PreparedScenario: Sendable {
  let runner: ScenarioRunner
  let plan: SpecFilePlan
  let entry: SpecFilePlan.Entry

  /// Its name and place.
  package var scenario: ScenarioDescription { runner.description(of: entry, in: plan) }

  /// Whether a line of its file means it.
  package func isMeant(byLine line: Int) -> Bool { plan.entries([entry], at: line).count == 1 }

  /// Runs it.
  package func run() async -> ScenarioResult {
    var scratch = ScenarioRunner.Scratch()
    return await runner.run(entry, of: plan, scratch: &scratch)
  }
}
