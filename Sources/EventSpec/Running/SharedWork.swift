internal import Synchronization

/// The work of a run, shared by its workers.
final class SharedWork: Sendable {
  typealias Schedule = RunSchedule<SpecFilePlan, [ScenarioResult]>

  let files: [FoundSpec]
  private let delivery: Delivery
  private let state: Mutex<State>
  private let stopped = Atomic<Bool>(false)
  private let interruption: (@Sendable () -> Bool)?

  private struct State {
    var schedule: Schedule
    var waiting: [CheckedContinuation<Void, Never>] = []
    var isDelivering = false
  }

  /// Makes the work of a run.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - schedule: Who does what when.
  ///   - delivery: Takes the results.
  ///   - interruption: Whether somebody wants the run to end; nil where nobody can.
  init(files: [FoundSpec], schedule: Schedule, delivery: Delivery, interruption: (@Sendable () -> Bool)? = nil) {
    self.files = files
    self.interruption = interruption
    self.delivery = delivery
    state = Mutex(State(schedule: schedule))
  }

  /// Whether the run has been cut short.
  var isStopped: Bool { stopped.load(ordering: .relaxed) || isInterrupted }

  /// Whether somebody wants the run to end.
  var isInterrupted: Bool { interruption?() ?? false }

  /// Ends the run: nothing more is begun or reported.
  func stop() {
    stopped.store(true, ordering: .relaxed)
    let waiting = state.withLock { state in
      state.schedule.stop()
      defer { state.waiting.removeAll() }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  func claim() -> Schedule.Claim { state.withLock { $0.schedule.claim() } }

  /// Waits until a claim may have another answer.
  func wait() async {
    await withCheckedContinuation { continuation in
      let mustWait = state.withLock { state in
        guard state.schedule.mustWait else { return false }
        state.waiting.append(continuation)
        return true
      }
      if !mustWait { continuation.resume() }
    }
  }

  func prepared(_ index: Int, _ plan: SpecFilePlan) {
    state.withLock { $0.schedule.prepared(index, plan, count: plan.entries.count) }
    deliver()
  }

  /// Takes what a piece of work that takes long has come to so far.
  func progressed(_ work: Schedule.Work, _ results: [ScenarioResult]) {
    state.withLock { $0.schedule.progressed(work, results) }
    deliver()
  }

  func completed(_ work: Schedule.Work, _ results: [ScenarioResult]) {
    state.withLock { $0.schedule.completed(work, results) }
    deliver()
  }

  /// Hands all that is due to the reports, unless another worker is at it, who will see what came in meanwhile.
  private func deliver() {
    let isMine = state.withLock { state in
      defer { state.isDelivering = true }
      return !state.isDelivering
    }
    if isMine {
      while let next = nextDelivery() {
        guard delivery.take(next) else { continue }
        stopped.store(true, ordering: .relaxed)
        state.withLock { $0.schedule.stop() }
      }
      delivery.pause()
    }
    let waiting = state.withLock { state in
      defer { state.waiting.removeAll() }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private func nextDelivery() -> Schedule.Delivery? {
    state.withLock { state in
      if let next = state.schedule.nextDelivery() { return next }
      state.isDelivering = false
      return nil
    }
  }
}
