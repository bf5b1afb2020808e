internal import Synchronization

/// A reporter and where its text goes.
public struct ReportTarget: Sendable {
  /// The reporter.
  public var reporter: any Reporter
  /// Takes the reporter's text.
  public var write: @Sendable (String) -> Void
  /// Hands on the text that has been taken, so that who follows the report sees it; it is called now and then.
  public var flush: @Sendable () -> Void

  /// Makes a target.
  ///
  /// - Parameters:
  ///   - reporter: The reporter.
  ///   - flush: Hands on the text that has been taken, where that is kept for a while.
  ///   - write: Takes the reporter's text.
  public init(
    _ reporter: any Reporter, flush: @escaping @Sendable () -> Void = {}, write: @escaping @Sendable (String) -> Void
  ) {
    self.reporter = reporter
    self.flush = flush
    self.write = write
  }
}

/// Counts what comes of a run and tells the reports.
final class Delivery: Sendable {
  private struct State {
    var reports: [ReportTarget]
    var summary = RunSummary()
    /// Whether any scenario was meant.
    var isAnyFound = false
    var openFile: SpecFile?
    /// When the reports' text was handed on.
    var flushedAt: UInt64?

    mutating func report(_ event: RunEvent) {
      for index in reports.indices { reports[index].reporter.report(event, write: reports[index].write) }
    }

    mutating func problem(_ problem: RunProblem) {
      summary.problems.append(problem)
      report(.problem(problem))
    }
  }

  private let state: Mutex<State>
  private let clock: RunClock
  private let failsFast: Bool

  init(reports: [ReportTarget], clock: RunClock, failsFast: Bool) {
    state = Mutex(State(reports: reports))
    self.clock = clock
    self.failsFast = failsFast
  }

  func begin(_ run: RunDescription, problems: [RunProblem]) {
    state.withLock { state in
      state.report(.runStarted(run))
      for problem in problems { state.problem(problem) }
    }
  }

  /// Takes what is due next.
  ///
  /// - Returns: Whether the run is to end here.
  func take(_ delivery: SharedWork.Schedule.Delivery) -> Bool {
    state.withLock { state in
      switch delivery {
      case .fileStarted(let plan):
        for problem in plan.problems { state.problem(problem) }
        guard plan.diagnostics.isEmpty else {
          state.isAnyFound = true
          state.summary.countBrokenFile()
          state.report(.fileFailed(plan.file, plan.diagnostics))
          return failsFast
        }
        state.openFile = plan.file
        state.report(.fileStarted(plan.file))
      case .results(let results):
        for result in results {
          state.isAnyFound = true
          state.summary.count(result.status)
          state.report(.scenarioFinished(result))
          if failsFast && result.status != .passed && result.status != .skipped { return true }
        }
      case .fileFinished(let plan):
        if plan.diagnostics.isEmpty { state.report(.fileFinished(plan.file)) }
        state.openFile = nil
      }
      return false
    }
  }

  /// How long text may lie about, in nanoseconds: often enough for people, seldom enough to cost nothing.
  private static let patience: UInt64 = 5_000_000

  /// Hands on what there is to read, as nothing more is due at the moment.
  func pause() {
    state.withLock { state in
      let now = clock.nanoseconds
      if let flushedAt = state.flushedAt, now < flushedAt + Self.patience { return }
      state.flushedAt = now
      for report in state.reports { report.flush() }
    }
  }

  /// Ends the run.
  ///
  /// - Parameters:
  ///   - isCutShort: Whether it ends early.
  ///   - filter: What chose the scenarios, for the error that there are none; nil where nothing did.
  func end(isCutShort: Bool, filter: String?) -> RunSummary {
    state.withLock { state in
      if let file = state.openFile { state.report(.fileFinished(file)) }
      if !state.isAnyFound && state.summary.problems.isEmpty {
        state.problem(RunProblem(filter.map { "no scenario matches \($0)" } ?? "the specs have no scenario"))
      }
      state.summary.isCutShort = isCutShort
      state.summary.nanoseconds = clock.nanoseconds
      state.report(.runFinished(state.summary))
      return state.summary
    }
  }
}
