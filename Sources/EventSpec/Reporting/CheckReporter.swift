/// The report of a check: what is wrong, place by place, and how much was looked at.
public struct CheckReporter: Reporter {
  private let isColored: Bool
  private var seen: Set<Diagnostic> = []

  /// Makes a reporter.
  ///
  /// - Parameter isColored: Whether to use a terminal's colours.
  public init(isColored: Bool = false) { self.isColored = isColored }

  /// What must be in the events for this report.
  public var needs: ReportNeeds { [] }

  /// Takes the next event and writes what there is to say of it.
  public mutating func report(_ event: RunEvent, write: (String) -> Void) {
    var text = StyledText(isColored: isColored)
    switch event {
    case .runStarted, .problem, .fileFinished: return
    case .fileStarted: seen.removeAll()
    case .fileFailed(_, let diagnostics):
      for diagnostic in diagnostics { FailureReport.write(diagnostic, indent: 0, to: &text) }
    case .scenarioFinished(let result):
      // What is wrong with a Background, or with an outline's step, is said once, not for every scenario.
      for diagnostic in result.diagnostics where seen.insert(diagnostic).inserted {
        var diagnostic = diagnostic
        if result.status == .skipped { diagnostic.severity = .warning }
        FailureReport.write(diagnostic, indent: 0, to: &text)
      }
      for failure in result.failures {
        let severity: Diagnostic.Severity = result.status == .skipped ? .warning : .error
        let diagnostic = Diagnostic(severity, at: failure.location, failure.message, notes: failure.notes)
        if seen.insert(diagnostic).inserted { FailureReport.write(diagnostic, indent: 0, to: &text) }
      }
    case .runFinished(let summary):
      let count = summary.passed + summary.failed + summary.skipped
      let scenarios = "\(count) \(count == 1 ? "scenario" : "scenarios") checked"
      if summary.failed > 0 {
        text.line("\(scenarios), \(summary.failed) cannot be run", .bad)
      } else {
        text.line("\(scenarios), all can be run", .good)
      }
    }
    if !text.text.isEmpty { write(text.text) }
  }
}
