internal import Gherkin

/// How specs are run.
public struct RunOptions: Sendable {
  /// In which order.
  public enum Order: Sendable, Hashable {
    /// As the files have them, files in the order of their paths.
    case defined
    /// Files, and the scenarios within each, shuffled in a way that the seed repeats.
    case random(seed: UInt64)
  }

  /// Which scenarios are meant, by their tags.
  public var tags: TagExpression?
  /// Which scenarios are meant, by a regular expression found in their names.
  public var name: NamePattern?
  /// Whether to stop at the first failure.
  public var failsFast: Bool
  /// How many scenarios may run at once; nil for as many as there are cores.
  public var jobs: Int?
  /// In which order.
  public var order: Order

  /// Makes options; by default everything, in order, on all cores.
  public init(
    tags: TagExpression? = nil, name: NamePattern? = nil, failsFast: Bool = false, jobs: Int? = nil,
    order: Order = .defined
  ) {
    self.tags = tags
    self.name = name
    self.failsFast = failsFast
    self.jobs = jobs
    self.order = order
  }
}

extension RunOptions {
  /// Whether tags and name choose a scenario.
  func isMeant(_ pickle: Pickle) -> Bool {
    if let tags, !tags.matches(pickle.tags.map(\.name)) { return false }
    if let name, !name.matches(pickle.name) { return false }
    return true
  }
}

/// A regular expression that is looked for in the names of scenarios.
public struct NamePattern: Sendable {
  /// The expression as it was written.
  public let text: String
  // A `Regex` never changes once it is made; it only lacks the conformance.
  nonisolated(unsafe) private let expression: Regex<AnyRegexOutput>

  /// Reads an expression.
  ///
  /// - Parameter text: The expression, in Swift's syntax.
  /// - Throws: What is wrong with it.
  public init(_ text: String) throws {
    self.text = text
    expression = try Regex(text)
  }

  /// Tells whether a name has a match somewhere.
  public func matches(_ name: String) -> Bool { name.firstMatch(of: expression) != nil }
}
