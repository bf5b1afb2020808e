/// What a run came to.
public struct RunSummary: Sendable, Hashable {
  /// How many scenarios passed; one with `@wip` that fails as it must is among them.
  public var passed: Int
  /// How many failed, those that could not be run among them, and files that could not be read or parsed.
  public var failed: Int
  /// How many were skipped by their tag.
  public var skipped: Int
  /// How many of the failed could not be run at all: undefined, unresolved, or a broken file.
  public var broken: Int
  /// What was wrong with the call.
  public var problems: [RunProblem]
  /// How long it all took, in nanoseconds.
  public var nanoseconds: UInt64
  /// Whether it ended early: at the first failure, or because somebody wanted it to.
  public var isCutShort: Bool

  /// Makes a summary; by default of a run of nothing.
  public init(
    passed: Int = 0, failed: Int = 0, skipped: Int = 0, broken: Int = 0, problems: [RunProblem] = [],
    nanoseconds: UInt64 = 0, isCutShort: Bool = false
  ) {
    self.passed = passed
    self.failed = failed
    self.skipped = skipped
    self.broken = broken
    self.problems = problems
    self.nanoseconds = nanoseconds
    self.isCutShort = isCutShort
  }

  /// The process's exit code: 0 where all passed, 1 where one failed, 2 where something could not be run at all.
  public var exitCode: Int32 { broken > 0 || !problems.isEmpty ? 2 : failed > 0 ? 1 : 0 }

  /// The line that ends a report, such as `12 passed, 1 failed, 2 skipped`.
  public var line: String {
    "\(passed) passed, \(failed) failed" + (skipped > 0 ? ", \(skipped) skipped" : "")
  }

  /// Counts a scenario.
  public mutating func count(_ status: ResultStatus) {
    switch status {
    case .passed: passed += 1
    case .skipped: skipped += 1
    case .failed: failed += 1
    case .undefined, .unresolved:
      failed += 1
      broken += 1
    }
  }

  /// Counts a file that could not be read or parsed.
  public mutating func countBrokenFile() {
    failed += 1
    broken += 1
  }
}
