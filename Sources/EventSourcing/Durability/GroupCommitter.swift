/// An append that waits for its turn.
package struct PendingAppend: Sendable {
  /// The stream.
  package var stream: StreamName
  /// The stream's name as columns hold it.
  package var storedName: String
  /// What the stream must look like.
  package var expected: ExpectedVersion
  /// The events.
  package var events: [EncodedEvent]

  /// Checks and encodes an append.
  ///
  /// - Parameters:
  ///   - stream: The stream.
  ///   - events: The events.
  ///   - expected: What the stream must look like.
  ///   - nameLimit: How many bytes a stream's name may have.
  /// - Throws: `invalidArgument` where a name or a number makes no sense; `duplicateEvent` where two events have one id.
  package init(stream: StreamName, events: [NewEvent], expected: ExpectedVersion, nameLimit: Int) throws {
    self.stream = stream
    self.expected = expected
    storedName = StoredName.write(stream.text)
    guard !stream.text.isEmpty else { throw EventStoreError(.invalidArgument, "a stream needs a name") }
    guard storedName.utf8.count <= nameLimit else {
      throw EventStoreError(
        .invalidArgument,
        "the name of stream '\(stream.text.prefix(60))…' has \(stream.text.utf8.count) bytes, the limit is \(nameLimit)",
        stream: stream)
    }
    if case .exact(let version) = expected, version < 0 {
      throw EventStoreError(
        .invalidArgument, "version \(version) was expected of stream '\(stream)', the first version is 0",
        stream: stream)
    }
    self.events = try events.map { try EncodedEvent($0) }
    if events.count > 1 {
      var ids: Set<UUID> = []
      for event in events where !ids.insert(event.id).inserted {
        throw EventStoreError(
          .duplicateEvent, "event \(event.id) stands twice in an append to stream '\(stream)'", stream: stream)
      }
    }
  }

  /// The bytes of payloads and metadata.
  package var size: Int { events.reduce(0) { $0 + $1.payload.count + $1.metadata.count } }
}

/// What an append came to.
package typealias AppendOutcome = Result<AppendResult, EventStoreError>

