/// What a scenario, or a step of it, came to.
public enum ResultStatus: String, Sendable, Hashable {
  /// Everything that it asks for holds.
  case passed
  /// Something does not hold.
  case failed
  /// Not run: by tag, or behind a failed step.
  case skipped
  /// It asks for nothing, so it shows nothing.
  case undefined
  /// It could not be read against the domain.
  case unresolved
}

/// What came of one scenario.
public struct ScenarioResult: Sendable {
  /// The scenario.
  public var scenario: ScenarioDescription
  /// What it came to.
  public var status: ResultStatus
  /// What its steps came to, in order.
  public var steps: [StepResult]
  /// All the reasons why it failed.
  public var failures: [Failure]
  /// What could not be read, for an unresolved scenario.
  public var diagnostics: [Diagnostic]
  /// When it started, as nanoseconds since the start of the run.
  public var startedAfter: UInt64
  /// How long it took, in nanoseconds.
  public var nanoseconds: UInt64
  /// When it ended, as nanoseconds since the start of the run.
  var endedAfter: UInt64 { startedAfter + nanoseconds }
  /// Whether it is marked `@wip` and fails, as such a scenario must: it counts as passed and keeps its failures.
  public var isExpectedFailure: Bool

  /// Makes a result.
  public init(
    scenario: ScenarioDescription, status: ResultStatus, steps: [StepResult], failures: [Failure] = [],
    diagnostics: [Diagnostic] = [], startedAfter: UInt64 = 0, nanoseconds: UInt64 = 0, isExpectedFailure: Bool = false
  ) {
    self.scenario = scenario
    self.status = status
    self.steps = steps
    self.failures = failures
    self.diagnostics = diagnostics
    self.startedAfter = startedAfter
    self.nanoseconds = nanoseconds
    self.isExpectedFailure = isExpectedFailure
  }
}

/// A scenario's name and place.
public struct ScenarioDescription: Sendable, Hashable {
  /// The scenario's name; an outline's with its placeholders replaced.
  public var name: String
  /// The feature's name.
  public var feature: String
  /// The rule's name, where it stands in one.
  public var rule: String?
  /// All tags, inherited ones included, with their `@`.
  public var tags: [String]
  /// Where it stands: the scenario, or for an outline the row of its Examples.
  public var location: SpecLocation
  /// The scenario's own line, which for an outline is not the row's.
  public var scenarioLine: Int
  /// Its place among the scenarios of its file, from 0; each row of an outline's Examples is one.
  public var index: Int

  /// Makes a description.
  public init(
    name: String, feature: String, rule: String? = nil, tags: [String] = [], location: SpecLocation,
    scenarioLine: Int, index: Int
  ) {
    self.name = name
    self.feature = feature
    self.rule = rule
    self.tags = tags
    self.location = location
    self.scenarioLine = scenarioLine
    self.index = index
  }
}

/// What came of one step.
public struct StepResult: Sendable {
  /// The keyword as written, such as `And`.
  public var keyword: String
  /// The text as run.
  public var text: String
  /// Where it stands.
  public var location: SpecLocation
  /// Whether it stands in a Background.
  public var isBackground: Bool
  /// What it came to.
  public var status: ResultStatus
  /// The table's cells by row, where it has one.
  public var table: [[String]]?
  /// The doc string's content, where it has one.
  public var docString: String?
  /// How long it took, in nanoseconds.
  public var nanoseconds: UInt64
  /// The literal's values as ranges of UTF-8 offsets in the text; only for reports that ask for files' content as well.
  package var values: [StepValue] = []

  /// Makes a step's result.
  public init(
    keyword: String, text: String, location: SpecLocation, isBackground: Bool, status: ResultStatus,
    table: [[String]]? = nil, docString: String? = nil, nanoseconds: UInt64 = 0
  ) {
    self.keyword = keyword
    self.text = text
    self.location = location
    self.isBackground = isBackground
    self.status = status
    self.table = table
    self.docString = docString
    self.nanoseconds = nanoseconds
  }
}
