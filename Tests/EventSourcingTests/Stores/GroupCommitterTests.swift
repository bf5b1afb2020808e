@testable import EventSourcing
import Synchronization
import Testing

@Suite("Grouping appends")
struct GroupCommitterTests {
  @Test("Every append gets its own answer once, whether a commit lets earlier callers be answered meanwhile or not")
  func everyAppendIsAnswered() async throws {
    let committer = GroupCommitter(limits: .init(appends: 16, repeatsStreams: false)) {
      var position: UInt64 = 0
      var groups = 0
      return { group, meanwhile in
        groups += 1
        for _ in 0..<groups % 3 { meanwhile() }
        blockThread(seconds: 0.0002)
        return group.map { append in
          position += 1
          if append.stream.text.hasSuffix("7") {
            return .failure(.conflict(on: append.stream, expected: .noStream, actual: 1))
          }
          return .success(AppendResult(version: append.storedName.utf8.count, position: Checkpoint(position)))
        }
      }
    }
    defer { committer.shutDown() }
    let positions = try await withThrowingTaskGroup(of: [UInt64].self) { tasks in
      for caller in 0..<40 {
        tasks.addTask {
          var positions: [UInt64] = []
          for number in 0..<50 {
            let stream = StreamName("s-\(caller)-\(number)")
            let append = try PendingAppend(stream: stream, events: [], expected: .noStream, nameLimit: 100)
            do {
              let result = try await committer.append(append)
              #expect(result.version == stream.text.utf8.count)
              positions.append(result.position.number)
            } catch let error as EventStoreError {
              #expect(error.code == .conflict && number % 10 == 7)
            }
          }
          return positions
        }
      }
      return try await tasks.reduce(into: []) { $0 += $1 }
    }
    #expect(positions.count == 40 * 45)
    #expect(Set(positions).count == positions.count)
  }

  @Test("A group keeps to its limits, and holds several appends to a stream only where they take any version")
  func groupsKeepToLimits() async throws {
    struct Found: Sendable {
      var sizes: [Int] = []
      var repeats = 0
      var faults = 0
    }
    let found = Mutex(Found())
    let committer = GroupCommitter(limits: .init(appends: 12, events: 20, repeatsStreams: false)) {
      { group, _ in
        var expectations: [StreamName: [ExpectedVersion]] = [:]
        for append in group { expectations[append.stream, default: []].append(append.expected) }
        let shared = expectations.values.filter { $0.count > 1 }
        let events = group.reduce(0) { $0 + $1.events.count }
        found.withLock {
          $0.sizes.append(group.count)
          $0.repeats += shared.count
          if group.count > 12 || (events > 20 && group.count > 1) { $0.faults += 1 }
          if shared.contains(where: { $0.contains { $0 != .any } }) { $0.faults += 1 }
        }
        blockThread(seconds: 0.0005)
        return group.map { .success(AppendResult(version: $0.events.count, position: .start)) }
      }
    }
    defer { committer.shutDown() }
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      for caller in 0..<30 {
        tasks.addTask {
          for number in 0..<30 {
            let events = (0...(caller + number) % 3).map { _ in
              NewEvent(id: UUID(), type: "A", occurredAt: .now, payload: .json(Array("{}".utf8)))
            }
            let append = try PendingAppend(
              stream: StreamName("s-\((caller * 7 + number) % 6)"), events: events,
              expected: (caller + number) % 4 == 0 ? .exact(number) : .any, nameLimit: 100)
            let result = try await committer.append(append)
            #expect(result.version == events.count)
          }
        }
      }
      try await tasks.waitForAll()
    }
    let result = found.withLock { $0 }
    #expect(result.faults == 0)
    #expect(result.sizes.reduce(0, +) == 900)
    #expect(result.sizes.contains { $0 > 1 })
    #expect(result.repeats > 0)
  }

  @Test("The way of grouping that stores more is kept, a disk that stands still and idle times change nothing")
  func pacing() {
    /// How long a commit takes: a fixed time and some for each append.
    func run(_ pacing: inout GroupPacing, at clock: inout Double, seconds: Double, fixed: Double, gap: Double) {
      let end = clock + seconds
      var waiting = 0
      var stalls = 0
      while clock < end {
        let count = max(1, min(pacing.target, 64))
        waiting = 64 - count
        stalls += 1
        let start = clock
        clock += fixed + Double(count) * 0.000_01 + (stalls % 150 == 0 ? 0.05 : 0)
        pacing.hasCommitted(count, waiting: waiting, from: start, to: clock, limit: 128)
        if waiting == 0 { clock += gap }
      }
    }
    var pacing = GroupPacing()
    var clock = 1.0
    // A commit is dear, and callers come back at once: they share it.
    run(&pacing, at: &clock, seconds: 5.7, fixed: 0.001, gap: 0.0001)
    #expect(pacing.target == 64)
    #expect(!pacing.sendsFirst(waiting: 32))
    clock += 1
    run(&pacing, at: &clock, seconds: 0.2, fixed: 0.001, gap: 0.0001)
    #expect(pacing.target == 64)
    // Commits are cheap, and callers come back late: two groups are under way.
    run(&pacing, at: &clock, seconds: 5.2, fixed: 0.000_01, gap: 0.002)
    #expect(pacing.target == 32)
    #expect(pacing.sendsFirst(waiting: 32))
    #expect(!pacing.sendsFirst(waiting: 3))
    #expect(!pacing.sendsFirst(waiting: 0))
  }
}
