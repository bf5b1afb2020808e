import Synchronization

/// Coders of one type that are done and can be used again, without a lock.
///
/// A thread keeps to one of a few places by where its stack lies, so that threads seldom meet; where they do, one of them
/// makes a new coder.
final class Spares<Object: AnyObject>: Sendable {
  private let first = Atomic<UInt>(0)
  private let second = Atomic<UInt>(0)
  private let third = Atomic<UInt>(0)
  private let fourth = Atomic<UInt>(0)

  /// Takes a spare object out, which is the caller's alone then; nil where there is none.
  @inline(__always)
  func take() -> Unmanaged<Object>? {
    let bits =
      switch Self.place {
      case 0: first.exchange(0, ordering: .acquiring)
      case 1: second.exchange(0, ordering: .acquiring)
      case 2: third.exchange(0, ordering: .acquiring)
      default: fourth.exchange(0, ordering: .acquiring)
      }
    return UnsafeRawPointer(bitPattern: bits).map { Unmanaged.fromOpaque($0) }
  }

  /// Puts an object in that nobody else holds.
  ///
  /// - Returns: Whether there was room for it; if not it is still the caller's.
  @inline(__always)
  func put(_ object: Unmanaged<Object>) -> Bool {
    let bits = UInt(bitPattern: object.toOpaque())
    return switch Self.place {
    case 0: first.compareExchange(expected: 0, desired: bits, ordering: .releasing).exchanged
    case 1: second.compareExchange(expected: 0, desired: bits, ordering: .releasing).exchanged
    case 2: third.compareExchange(expected: 0, desired: bits, ordering: .releasing).exchanged
    default: fourth.compareExchange(expected: 0, desired: bits, ordering: .releasing).exchanged
    }
  }

  /// The calling thread's place.
  @inline(__always)
  private static var place: Int {
    withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) { buffer in
      let address = UInt(bitPattern: buffer.baseAddress)
      return Int(truncatingIfNeeded: ((address >> 16) &* 0x9E37_79B9_7F4A_7C15) >> 62)
    }
  }
}

/// Whether an object is held once only.
@inline(__always)
func isHeldOnce<Object: AnyObject>(_ object: Unmanaged<Object>) -> Bool {
  // Looked at where it stands, as taking it out would hold it a second time.
  var object = object
  return withUnsafeMutablePointer(to: &object) {
    $0.withMemoryRebound(to: Object.self, capacity: 1) { isKnownUniquelyReferenced(&$0.pointee) }
  }
}
