/// What a step's keyword says of the step.
public enum StepKeywordType: String, Hashable, Sendable, CaseIterable {
  /// The keyword belongs to several kinds of step, such as `*`.
  case unknown = "Unknown"

  /// The step sets up a context, such as `Given`.
  case context = "Context"

  /// The step acts, such as `When`.
  case action = "Action"

  /// The step looks at an outcome, such as `Then`.
  case outcome = "Outcome"

  /// The step goes on like the one before it, such as `And` and `But`.
  case conjunction = "Conjunction"
}
