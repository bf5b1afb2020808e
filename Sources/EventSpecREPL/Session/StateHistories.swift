internal import EventSpec

/// States that streams went through: one in a few hundred, from which those between are soon reached.
struct StateHistories: Sendable {
  /// The states of one stream.
  struct History: Sendable {
    private var milestones: [(version: Int, node: StateNode)] = []
    private(set) var last: (version: Int, node: StateNode)?
    static let spacing = 250

    init() {}

    /// Notes a state, the next one of those noted so far.
    mutating func note(version: Int, node: StateNode) {
      if version - (milestones.last?.version ?? 0) >= Self.spacing { milestones.append((version, node)) }
      last = (version, node)
    }

    /// The last state that is known at a version or before it.
    ///
    /// - Complexity: O(log *n*).
    func nearest(_ version: Int) -> (version: Int, node: StateNode)? {
      if let last, last.version <= version { return last }
      var low = 0
      var high = milestones.count
      while low < high {
        let middle = (low + high) / 2
        if milestones[middle].version <= version { low = middle + 1 } else { high = middle }
      }
      return low > 0 ? milestones[low - 1] : nil
    }
  }

  private var histories: [History] = []

  /// The last state of a stream that was noted.
  func last(_ slot: Int) -> (version: Int, node: StateNode)? {
    histories.indices.contains(slot) ? histories[slot].last : nil
  }

  /// The last state that is known at a version or before it.
  func nearest(_ slot: Int, _ version: Int) -> (version: Int, node: StateNode)? {
    histories.indices.contains(slot) ? histories[slot].nearest(version) : nil
  }

  mutating func note(_ slot: Int, version: Int, node: StateNode) {
    while histories.count <= slot { histories.append(History()) }
    histories[slot].note(version: version, node: node)
  }

  mutating func set(_ slot: Int, _ history: History) {
    while histories.count <= slot { histories.append(History()) }
    histories[slot] = history
  }
}
