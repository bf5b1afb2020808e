public import Testing

/// Expects a check to find nothing, and says what it found.
///
/// - Parameters:
///   - faults: A line for each fault.
///   - sourceLocation: Where the expectation stands.
public func expectNone(_ faults: [String], sourceLocation: SourceLocation = #_sourceLocation) {
  guard !faults.isEmpty else { return }
  Issue.record("\(faults.joined(separator: "\n"))", sourceLocation: sourceLocation)
}
