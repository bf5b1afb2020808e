/// The events of a scenario in the order in which they were recorded.
///
/// They stand in chunks that copies share, so that a session which goes back to its past takes along what both have in
/// common without touching it.
package struct EventLog: RandomAccessCollection, Sendable {
  private static let chunkSize = 512
  /// The chunks that are full.
  private var full: [[LoggedEvent]] = []
  /// The chunk that is being filled.
  private var last: [LoggedEvent] = []

  package init() {}

  package var startIndex: Int { 0 }
  package var endIndex: Int { full.count * Self.chunkSize + last.count }

  /// The event at a place from 0.
  ///
  /// - Complexity: O(1).
  package subscript(position: Int) -> LoggedEvent {
    let chunk = position / Self.chunkSize
    return chunk < full.count ? full[chunk][position % Self.chunkSize] : last[position % Self.chunkSize]
  }

  /// Adds an event at the end.
  ///
  /// - Complexity: O(1); a copy of the log costs one chunk once.
  mutating func append(_ event: LoggedEvent) {
    last.append(event)
    guard last.count == Self.chunkSize else { return }
    full.append(last)
    last = []
  }

  /// Leaves the first events only.
  ///
  /// - Complexity: O(*n* / 512).
  mutating func truncate(to count: Int) {
    guard count < self.count else { return }
    let chunk = count / Self.chunkSize
    if chunk < full.count {
      last = Array(full[chunk].prefix(count % Self.chunkSize))
      full.removeSubrange(chunk...)
    } else {
      last.removeLast(last.count - count % Self.chunkSize)
    }
  }

  /// The places of a stream's events, in order.
  ///
  /// - Parameters:
  ///   - slot: Where the stream stands among the scenario's.
  ///   - versions: The numbers of the events that are meant.
  ///   - most: How many places are looked for.
  /// - Complexity: O(*n*) in the length of the log.
  package func places(of slot: Int, _ versions: ClosedRange<Int>, most: Int = .max) -> [Int] {
    var found: [Int] = []
    for (number, chunk) in (full + [last]).enumerated() {
      // Looked at in place: a copy of each event would take far longer than the look.
      for index in chunk.indices where chunk[index].slot == slot && versions.contains(chunk[index].version) {
        found.append(number * Self.chunkSize + index)
        if found.count == most { return found }
      }
    }
    return found
  }

  /// The number of the first event that each stream has from a place on; nil where it has none.
  ///
  /// - Parameters:
  ///   - count: The number of streams.
  ///   - start: The first place that is looked at.
  /// - Complexity: O(*n*) in the length of the log.
  package func firstVersions(of count: Int, from start: Int) -> [Int?] {
    var versions = [Int?](repeating: nil, count: count)
    for (number, chunk) in (full + [last]).enumerated().dropFirst(start / Self.chunkSize) {
      let first = Swift.max(0, start - number * Self.chunkSize)
      for index in chunk.indices.dropFirst(first) where versions[chunk[index].slot] == nil {
        versions[chunk[index].slot] = chunk[index].version
      }
    }
    return versions
  }
}
