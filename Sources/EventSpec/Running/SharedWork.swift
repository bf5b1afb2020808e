internal import Synchronization

/// The work of a run, shared by its workers.
final class SharedWork: Sendable {
  typealias Schedule = RunSchedule<SpecFilePlan, [ScenarioResult]>

  let files: [FoundSpec]
  private let delivery: Delivery
  private let state: Mutex<State>
  private let stopped = Atomic<Bool>(false)

  private struct State {
    var schedule: Schedule
    var waiting: [CheckedContinuation<Void, Never>] = []
    var isDelivering = false
  }

  init(files: [FoundSpec], schedule: Schedule, delivery: Delivery) {
    self.files = files
    self.delivery = delivery
    state = Mutex(State(schedule: schedule))
  }

  /// Whether the run has been cut short.
  var isStopped: Bool { stopped.load(ordering: .relaxed) }

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
