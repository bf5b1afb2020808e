/// A name as it is compared: without case, spaces, `_` and `-`.
package enum NormalizedName {
  /// The hash of a name as it is compared.
  ///
  /// - Parameter bytes: The name in UTF-8.
  /// - Complexity: O(*n*), without allocation for ASCII.
  static func hash(_ bytes: some Collection<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes {
      if byte >= 0x80 { return slowHash(bytes) }
      guard let folded = fold(byte) else { continue }
      hash = (hash ^ UInt64(folded)) &* 0x0000_0100_0000_01B3
    }
    return hash
  }

  /// Whether two names are the same.
  ///
  /// - Complexity: O(*n*), without allocation for ASCII.
  package static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    var first = left.makeIterator()
    var second = right.makeIterator()
    func next(_ bytes: inout some IteratorProtocol<UInt8>) -> UInt8? {
      while let byte = bytes.next() {
        if let folded = fold(byte) { return folded }
      }
      return nil
    }
    while true {
      let (one, other) = (next(&first), next(&second))
      if let one, let other, one >= 0x80, other >= 0x80 { return fold(left) == fold(right) }
      if one != other { return false }
      if one == nil { return true }
    }
  }

  /// The name as it is compared.
  package static func fold(_ name: some Collection<UInt8>) -> String {
    String(decoding: name, as: UTF8.self).lowercased().filter { !($0 == "_" || $0 == "-" || $0.isWhitespace) }
  }

  private static func slowHash(_ bytes: some Collection<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in fold(bytes).utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }

  private static func fold(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
    case UInt8(ascii: " "), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "\t"): nil
    default: byte
    }
  }
}

/// Values by name, found without regard to case, spaces, `_` and `-`.
struct NameTable<Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    var name: [UInt8]
    var values: [Value]
  }

  /// One entry a name; the few names whose hashes are the same stand behind each other.
  private var entries: [UInt64: [Entry]] = [:]

  /// Adds a value under a name, beside those that the name has already.
  mutating func add(_ name: String, _ value: Value) {
    var same = entries[NormalizedName.hash(name.utf8)] ?? []
    if let index = same.firstIndex(where: { NormalizedName.areEqual($0.name, name.utf8) }) {
      same[index].values.append(value)
    } else {
      same.append(Entry(name: Array(name.utf8), values: [value]))
    }
    entries[NormalizedName.hash(name.utf8)] = same
  }

  /// The values of a name.
  ///
  /// - Complexity: O(*n*) in the length of the name.
  subscript(name: some Collection<UInt8>) -> [Value] {
    for entry in entries[NormalizedName.hash(name)] ?? [] {
      if entry.name.elementsEqual(name) || NormalizedName.areEqual(entry.name, name) { return entry.values }
    }
    return []
  }
}
