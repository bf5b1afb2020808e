/// Tasks that wait for something to happen, or for a while.
package final class WakeUp: Sendable {
  private struct State: Sendable {
    var isClosed = false
    var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    var next: UInt64 = 0
  }

  private let state = Guarded(State())

  /// Makes one for which nobody waits.
  package init() {}

  /// Whether somebody waits.
  package var isAwaited: Bool { state.withLock { !$0.waiters.isEmpty } }

  /// Waits until the next ``wakeAll()``.
  ///
  /// - Parameters:
  ///   - timeout: How long at the most.
  ///   - isOver: Looked at once waiting has begun: where it is true there is nothing to wait for.
  package func wait(atMost timeout: Duration, unless isOver: () -> Bool = { false }) async {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    let timer = Task { [weak self] in
      try? await Task.sleep(for: timeout)
      self?.wake(number)
    }
    defer { timer.cancel() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isWaiting = state.withLock { state in
          guard !Task.isCancelled, !state.isClosed else { return false }
          state.waiters[number] = continuation
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
    let waiters: [CheckedContinuation<Void, Never>] = state.withLock { state in
      if state.waiters.isEmpty { return [] }
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Ends all waiting for good.
  package func close() {
    state.withLock { $0.isClosed = true }
    wakeAll()
  }

  private func wake(_ number: UInt64) {
    state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
  }
}
