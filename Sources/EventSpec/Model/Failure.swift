/// One reason why a scenario failed.
public struct Failure: Sendable {
  /// The kind of reason, for reports that group or explain.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case eventsDiffer, noSuchEvent, unexpectedEvents, commandsDiffer, errorDiffers, errorMissing, unexpectedError
    case conflictMissing, unexpectedConflict, stateDiffers, versionDiffers, metadataDiffers, viewDiffers
    case historyFailed, stepFailed, codecLoss, notDeterministic, snapshotDiffers, unregisteredEvent, tooManyReactions
    case unresolved, undefined, passedThoughWIP
  }

  /// The kind of reason.
  public var kind: Kind
  /// One sentence: what is wrong.
  public var message: String
  /// The step at which it shows; nil where it is the scenario as a whole.
  public var stepIndex: Int?
  /// Where it shows.
  public var location: SpecLocation
  /// Expected beside actual, line by line.
  public var comparison: [ComparisonLine]
  /// The state before the act, by stream, where it helps.
  public var stateBefore: [StateDescription]
  /// More that helps.
  public var notes: [String]

  /// Makes a failure.
  public init(
    _ kind: Kind, _ message: String, stepIndex: Int? = nil, location: SpecLocation,
    comparison: [ComparisonLine] = [], stateBefore: [StateDescription] = [], notes: [String] = []
  ) {
    self.kind = kind
    self.message = message
    self.stepIndex = stepIndex
    self.location = location
    self.comparison = comparison
    self.stateBefore = stateBefore
    self.notes = notes
  }
}

/// One line of a comparison: what was expected beside what came.
public struct ComparisonLine: Sendable, Hashable {
  /// How the two sides relate.
  public enum Mark: String, Sendable, Hashable {
    case same, differs, missing, surplus
  }

  /// How the two sides relate; `missing` has no actual, `surplus` no expected.
  public var mark: Mark
  /// How deep the line stands: 0 for a message or row, 1 for its fields.
  public var depth: Int
  /// The field or message that the line is about.
  public var label: String
  /// What was expected, as written in a spec.
  public var expected: String?
  /// What came, as one would write it in a spec.
  public var actual: String?

  /// Makes a line.
  public init(_ mark: Mark, depth: Int = 0, label: String, expected: String? = nil, actual: String? = nil) {
    self.mark = mark
    self.depth = depth
    self.label = label
    self.expected = expected
    self.actual = actual
  }
}

/// A state as people read it.
public struct StateDescription: Sendable, Hashable {
  /// The stream, as in `Order order`.
  public var stream: String
  /// The number of events behind the state.
  public var version: Int
  /// The state's fields as one would write them in a spec.
  public var fields: [(name: String, value: String)]

  /// Makes a description.
  public init(stream: String, version: Int, fields: [(name: String, value: String)]) {
    self.stream = stream
    self.version = version
    self.fields = fields
  }

  /// Whether the two are equal.
  public static func == (left: StateDescription, right: StateDescription) -> Bool {
    left.stream == right.stream && left.version == right.version && left.fields.elementsEqual(right.fields, by: ==)
  }

  /// Hashes what equality looks at.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(stream)
    hasher.combine(version)
    for field in fields { hasher.combine(field.name); hasher.combine(field.value) }
  }
}
