import ArgumentParser
import EventSpec

/// `check`: the specs are read against the domain, and nothing is run.
struct CheckCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Read the specs against the domain, and run nothing.",
    discussion: """
      Reports all that can be known without running: syntax errors, unknown names and fields, values of the wrong \
      kind, and scenarios that assert nothing. Exits 0 or 2.
      """)

  @OptionGroup var selection: SelectionOptions
  @OptionGroup var color: ColorOptions

  var needsDomain: Bool { true }

  func run(_ context: ToolContext) async throws -> Int32 {
    let output = context.streams.output
    let reporter = CheckReporter(isColored: color.isColored(output))
    let runner = SpecRunner(
      domain: context.domain, options: selection.options, mode: .check, toolName: ToolIdentity.name,
      toolVersion: context.version)
    let summary = await runner.run(
      selection.selections, reports: [ReportTarget(reporter) { output.write($0) }])
    output.flush()
    for problem in summary.problems { context.streams.diagnose(problem.message) }
    return summary.exitCode == 0 ? 0 : 2
  }
}
