import Synchronization

/// What has been worked out before, by key, for several threads; it starts anew when it is full, so that it stays small.
final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let entries = Mutex<[Key: Value]>([:])
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  /// What is known under a key.
  subscript(key: Key) -> Value? { entries.withLock { $0[key] } }

  /// Keeps a value unless another thread was faster.
  ///
  /// - Returns: The value that is kept.
  func keep(_ value: Value, for key: Key) -> Value {
    entries.withLock { entries in
      if let earlier = entries[key] { return earlier }
      if entries.count >= capacity { entries.removeAll(keepingCapacity: true) }
      entries[key] = value
      return value
    }
  }

  /// Keeps a value, in place of an earlier one.
  func replace(_ value: Value, for key: Key) {
    entries.withLock { entries in
      if entries.count >= capacity { entries.removeAll(keepingCapacity: true) }
      entries[key] = value
    }
  }
}
