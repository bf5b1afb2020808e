/// The report for people: each feature with its scenarios, and all that is known of those that failed.
public struct PrettyReporter: Reporter {
  private let isColored: Bool
  private let failureReport: FailureReport
  private var feature: String?
  private var rule: String?
  private var hasWritten = false
  /// Whether the last line written is empty, so that no other need be.
  private var isParted = false

  /// Makes a reporter.
  ///
  /// - Parameters:
  ///   - isColored: Whether to use a terminal's colours.
  ///   - replCommand: The command that opens a scenario in the REPL, followed by `FILE:LINE`; nil where there is none.
  public init(isColored: Bool = false, replCommand: String? = "eventspec repl --at") {
    self.isColored = isColored
    failureReport = FailureReport(replCommand: replCommand)
  }

  /// What must be in the events for this report.
  public var needs: ReportNeeds { [] }

  /// Takes the next event and writes what there is to say of it.
  public mutating func report(_ event: RunEvent, write: (String) -> Void) {
    var text = StyledText(isColored: isColored)
    switch event {
    case .runStarted(let run):
      if let seed = run.seed { text.line("Scenarios in random order, seed \(seed)", .dim) }
    case .problem: return
    case .fileStarted:
      feature = nil
      rule = nil
    case .scenarioFinished(let result):
      heading(of: result.scenario, to: &text)
      scenario(result, to: &text)
    case .fileFailed(let file, let diagnostics):
      if hasWritten && !isParted { text.endLine() }
      text.add("✗ ", .bad)
      text.line("\(file.path) cannot be read as a spec", .bold)
      for diagnostic in diagnostics { FailureReport.write(diagnostic, indent: 4, to: &text) }
    case .fileFinished: return
    case .runFinished(let summary):
      if hasWritten && !isParted { text.endLine() }
      text.line(summary.line, summary.failed > 0 ? .bad : .good)
    }
    if !text.text.isEmpty {
      hasWritten = true
      isParted = text.text.hasSuffix("\n\n")
      write(text.text)
    }
  }

  private mutating func heading(of scenario: ScenarioDescription, to text: inout StyledText) {
    if feature != scenario.feature {
      if hasWritten && !isParted { text.endLine() }
      text.add(scenario.feature.isEmpty ? "(a feature without a name)" : scenario.feature, .bold)
      text.add("  ")
      text.line(scenario.location.file, .place)
      feature = scenario.feature
      rule = nil
    }
    if rule != scenario.rule {
      if let name = scenario.rule { text.line("  Rule: \(name)", .bold) }
      rule = scenario.rule
    }
  }

  private func scenario(_ result: ScenarioResult, to text: inout StyledText) {
    let name = result.scenario.name.isEmpty ? "(a scenario without a name)" : result.scenario.name
    switch result.status {
    case .passed:
      text.indent(2)
      text.add("✓ ", .good)
      text.add(name)
      if result.scenario.scenarioLine != result.scenario.location.line {
        text.add("  :\(result.scenario.location.line)", .dim)
      }
      if result.isExpectedFailure { text.add("  (@wip: still fails)", .warning) }
      text.endLine()
      for diagnostic in result.diagnostics { FailureReport.write(diagnostic, indent: 4, to: &text) }
    case .skipped:
      text.indent(2)
      text.add("- ", .warning)
      text.line("\(name)  (skipped)", .dim)
    case .failed, .undefined, .unresolved:
      failureReport.write(result, to: &text)
      text.endLine()
    }
  }
}
