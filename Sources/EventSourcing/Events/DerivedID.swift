extension UUID {
  /// The id of a name within a namespace: version 5 of RFC 9562, the same for the same name at any time.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - namespace: The namespace.
  package init(of name: String, in namespace: UUID) {
    var message = withUnsafeBytes(of: namespace.uuid) { Array($0) }
    message.append(contentsOf: name.utf8)
    var bytes = sha1(message).prefix(16).map { $0 }
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    self = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }
}

/// The SHA-1 digest of a message (RFC 3174), as name-based UUIDs are defined over it.
private func sha1(_ message: [UInt8]) -> [UInt8] {
  var padded = message
  padded.append(0x80)
  while padded.count % 64 != 56 { padded.append(0) }
  let bitCount = UInt64(message.count) &* 8
  for shift in stride(from: UInt64(56), through: 0, by: -8) {
    padded.append(UInt8(truncatingIfNeeded: bitCount >> shift))
  }

  func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
  var digest: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
  for block in stride(from: 0, to: padded.count, by: 64) {
    var words: [UInt32] = (0..<16).map { index in
      padded[(block + index * 4)..<(block + index * 4 + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }
    for index in 16..<80 {
      words.append(rotate(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
    }
    var (a, b, c, d, e) = (digest[0], digest[1], digest[2], digest[3], digest[4])
    for index in 0..<80 {
      let (mixed, constant): (UInt32, UInt32) =
        switch index {
        case 0..<20: (b & c | ~b & d, 0x5A82_7999)
        case 20..<40: (b ^ c ^ d, 0x6ED9_EBA1)
        case 40..<60: (b & c | b & d | c & d, 0x8F1B_BCDC)
        default: (b ^ c ^ d, 0xCA62_C1D6)
        }
      (a, b, c, d, e) = (rotate(a, 5) &+ mixed &+ e &+ constant &+ words[index], a, rotate(b, 30), c, d)
    }
    digest = zip(digest, [a, b, c, d, e]).map { $0 &+ $1 }
  }
  return digest.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
}
