/// A place in the order of all events of a store, opaque to all but the store.
///
/// It compares as the order of events does, and its text can be kept and read back.
public struct Checkpoint: Hashable, Comparable, Sendable, LosslessStringConvertible {
  /// The position, or the most significant part of it.
  public let number: UInt64
  /// Further parts, for engines whose positions are no single number.
  public let others: [UInt64]

  /// Before the first event.
  public static let start = Checkpoint(0)

  /// Makes a checkpoint; for event stores.
  ///
  /// - Parameters:
  ///   - number: The position, or the most significant part of it.
  ///   - others: Further parts, the same number of them throughout a store.
  public init(_ number: UInt64, others: [UInt64] = []) {
    self.number = number
    self.others = others
  }

  /// Reads what ``description`` wrote.
  ///
  /// - Parameter description: Whole numbers, joined by full stops.
  public init?(_ description: String) {
    let parts = description.split(separator: ".", omittingEmptySubsequences: false).map { UInt64($0) }
    var numbers: [UInt64] = []
    for part in parts {
      guard let part else { return nil }
      numbers.append(part)
    }
    guard let first = numbers.first else { return nil }
    self.init(first, others: Array(numbers.dropFirst()))
  }

  /// The parts, joined by full stops.
  public var description: String {
    others.isEmpty ? String(number) : ([number] + others).map(String.init).joined(separator: ".")
  }

  /// Whether the left one stands earlier in the order of events.
  public static func < (left: Checkpoint, right: Checkpoint) -> Bool {
    left.number != right.number ? left.number < right.number : left.others.lexicographicallyPrecedes(right.others)
  }
}
