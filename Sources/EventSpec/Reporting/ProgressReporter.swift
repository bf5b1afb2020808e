/// The short report: a sign for each scenario, all that is known of those that failed, and the sum.
///
/// In a terminal it is one line that counts, and failures as they come.
public struct ProgressReporter: Reporter {
  private let isColored: Bool
  private let isLive: Bool
  private let failureReport: FailureReport
  private var column = 0
  private var pending = ""
  private var summary = RunSummary()
  private var shownAt: ContinuousClock.Instant?
  private static let width = 80

  /// Makes a reporter.
  ///
  /// - Parameters:
  ///   - isColored: Whether to use a terminal's colours.
  ///   - isLive: Whether the text goes to a terminal, where a line can be written over.
  ///   - replCommand: The command that opens a scenario in the REPL, followed by `FILE:LINE`; nil where there is none.
  public init(isColored: Bool = false, isLive: Bool = false, replCommand: String? = "eventspec repl --at") {
    self.isColored = isColored
    self.isLive = isLive
    failureReport = FailureReport(replCommand: replCommand)
  }

  /// What must be in the events for this report.
  public var needs: ReportNeeds { [] }

  /// Takes the next event and writes what there is to say of it.
  public mutating func report(_ event: RunEvent, write: (String) -> Void) {
    switch event {
    case .runStarted(let run):
      if let seed = run.seed { write("Scenarios in random order, seed \(seed)\n") }
    case .problem, .fileStarted: break
    case .scenarioFinished(let result):
      summary.count(result.status)
      switch result.status {
      case .passed:
        sign(".", write: write)
        if !result.diagnostics.isEmpty {
          endSigns(write: write)
          var text = StyledText(isColored: isColored)
          for diagnostic in result.diagnostics { FailureReport.write(diagnostic, indent: 0, to: &text) }
          write(text.text)
        }
      case .skipped: sign("-", write: write)
      case .failed, .undefined, .unresolved:
        endSigns(write: write)
        var text = StyledText(isColored: isColored)
        failureReport.write(result, to: &text)
        text.endLine()
        write(text.text)
      }
    case .fileFailed(let file, let diagnostics):
      summary.countBrokenFile()
      endSigns(write: write)
      var text = StyledText(isColored: isColored)
      text.indent(2)
      text.add("✗ ", .bad)
      text.line("\(file.path) cannot be read as a spec", .bold)
      for diagnostic in diagnostics { FailureReport.write(diagnostic, indent: 4, to: &text) }
      text.endLine()
      write(text.text)
    case .fileFinished: flush(write: write)
    case .runFinished(let summary):
      endSigns(write: write)
      var text = StyledText(isColored: isColored)
      text.line(summary.line, summary.failed > 0 ? .bad : .good)
      write(text.text)
    }
  }

  private mutating func sign(_ sign: Character, write: (String) -> Void) {
    if isLive {
      let now = ContinuousClock.now
      if let shownAt, shownAt.duration(to: now) < .milliseconds(100) { return }
      shownAt = now
      write("\r\u{1B}[K\(summary.line)")
      return
    }
    pending.append(sign)
    column += 1
    if column == Self.width {
      pending.append("\n")
      column = 0
      flush(write: write)
    }
  }

  private mutating func flush(write: (String) -> Void) {
    if pending.isEmpty { return }
    write(pending)
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func endSigns(write: (String) -> Void) {
    if isLive {
      if shownAt != nil { write("\r\u{1B}[K") }
      shownAt = nil
      return
    }
    if column > 0 { pending.append("\n") }
    column = 0
    flush(write: write)
  }
}
