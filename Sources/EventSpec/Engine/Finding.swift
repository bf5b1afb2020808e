/// What one of the checks that are always on found, wherever it was found.
package struct Finding: Sendable {
  /// The kind of failure that it makes.
  package var kind: Failure.Kind
  /// What it is about, as in `OrderPlaced`; one finding of a kind and subject is reported per scenario.
  package var subject: String
  /// What is wrong, in one sentence.
  package var message: String
  /// What went in beside what came out.
  package var comparison: [ComparisonLine]
  /// What helps to mend it.
  package var notes: [String]

  package init(
    _ kind: Failure.Kind, subject: String, message: String, comparison: [ComparisonLine] = [], notes: [String] = []
  ) {
    self.kind = kind
    self.subject = subject
    self.message = message
    self.comparison = comparison
    self.notes = notes
  }
}
