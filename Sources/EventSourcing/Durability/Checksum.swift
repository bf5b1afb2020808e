/// A check sum against accidents, the 64-bit FNV-1a hash.
///
/// Every change of a single byte changes it.
///
/// Source: Fowler, Noll, Vo, "The FNV Non-Cryptographic Hash Algorithm".
package struct Checksum: Sendable {
  /// The sum so far.
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The sum of nothing.
  package init() {}

  /// Adds bytes, and how many they are.
  ///
  /// - Parameter bytes: The bytes.
  /// - Complexity: O(*n*) in their number.
  package mutating func add(_ bytes: some Collection<UInt8>) {
    for byte in bytes { add(byte) }
    add(bytes.count)
  }

  /// Adds a number.
  package mutating func add(_ number: Int) {
    withUnsafeBytes(of: UInt64(bitPattern: Int64(number)).littleEndian) { bytes in
      for byte in bytes { add(byte) }
    }
  }

  private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
}

extension Snapshot {
  /// The check sum over all that the snapshot says.
  package var checksum: Int64 {
    var sum = Checksum()
    sum.add(stream.text.utf8)
    sum.add(version)
    sum.add(aggregate.utf8)
    sum.add(stateVersion)
    sum.add(state)
    return Int64(bitPattern: sum.value)
  }
}
