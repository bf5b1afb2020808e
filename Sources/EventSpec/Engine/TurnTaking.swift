import Synchronization

/// Lets one thread at a time at something, and sends others on: what is kept to save time is not worth waiting for.
///
/// It stands beside what it guards rather than around it, as generic code would look up the type of what it holds each time.
struct TurnTaking: ~Copyable, Sendable {
  private let isTaken = Atomic<Bool>(false)

  /// Does something alone.
  ///
  /// - Parameter body: What is done; it must not wait, nor ask for a turn again.
  /// - Returns: What the body gives; nil where it is another thread's turn.
  @inline(__always)
  @discardableResult
  borrowing func takeTurn<Result>(_ body: () -> Result?) -> Result? {
    guard isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else { return nil }
    defer { isTaken.store(false, ordering: .releasing) }
    return body()
  }
}
