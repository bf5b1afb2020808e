/// Finds the position at which an event id is stored.
///
/// An open hash table of (32 bits of the id's hash, position): one probe touches one cache line, whatever the number of
/// events. Whether the id at a position found really is the one asked for is left to the owner, who has the ids.
struct EventIDIndex: Sendable {
  private var slots: [UInt64] = []
  private var count = 0
  private var mask = 0

  // Ids may be chosen by callers: without a secret they could be chosen to collide.
  private static let seed = UInt64.random(in: .min ... .max)

  static func tag(of id: UUID) -> UInt32 {
    let (low, high) = id.halves
    var hash = (low ^ seed) &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 32) ^ high) &* 0xD6E8_FEB8_6659_FD93
    hash = (hash ^ (hash >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: hash >> 32)
  }

  /// The first position with the tag for which a test holds.
  ///
  /// - Complexity: O(1) on average.
  func position(tag: UInt32, where isMatch: (Int) -> Bool) -> Int? {
    guard count > 0 else { return nil }
    var slot = Int(tag) & mask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if UInt32(truncatingIfNeeded: entry >> 32) == tag {
        let position = Int(entry & 0xFFFF_FFFF)
        if isMatch(position) { return position }
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }

  /// Adds a position, counted from 1.
  ///
  /// - Complexity: O(1) amortised.
  mutating func insert(tag: UInt32, position: Int) {
    if (count &+ 1) &* 2 > slots.count { grow() }
    place(UInt64(tag) << 32 | UInt64(position))
    count += 1
  }

  private mutating func grow() {
    let entries = slots
    slots = [UInt64](repeating: 0, count: max(16, entries.count * 2))
    mask = slots.count - 1
    for entry in entries where entry != 0 { place(entry) }
  }

  private mutating func place(_ entry: UInt64) {
    var slot = Int(entry >> 32) & mask
    while slots[slot] != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = entry
  }
}

extension UUID {
  /// The 16 bytes as two numbers.
  var halves: (UInt64, UInt64) {
    withUnsafeBytes(of: uuid) {
      ($0.loadUnaligned(fromByteOffset: 0, as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
  }
}
