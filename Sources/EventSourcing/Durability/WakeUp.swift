/// Tasks that wait for something to happen, or for a while.
package final class WakeUp: Sendable {
  /// How far somebody is who waits.
  private enum Waiter: Sendable {
    /// About to wait.
    case coming
    /// Woken before waiting had begun, as by a time that was over at once.
    case isWoken
    case waiting(CheckedContinuation<Void, Never>)
  }

  private struct State: Sendable {
    var isClosed = false
    var waiters: [UInt64: Waiter] = [:]
    var next: UInt64 = 0
  }

  private let state = Guarded(State())

  /// Makes one for which nobody waits.
  package init() {}

  /// Whether somebody waits.
  package var isAwaited: Bool {
    state.withLock { state in
      state.waiters.values.contains { if case .isWoken = $0 { false } else { true } }
    }
  }

  /// Waits until the next ``wakeAll()``.
  ///
  /// - Parameters:
  ///   - timeout: How long at the most.
  ///   - isOver: Looked at once waiting has begun: where it is true there is nothing to wait for.
  package func wait(atMost timeout: Duration, unless isOver: () -> Bool = { false }) async {
    let number = state.withLock { state in
      state.next += 1
      state.waiters[state.next] = .coming
      return state.next
    }
    defer { state.withLock { _ = $0.waiters.removeValue(forKey: number) } }
    let timer = Task { [weak self] in
      try? await Task.sleep(for: timeout)
      self?.wake(number)
    }
    defer { timer.cancel() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isWaiting = state.withLock { state in
          guard !Task.isCancelled, !state.isClosed, case .coming? = state.waiters[number] else { return false }
          state.waiters[number] = .waiting(continuation)
          return true
        }
        if !isWaiting { return continuation.resume() }
        if isOver() { wake(number) }
      }
    } onCancel: {
      wake(number)
    }
  }

  /// Ends all waiting.
  package func wakeAll() {
    let woken: [CheckedContinuation<Void, Never>] = state.withLock { state in
      if state.waiters.isEmpty { return [] }
      var woken: [CheckedContinuation<Void, Never>] = []
      for (number, waiter) in state.waiters {
        if case .waiting(let continuation) = waiter { woken.append(continuation) }
        state.waiters[number] = .isWoken
      }
      return woken
    }
    for continuation in woken { continuation.resume() }
  }

  /// Ends all waiting for good.
  package func close() {
    state.withLock { $0.isClosed = true }
    wakeAll()
  }

  private func wake(_ number: UInt64) {
    let woken: CheckedContinuation<Void, Never>? = state.withLock { state in
      guard let waiter = state.waiters[number] else { return nil }
      state.waiters[number] = .isWoken
      return if case .waiting(let continuation) = waiter { continuation } else { nil }
    }
    woken?.resume()
  }
}
