#if canImport(Darwin)
  private import Darwin
#elseif canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#endif

/// Where commands get the time and new ids from.
public struct Environment: Sendable {
  /// The time now.
  public var now: @Sendable () -> Date
  /// A fresh id.
  public var newID: @Sendable () -> UUID

  /// Makes an environment.
  ///
  /// - Parameters:
  ///   - now: The time now.
  ///   - newID: A fresh id.
  public init(now: @escaping @Sendable () -> Date, newID: @escaping @Sendable () -> UUID) {
    self.now = now
    self.newID = newID
  }

  /// The system's clock and random ids.
  public static let system = Environment(now: { Date.now }, newID: { RandomIDs.next() })
}

/// Random UUIDs, version 4 of RFC 9562, of bytes that the system gives for many of them at a time.
enum RandomIDs {
  private struct Supply {
    // The system gives 256 bytes at a time at the most.
    var words = [UInt64](repeating: 0, count: 32)
    var used = 32
  }

  private static let supply = Guarded(Supply())

  /// An id that no earlier call gave.
  static func next() -> UUID {
    let (first, second) = supply.withLock { supply in
      if supply.used >= supply.words.count { fill(&supply) }
      let pair = (supply.words[supply.used], supply.words[supply.used + 1])
      supply.used += 2
      return pair
    }
    // The version stands in the seventh byte, the variant in the ninth.
    let high = first.bigEndian & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = second.bigEndian & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }

  private static func fill(_ supply: inout Supply) {
    let isFilled = supply.words.withUnsafeMutableBytes { getentropy($0.baseAddress, $0.count) == 0 }
    if !isFilled {
      var generator = SystemRandomNumberGenerator()
      for index in supply.words.indices { supply.words[index] = generator.next() }
    }
    supply.used = 0
  }
}
