internal import Dispatch

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A value behind a lock, with a way to wait until it looks different.
///
/// Waiting blocks the thread: it is for threads of one's own, never for those of the concurrency pool. Sendable unchecked:
/// the value is reached only under the lock.
package final class Monitor<State>: @unchecked Sendable {
  private var state: State
  private var waiting: [DispatchSemaphore] = []
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  /// Puts a value behind a lock.
  ///
  /// - Parameter state: The value.
  package init(_ state: sending State) {
    self.state = state
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Uses the value, alone.
  ///
  /// - Parameter body: What is done with it; it must not wait.
  /// - Returns: What the body gives.
  package func withLock<Value>(_ body: (inout State) throws -> sending Value) rethrows -> sending Value {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&state)
  }

  /// Wakes all threads that wait.
  package func signal() {
    pthread_mutex_lock(mutex)
    let woken = waiting
    waiting = []
    pthread_mutex_unlock(mutex)
    for semaphore in woken { semaphore.signal() }
  }

  /// Waits until a body gives a value.
  ///
  /// - Parameters:
  ///   - seconds: How long at the most; nil for ever.
  ///   - body: Looks at the value after each signal; nil goes on waiting.
  /// - Returns: What the body gave, nil where the time was over.
  package func wait<Value>(
    seconds: Double? = nil, for body: (inout State) throws -> sending Value?
  ) rethrows -> sending Value? {
    let deadline = seconds.map { DispatchTime.now() + $0 } ?? .distantFuture
    var isOver = false
    while true {
      pthread_mutex_lock(mutex)
      let value: Value?
      do {
        value = try body(&state)
      } catch {
        pthread_mutex_unlock(mutex)
        throw error
      }
      if value != nil || isOver {
        pthread_mutex_unlock(mutex)
        return value
      }
      // Registered under the lock: a signal between now and the wait is not lost.
      let semaphore = DispatchSemaphore(value: 0)
      waiting.append(semaphore)
      pthread_mutex_unlock(mutex)
      if semaphore.wait(timeout: deadline) == .timedOut {
        isOver = true
        pthread_mutex_lock(mutex)
        waiting.removeAll { $0 === semaphore }
        pthread_mutex_unlock(mutex)
      }
    }
  }
}

/// Starts a thread of one's own, for calls that block.
///
/// - Parameter body: What runs on it; the thread ends when it returns.
package func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  let argument = Unmanaged.passRetained(Box(body)).toOpaque()
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, numericCast(PTHREAD_CREATE_DETACHED))
  defer { pthread_attr_destroy(&attributes) }
  #if canImport(Darwin)
    var thread: pthread_t?
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, argument)
  #else
    var thread = pthread_t()
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, argument)
  #endif
  // Without a thread of its own, the work is done here rather than never.
  if status != 0 { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
}

/// Seconds on a clock that only goes forwards.
package func monotonicSeconds() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

/// Blocks the thread for a while.
///
/// - Parameter seconds: How long.
package func blockThread(seconds: Double) {
  _ = DispatchSemaphore(value: 0).wait(timeout: .now() + seconds)
}
