import EventSourcing

/// Steps that have been read before: scenarios share many of theirs, word for word.
///
/// A step is kept when its text comes a second time, and taken only where all is the same that its reading depends on.
/// The places of its parts then are those of the first time; who needs them reads without a memory. Text and number of
/// steps are limited, so that an endless run does not grow.
struct StepMemory {
  /// What reading a step depends on beside its text, and what it changes.
  struct Circumstances: Equatable {
    var role: StepRole?
    var scope: StreamScope
    var act: ActSoFar
  }

  /// A step that is kept.
  final class Entry {
    fileprivate let hash: UInt64
    fileprivate let text: [UInt8]
    fileprivate let before: Circumstances
    let after: Circumstances
    let step: Step

    init(_ text: ArraySlice<UInt8>, _ hash: UInt64, before: Circumstances, after: Circumstances, step: Step) {
      self.hash = hash
      self.text = Array(text)
      self.before = before
      self.after = after
      self.step = step
    }

    fileprivate func isText(_ other: ArraySlice<UInt8>) -> Bool {
      text.withUnsafeBytes { text in other.withUnsafeBytes { text.hasSameBytes(as: $0) } }
    }
  }

  /// How many texts there are places for; a text that comes to a place which is taken puts the other out.
  private static let capacity = 2_048
  /// The longest text that is kept.
  static let longestText = 1_024
  private var slots: [Entry?] = []
  /// The hashes of texts that have been seen once, by place.
  private var seen: [UInt64] = []

  /// Makes a memory without any steps.
  init() {}

  /// The hash of a text: what its place is found by, and no secret.
  static func hash(_ text: ArraySlice<UInt8>) -> UInt64 {
    text.withUnsafeBytes { bytes in
      var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
      var offset = 0
      while offset + 8 <= bytes.count {
        hash = mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
      }
      var rest: UInt64 = 0
      while offset < bytes.count {
        rest = rest << 8 | UInt64(bytes[offset])
        offset += 1
      }
      return mix(hash, rest)
    }
  }

  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  /// The step of a text, if it has been read in the same circumstances.
  func entry(_ text: ArraySlice<UInt8>, _ hash: UInt64, role: StepRole?, scope: StreamScope, act: ActSoFar) -> Entry? {
    let place = Int(hash % UInt64(Self.capacity))
    guard place < slots.count, let entry = slots[place], entry.hash == hash, entry.before.role == role,
      entry.before.act == act, entry.before.scope == scope, entry.isText(text)
    else { return nil }
    return entry
  }

  /// Whether a text comes a second time, so that it is worth being kept.
  mutating func hasSeen(_ hash: UInt64) -> Bool {
    if seen.isEmpty { seen = Array(repeating: 0, count: 2 * Self.capacity) }
    let place = Int(hash % UInt64(seen.count))
    if seen[place] == hash { return true }
    seen[place] = hash
    return false
  }

  /// Keeps a step.
  mutating func keep(_ entry: Entry) {
    if slots.isEmpty { slots = Array(repeating: nil, count: Self.capacity) }
    slots[Int(entry.hash % UInt64(slots.count))] = entry
  }
}
