import ArgumentParser
import EventSpec

/// `run`: the specs are run.
struct RunCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the specs.",
    discussion: """
      Scenarios run in parallel and are reported in the order of the files. A line means the scenario that stands \
      there, a row of Examples, or all scenarios of the Rule or Feature whose title it is.
      """)

  @OptionGroup var selection: SelectionOptions

  @Flag(name: .long, help: "Stop at the first failure.")
  var failFast = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How many scenarios run at once, 1,024 at the most (default: as many as there are cores).", valueName: "n"))
  var jobs: Int?

  @Option(
    name: .long,
    help: ArgumentHelp("'defined' (default) or 'random'; a seed repeats a shuffled run.", valueName: "order[:seed]"),
    transform: { try OrderArgument($0) })
  var order: OrderArgument = .defined

  @Option(
    name: .long,
    help: ArgumentHelp("Where scenarios run: memory (default), sqlite:FILE or postgres://…", valueName: "store"),
    transform: { try StoreArgument($0) })
  var store: StoreArgument = .memory

  @OptionGroup var reports: ReportOptions

  @Flag(
    name: .long,
    help: "Rewrite the Then steps of failing scenarios to what happened; the rest of the file stays byte for byte.")
  var accept = false

  var needsDomain: Bool { true }

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("'--jobs \(jobs)': expected a whole number from 1.") }
    try reports.check()
  }

  func run(_ context: ToolContext) async throws -> Int32 {
    var options = selection.options
    options.failsFast = failFast
    options.jobs = jobs
    options.order = order.order
    let spaces = try await store.open()
    let sinks = try reports.open(context)
    var runner = SpecRunner(
      domain: context.domain, options: options, spaces: spaces, toolName: ToolIdentity.name,
      toolVersion: context.version)
    let accepting = AcceptingOutcomes()
    let targets = sinks.targets + (accept ? [accepting.target] : [])
    let summary: RunSummary
    if context.endsProcess {
      let interruption = Interruption(context.streams)
      ScenariosUnderWay.nameThemInCrashes()
      runner.interruption = { interruption.isRequested }
      let interruptible = runner
      summary = try await interruption.watch {
        let summary = await interruptible.run(selection.selections, reports: targets)
        try sinks.close()
        return summary
      }
      if interruption.isRequested {
        context.streams.diagnose("the run was cut short by a signal: scenarios are missing from the reports")
        return Self.interrupted
      }
    } else {
      summary = await runner.run(selection.selections, reports: targets)
      try sinks.close()
    }
    for problem in summary.problems { context.streams.diagnose(problem.message) }
    if accept { try await accepting.rewrite(context) }
    return summary.exitCode
  }

  /// The exit code of a run that Ctrl-C ended, as shells have it: 128 and the signal's number.
  private static let interrupted: Int32 = 130
}
