internal import Synchronization

/// A value behind the standard library's lock, in a way that the thread sanitizer can follow.
///
/// The part of `Mutex` that waits lies in a library without the sanitizer's instruments, which takes two accesses that the
/// lock has put in order for a race. In debug builds a number of the value's own carries that order.
package struct Guarded<Value>: ~Copyable, Sendable {
  private let mutex: Mutex<Value>
  #if DEBUG
    private let order = Atomic<Int>(0)
  #endif

  /// Puts a value behind a lock.
  ///
  /// - Parameter value: The value.
  package init(_ value: consuming sending Value) { mutex = Mutex(value) }

  /// Uses the value, alone.
  ///
  /// - Parameter body: What is done with it; it must not wait.
  /// - Returns: What the body gives.
  package borrowing func withLock<Result, Failure: Error>(
    _ body: (inout sending Value) throws(Failure) -> sending Result
  ) throws(Failure) -> sending Result {
    try mutex.withLock { value throws(Failure) in
      #if DEBUG
        _ = order.load(ordering: .acquiring)
        defer { order.store(0, ordering: .releasing) }
      #endif
      return try body(&value)
    }
  }
}
