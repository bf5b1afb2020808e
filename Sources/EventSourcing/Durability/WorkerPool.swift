/// A few threads of their own, each with a resource that only it touches, for calls that block.
///
/// Threads start when there is work for them, and end, resource and all, when the pool shuts down.
package final class WorkerPool<Resource>: Sendable {
  private typealias Job = @Sendable (inout Resource?) -> Void

  private struct State {
    var jobs: [Job] = []
    var next = 0
    var idle = 0
    var threads = 0
    var isShutDown = false

    mutating func takeJob() -> Job? {
      guard next < jobs.count else { return nil }
      let job = jobs[next]
      next += 1
      if next == jobs.count {
        jobs.removeAll(keepingCapacity: true)
        next = 0
      } else if next > 1024 {
        jobs.removeFirst(next)
        next = 0
      }
      return job
    }
  }

  private let size: Int
  private let monitor = Monitor(State())

  /// Makes a pool; no thread is started yet.
  ///
  /// - Parameter size: How many threads at the most.
  package init(size: Int) { self.size = max(1, size) }

  /// Runs a body on one of the threads.
  ///
  /// - Parameter body: What blocks; the thread's resource is nil until a body makes it, and again once one drops it.
  /// - Returns: What the body gives.
  /// - Throws: What the body throws; `unavailable` where the pool is shut down.
  package func run<Value: Sendable>(
    _ body: @escaping @Sendable (inout Resource?) throws -> Value
  ) async throws -> Value {
    try Task.checkCancellation()
    return try await withCheckedThrowingContinuation { continuation in
      let job: Job = { resource in continuation.resume(with: Result { try body(&resource) }) }
      if !add(job) { continuation.resume(throwing: EventStoreError(.unavailable, "the store is closed")) }
    }
  }

  /// Ends the threads once they have done what was asked for; later calls fail.
  package func shutDown() {
    monitor.withLock { $0.isShutDown = true }
    monitor.signal()
  }

  private func add(_ job: @escaping Job) -> Bool {
    let answer = monitor.withLock { state -> JobAnswer in
      guard !state.isShutDown else { return .refused }
      state.jobs.append(job)
      guard state.jobs.count - state.next > state.idle, state.threads < size else { return .accepted }
      state.threads += 1
      return .needsThread
    }
    switch answer {
    case .refused: return false
    case .accepted, .acceptedWaking: monitor.signal()
    case .needsThread: startThread { [monitor] in Self.work(monitor) }
    }
    return true
  }

  private static func work(_ monitor: Monitor<State>) {
    var resource: Resource?
    while let job = next(monitor) { job(&resource) }
  }

  private static func next(_ monitor: Monitor<State>) -> Job? {
    var isWaiting = false
    return monitor.wait { state -> Job?? in
      if let job = state.takeJob() {
        if isWaiting { state.idle -= 1 }
        return .some(job)
      }
      if state.isShutDown { return .some(nil) }
      if !isWaiting {
        state.idle += 1
        isWaiting = true
      }
      return nil
    } ?? nil
  }
}

/// What becomes of work that is handed to a thread.
enum JobAnswer {
  case refused, accepted, acceptedWaking, needsThread
}