/// Coalesces the appends of concurrent callers: what comes in while a group is being committed forms the next one.
///
/// Commits run on one thread of their own. A caller that is cancelled still gets its answer, since its events may have
/// been stored.
package final class GroupCommitter: Sendable {
  private struct Entry {
    var append: PendingAppend
    var continuation: CheckedContinuation<AppendResult, any Error>
  }

  private struct State {
    var waiting: [Entry] = []
    var isRunning = false
    var isShutDown = false
    /// How many appends must wait for the thread to be woken.
    var wakesAt = 1
  }

  /// How the thread waits for those whom it has just answered: callers in a loop come back at once, and a group with
  /// them in it costs no more than one without.
  private struct Lingering {
    /// How many appends the next group will have if all come back.
    var target = 0
    /// How long the last commit took.
    var commitSeconds = 0.0
    /// How often in a row they did not come back in time.
    var failures = 0
    /// For how many groups not to wait.
    var skips = 0

    /// How long to wait for them: no longer than the commit that they then share.
    var seconds: Double { min(max(commitSeconds, 0.0005), 0.005) }

    mutating func hasWaited(inTime: Bool) {
      failures = inTime ? 0 : min(failures + 1, 8)
      skips = inTime ? 0 : 1 << failures
    }
  }

  /// How large a group may become.
  package struct Limits: Sendable {
    /// The number of appends.
    package var appends: Int
    /// The number of events, unless one append has more.
    package var events: Int
    /// The bytes of payloads and metadata, unless one append has more.
    package var bytes: Int
    /// Whether a group may hold several appends to one stream that are no `any` appends.
    package var repeatsStreams: Bool

    /// Makes limits.
    package init(appends: Int, events: Int = 4096, bytes: Int = 8 << 20, repeatsStreams: Bool) {
      self.appends = appends
      self.events = events
      self.bytes = bytes
      self.repeatsStreams = repeatsStreams
    }
  }

  /// Commits one group, giving an outcome for each append.
  package typealias Commit = ([PendingAppend]) -> [AppendOutcome]

  private let limits: Limits
  private let makeCommit: @Sendable () -> Commit
  private let monitor = Monitor(State())

  /// Makes a committer; its thread starts with the first append.
  ///
  /// - Parameters:
  ///   - limits: How large a group may become.
  ///   - makeCommit: Makes, on the thread, what commits a group; it can hold a connection of its own.
  package init(limits: Limits, makeCommit: @escaping @Sendable () -> Commit) {
    self.limits = limits
    self.makeCommit = makeCommit
  }

  /// Appends, together with whoever else does.
  ///
  /// - Parameter append: The append.
  /// - Returns: What it came to.
  package func append(_ append: PendingAppend) async throws -> AppendResult {
    try await withCheckedThrowingContinuation { continuation in
      let answer = monitor.withLock { state -> JobAnswer in
        guard !state.isShutDown else { return .refused }
        state.waiting.append(Entry(append: append, continuation: continuation))
        guard !state.isRunning else { return state.waiting.count == state.wakesAt ? .acceptedWaking : .accepted }
        state.isRunning = true
        return .needsThread
      }
      switch answer {
      case .refused: continuation.resume(throwing: EventStoreError(.unavailable, "the store is closed"))
      case .accepted: break
      case .acceptedWaking: monitor.signal()
      case .needsThread:
        startThread { [monitor, limits, makeCommit] in Self.work(monitor, limits, makeCommit) }
      }
    }
  }

  /// Ends the thread once it has committed what was asked for; later appends fail.
  package func shutDown() {
    monitor.withLock { $0.isShutDown = true }
    monitor.signal()
  }

  private static func work(_ monitor: Monitor<State>, _ limits: Limits, _ makeCommit: @Sendable () -> Commit) {
    let commit = makeCommit()
    var lingering = Lingering()
    while let group = nextGroup(monitor, limits, &lingering) {
      let start = monotonicSeconds()
      let outcomes = commit(group.map(\.append))
      lingering.commitSeconds = monotonicSeconds() - start
      lingering.target = monitor.withLock { min($0.waiting.count + group.count, limits.appends) }
      for (index, entry) in group.enumerated() {
        guard index < outcomes.count else {
          entry.continuation.resume(throwing: EventStoreError(.unavailable, "the append was not answered"))
          continue
        }
        entry.continuation.resume(with: outcomes[index].mapError { $0 as any Error })
      }
    }
  }

  private static func nextGroup(
    _ monitor: Monitor<State>, _ limits: Limits, _ lingering: inout Lingering
  ) -> [Entry]? {
    let target = lingering.target
    let isLingering = target > 1 && lingering.skips == 0
    if lingering.skips > 0 { lingering.skips -= 1 }
    let isThere = monitor.wait { state -> Bool? in
      if !state.waiting.isEmpty { return true }
      if state.isShutDown { return false }
      state.wakesAt = 1
      return nil
    }
    guard isThere == true else { return nil }
    if isLingering {
      let isComplete = monitor.wait(seconds: lingering.seconds) { state -> Bool? in
        state.wakesAt = target
        return state.waiting.count >= target || state.isShutDown ? true : nil
      }
      lingering.hasWaited(inTime: isComplete == true)
    }
    return monitor.withLock { state in
      state.wakesAt = 1
      return takeGroup(from: &state.waiting, limits)
    }
  }

  private static func takeGroup(from waiting: inout [Entry], _ limits: Limits) -> [Entry] {
    if waiting.count == 1 {
      defer { waiting.removeAll(keepingCapacity: true) }
      return waiting
    }
    var group: [Entry] = []
    var left: [Entry] = []
    var isAny: [StreamName: Bool] = [:]
    var events = 0
    var bytes = 0
    for (index, entry) in waiting.enumerated() {
      guard group.count < limits.appends else {
        left.append(contentsOf: waiting[index...])
        break
      }
      let appendsAny = entry.append.expected == .any
      let size = entry.append.size
      let fits =
        group.isEmpty || (events + entry.append.events.count <= limits.events && bytes + size <= limits.bytes)
      let earlier = limits.repeatsStreams ? nil : isAny[entry.append.stream]
      if fits, earlier == nil || (earlier == true && appendsAny) {
        group.append(entry)
        events += entry.append.events.count
        bytes += size
        isAny[entry.append.stream] = appendsAny
      } else {
        left.append(entry)
        // What comes later to this stream must not overtake it.
        isAny[entry.append.stream] = false
      }
    }
    waiting = left
    return group
  }
}
