internal import EventSourcing
internal import EventSpec

/// What came of a case.
struct SpecReport: Sendable {
  /// What is wrong.
  var issues: [SpecIssue]
  /// Whether the scenario is not to be run, by its tag.
  var isSkipped = false

  init(issues: [SpecIssue]) { self.issues = issues }

  init(_ result: ScenarioResult, root: String, tool: String? = nil) {
    issues = []
    switch result.status {
    case .passed: return
    case .skipped: isSkipped = true
    case .unresolved: issues = result.diagnostics.filter { $0.severity == .error }.map { SpecIssue($0, root: root) }
    case .failed, .undefined: issues = result.failures.map { SpecIssue($0, of: result, root: root, tool: tool) }
    }
    if issues.isEmpty && !isSkipped {
      issues = [SpecIssue(message: "\(result.status.rawValue)", place: result.scenario.location)]
    }
  }
}

/// One thing that is wrong, for a test framework.
struct SpecIssue: Sendable {
  /// What is wrong, in several lines.
  var message: String
  /// Where; nil where no place is known.
  var place: SpecLocation?

  init(message: String, place: SpecLocation?) {
    self.message = message
    self.place = place
  }

  init(_ diagnostic: Diagnostic, root: String) {
    place = diagnostic.location
    message = "\(Self.shown(diagnostic.location, root: root)): \(FailureText.describe(diagnostic))"
  }

  /// - Parameter tool: How the package's tool is started; nil where nobody said.
  init(_ failure: Failure, of result: ScenarioResult, root: String, tool: String?) {
    place = failure.location
    let scenario = result.scenario
    let at = "\(Self.relative(scenario.location.file, root: root)):\(scenario.location.line)"
    let hint =
      tool.map { "open it in the REPL: \($0) repl --at \(at)" } ?? "'repl --at \(at)' of your tool opens it in the REPL"
    message = """
      \(Self.shown(failure.location, root: root)): \(FailureText.describe(failure, in: result))
      \(hint)
      """
  }

  /// The place with its path from the package's root.
  static func shown(_ location: SpecLocation, root: String) -> String {
    var location = location
    location.file = relative(location.file, root: root)
    return location.line > 0 ? location.description : location.file
  }

  /// A path from the package's root.
  static func relative(_ path: String, root: String) -> String {
    path.hasPrefix(root + "/") ? String(path.dropFirst(root.utf8.count + 1)) : path
  }
}
