/// A scenario's steps as they have been read.
struct ResolvedSteps {
  /// Those that could be read, in order.
  private(set) var steps: [Step] = []
  /// The others by their place in the scenario, with what is wrong with them.
  private(set) var unread: [(index: Int, diagnostics: [Diagnostic])] = []

  var count: Int { steps.count + unread.count }

  mutating func reserveCapacity(_ count: Int) { steps.reserveCapacity(count) }

  /// Adds what reading the next step came to.
  mutating func append(_ resolution: StepResolver.Resolution) {
    if let step = resolution.step { steps.append(step) } else { unread.append((count, resolution.diagnostics)) }
  }

  /// All that is wrong, in the order of the steps.
  var diagnostics: [Diagnostic] { unread.isEmpty ? [] : unread.flatMap(\.diagnostics) }

  /// Whether the scenario cannot be run.
  var hasErrors: Bool { unread.contains { $0.diagnostics.contains { $0.severity == .error } } }

  /// The step at a place in the scenario; nil where it could not be read, or there is none.
  func step(at index: Int) -> Step? {
    var place = index
    for (other, _) in unread where other <= index {
      if other == index { return nil }
      place -= 1
    }
    return steps.indices.contains(place) ? steps[place] : nil
  }

  /// What became of each step.
  ///
  /// - Parameter read: The status of those without errors.
  func statuses(ofRead read: ResultStatus) -> [ResultStatus] {
    var statuses = Array(repeating: read, count: count)
    for (index, diagnostics) in unread where diagnostics.contains(where: { $0.severity == .error }) {
      statuses[index] = .unresolved
    }
    return statuses
  }
}
