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
  private typealias Caller = CheckedContinuation<AppendResult, any Error>

  /// Appends in the order in which they came, and who waits for them.
  private struct Queue {
    var appends: [PendingAppend] = []
    var callers: [Caller] = []

    mutating func add(_ append: PendingAppend, _ caller: Caller) {
      appends.append(append)
      callers.append(caller)
    }
  }

  /// What callers of a committed group have not been told yet.
  private struct Answers {
    var callers: [Caller] = []
    var outcomes: [AppendOutcome] = []

    mutating func give() {
      guard !callers.isEmpty else { return }
      let (callers, outcomes) = (self.callers, self.outcomes)
      self = Answers()
      for (index, caller) in callers.enumerated() {
        guard index < outcomes.count else {
          caller.resume(throwing: EventStoreError(.unavailable, "the append was not answered"))
          continue
        }
        caller.resume(with: outcomes[index].mapError { $0 as any Error })
      }
    }
  }

  private struct State {
    var waiting = Queue()
    var count: Int { waiting.callers.count }
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
        state.waiting.add(append, continuation)
        guard !state.isRunning else { return state.count == state.wakesAt ? .acceptedWaking : .accepted }
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
      var next: Queue?
      if !answers.callers.isEmpty {
        next = monitor.withLock { state in
          pacing.sendsFirst(waiting: state.count) ? takeWaiting(&state, arrivals, limits) : nil
        }
      }
      if next == nil {
        answers.give()
        next = nextGroup(monitor, arrivals, limits, &pacing, &spinning)
      }
      guard let group = next else { return }
      let start = monotonicSeconds()
      let outcomes = commit(group.appends) { answers.give() }
      answers.give()
      let end = monotonicSeconds()
      answers = Answers(callers: group.callers, outcomes: outcomes)
      let waiting = monitor.withLock { $0.count }
      pacing.hasCommitted(group.callers.count, waiting: waiting, from: start, to: end, limit: limits.appends)
    }
  }

  private static func nextGroup(
    _ monitor: Monitor<State>, _ arrivals: Arrivals, _ limits: Limits, _ pacing: inout GroupPacing,
    _ spinning: inout Spinning
  ) -> Queue? {
    let target = pacing.target
    spinning.wait(for: arrivals)
    let isThere = monitor.wait { state -> Bool? in
      if state.count > 0 { return true }
      if state.isShutDown { return false }
      state.wakesAt = 1
      return nil
    }
    guard isThere == true else { return nil }
    if target > 1 {
      let isComplete = monitor.wait(seconds: pacing.seconds) { state -> Bool? in
        state.wakesAt = target
        return state.count >= target || state.isShutDown ? true : nil
      }
      pacing.hasWaited(inTime: isComplete == true)
    }
    return monitor.withLock { takeWaiting(&$0, arrivals, limits) }
  }

  private static func takeWaiting(_ state: inout State, _ arrivals: Arrivals, _ limits: Limits) -> Queue {
    state.wakesAt = 0
    let group = takeGroup(from: &state.waiting, limits)
    arrivals.isThere.store(state.count > 0, ordering: .relaxed)
    return group
  }

  private static func takeGroup(from waiting: inout Queue, _ limits: Limits) -> Queue {
    if isGroup(waiting.appends, limits) {
      let group = waiting
      waiting = Queue()
      return group
    }
    var group = Queue()
    var left = Queue()
    var isAny: [StreamName: Bool] = [:]
    var events = 0
    var bytes = 0
    for (index, (append, caller)) in zip(waiting.appends, waiting.callers).enumerated() {
      guard group.callers.count < limits.appends else {
        left.appends += waiting.appends[index...]
        left.callers += waiting.callers[index...]
        break
      }
      let appendsAny = append.expected == .any
      let size = append.size
      let fits =
        group.callers.isEmpty || (events + append.events.count <= limits.events && bytes + size <= limits.bytes)
      let earlier = limits.repeatsStreams ? nil : isAny[append.stream]
      if fits, earlier == nil || (earlier == true && appendsAny) {
        group.add(append, caller)
        events += append.events.count
        bytes += size
        isAny[append.stream] = appendsAny
      } else {
        left.add(append, caller)
        // What comes later to this stream must not overtake it.
        isAny[append.stream] = false
      }
    }
    waiting = left
    return group
  }

  /// Whether all appends can be one group, as they mostly can: they are then taken as they are.
  private static func isGroup(_ appends: [PendingAppend], _ limits: Limits) -> Bool {
    if appends.count == 1 { return true }
    guard appends.count <= limits.appends else { return false }
    var events = 0
    var bytes = 0
    var streams: Set<StreamName> = []
    if !limits.repeatsStreams { streams.reserveCapacity(appends.count) }
    for append in appends {
      events += append.events.count
      bytes += append.size
      if !limits.repeatsStreams, !streams.insert(append.stream).inserted { return false }
    }
    return events <= limits.events && bytes <= limits.bytes
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
