/// Something that happens in a run of specs, for reporters.
///
/// The events come in one order however many scenarios run at once: the run's start; for each file its start, its
/// scenarios in the file's order (or the shuffled one) and its end; the run's end. A file that cannot be read or
/// parsed has no scenarios but one ``fileFailed(_:)``.
public enum RunEvent: Sendable {
  /// The run begins.
  case runStarted(RunDescription)
  /// Something about the call that keeps (part of) it from being run, such as a folder that is not there.
  case problem(RunProblem)
  /// The next file's scenarios begin.
  case fileStarted(SpecFile)
  /// A scenario has run, or has been skipped by its tag.
  case scenarioFinished(ScenarioResult)
  /// A file could not be read or parsed; it counts as one failed.
  case fileFailed(SpecFile, [Diagnostic])
  /// A file's last scenario is behind us.
  case fileFinished(SpecFile)
  /// The run is over.
  case runFinished(RunSummary)
}

/// What is known of a run when it begins.
public struct RunDescription: Sendable, Hashable {
  /// The name of the program that runs the specs.
  public var toolName: String
  /// Its version.
  public var toolVersion: String
  /// The domain's name.
  public var domain: String
  /// When it began, as seconds since 1970.
  public var startedAtSeconds: Int64
  /// The nanoseconds beyond those seconds.
  public var startedAtNanoseconds: Int
  /// The seed of a shuffled order; nil where the order is the files'.
  public var seed: UInt64?

  /// Makes a description.
  public init(
    toolName: String = "eventspec", toolVersion: String, domain: String, startedAtSeconds: Int64 = 0,
    startedAtNanoseconds: Int = 0, seed: UInt64? = nil
  ) {
    self.toolName = toolName
    self.toolVersion = toolVersion
    self.domain = domain
    self.startedAtSeconds = startedAtSeconds
    self.startedAtNanoseconds = startedAtNanoseconds
    self.seed = seed
  }
}

/// What keeps the call, or a part of it, from being run.
public struct RunProblem: Sendable, Hashable, CustomStringConvertible {
  /// The path concerned, where it is one.
  public var path: String?
  /// What is wrong and what to do.
  public var message: String

  /// Makes a problem.
  public init(path: String? = nil, _ message: String) {
    self.path = path
    self.message = message
  }

  /// What is wrong and what to do.
  public var description: String { message }
}

/// A spec file on its way through a run.
public struct SpecFile: Sendable {
  /// Its path as given or found.
  public var path: String
  /// Its bytes, where a reporter asked for them.
  public var content: [UInt8]?

  /// Makes a file.
  public init(path: String, content: [UInt8]? = nil) {
    self.path = path
    self.content = content
  }
}
