internal import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

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
    try expected.requireSensible(for: stream)
    guard storedName.utf8.count <= nameLimit else {
      throw EventStoreError(
        .invalidArgument,
        "the name of stream '\(stream.text.prefix(60))…' has \(stream.text.utf8.count) bytes, the limit is \(nameLimit)",
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

  /// What callers of a committed group have not been told yet.
  private struct Answers {
    var group: [Entry] = []
    var outcomes: [AppendOutcome] = []

    mutating func give() {
      guard !group.isEmpty else { return }
      let (group, outcomes) = (self.group, self.outcomes)
      self = Answers()
      for (index, entry) in group.enumerated() {
        guard index < outcomes.count else {
          entry.continuation.resume(throwing: EventStoreError(.unavailable, "the append was not answered"))
          continue
        }
        entry.continuation.resume(with: outcomes[index].mapError { $0 as any Error })
      }
    }
  }

  private struct State {
    var waiting: [Entry] = []
    var isRunning = false
    var isShutDown = false
    /// With how many appends waiting a thread that sleeps is woken; 0 where it is awake.
    var wakesAt = 0
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
  ///
  /// It calls its second argument, once or more, when the group is on its way, or before it does what may take long:
  /// callers of an earlier group wait for that.
  package typealias Commit = ([PendingAppend], _ meanwhile: () -> Void) -> [AppendOutcome]

  private let limits: Limits
  private let makeCommit: @Sendable () -> Commit
  private let monitor = Monitor(State())
  private let arrivals = Arrivals()

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
      // Said once the lock is free: the thread, which looks out for it, wants the lock next.
      arrivals.isThere.store(true, ordering: .relaxed)
      switch answer {
      case .refused: continuation.resume(throwing: EventStoreError(.unavailable, "the store is closed"))
      case .accepted: break
      case .acceptedWaking: monitor.signal()
      case .needsThread:
        startThread { [monitor, arrivals, limits, makeCommit] in Self.work(monitor, arrivals, limits, makeCommit) }
      }
    }
  }

  /// Ends the thread once it has committed what was asked for; later appends fail.
  package func shutDown() {
    monitor.withLock { $0.isShutDown = true }
    monitor.signal()
  }

  private static func work(
    _ monitor: Monitor<State>, _ arrivals: Arrivals, _ limits: Limits, _ makeCommit: @Sendable () -> Commit
  ) {
    let commit = makeCommit()
    var pacing = GroupPacing()
    var spinning = Spinning()
    var answers = Answers()
    while true {
      // Where others wait already, their group goes off first: the store then has something to do while answers are given.
      var next: [Entry]?
      if !answers.group.isEmpty {
        next = monitor.withLock { state in
          pacing.sendsFirst(waiting: state.waiting.count) ? takeWaiting(&state, arrivals, limits) : nil
        }
      }
      if next == nil {
        answers.give()
        next = nextGroup(monitor, arrivals, limits, &pacing, &spinning)
      }
      guard let group = next else { return }
      let start = monotonicSeconds()
      let outcomes = commit(group.map(\.append)) { answers.give() }
      answers.give()
      let end = monotonicSeconds()
      answers = Answers(group: group, outcomes: outcomes)
      let waiting = monitor.withLock { $0.waiting.count }
      pacing.hasCommitted(group.count, waiting: waiting, from: start, to: end, limit: limits.appends)
    }
  }

  private static func nextGroup(
    _ monitor: Monitor<State>, _ arrivals: Arrivals, _ limits: Limits, _ pacing: inout GroupPacing,
    _ spinning: inout Spinning
  ) -> [Entry]? {
    let target = pacing.target
    spinning.wait(for: arrivals)
    let isThere = monitor.wait { state -> Bool? in
      if !state.waiting.isEmpty { return true }
      if state.isShutDown { return false }
      state.wakesAt = 1
      return nil
    }
    guard isThere == true else { return nil }
    if target > 1 {
      let isComplete = monitor.wait(seconds: pacing.seconds) { state -> Bool? in
        state.wakesAt = target
        return state.waiting.count >= target || state.isShutDown ? true : nil
      }
      pacing.hasWaited(inTime: isComplete == true)
    }
    return monitor.withLock { takeWaiting(&$0, arrivals, limits) }
  }

  private static func takeWaiting(_ state: inout State, _ arrivals: Arrivals, _ limits: Limits) -> [Entry] {
    state.wakesAt = 0
    let group = takeGroup(from: &state.waiting, limits)
    arrivals.isThere.store(!state.waiting.isEmpty, ordering: .relaxed)
    return group
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

/// Whether an append waits, to be looked at without a lock.
private final class Arrivals: Sendable {
  let isThere = Atomic(false)
}

/// Looks for the next append for a moment before the thread goes to sleep.
///
/// To wake it takes longer than a caller in a loop takes to come back. Where callers do not come back so soon it is
/// seldom tried.
private struct Spinning {
  private static let seconds = 0.00006
  private var failures = 0
  private var skips = 0

  mutating func wait(for arrivals: Arrivals) {
    guard skips == 0 else {
      skips -= 1
      return
    }
    let end = monotonicSeconds() + Self.seconds
    while !arrivals.isThere.load(ordering: .relaxed) {
      guard monotonicSeconds() < end else {
        failures = min(failures + 1, 8)
        skips = 1 << failures
        return
      }
      sched_yield()
    }
    failures = 0
  }
}
