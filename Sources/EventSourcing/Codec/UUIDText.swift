extension UUID {
  /// The UUID in small letters, as it is stored.
  package var lowercaseText: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      guard let place = buffer.baseAddress else { return 0 }
      writeText(to: place)
      return 36
    }
  }

  /// Writes the 36 characters of the text.
  @inline(__always)
  func writeText(to place: UnsafeMutablePointer<UInt8>) {
    let bytes = uuid
    withUnsafeBytes(of: bytes) { bytes in
      let first = Self.digits(bytes.loadUnaligned(fromByteOffset: 0, as: UInt32.self))
      let second = Self.digits(bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
      let third = Self.digits(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
      let fourth = Self.digits(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
      let target = UnsafeMutableRawPointer(place)
      target.storeBytes(of: first, as: UInt64.self)
      place[8] = UInt8(ascii: "-")
      target.storeBytes(of: UInt32(truncatingIfNeeded: second), toByteOffset: 9, as: UInt32.self)
      place[13] = UInt8(ascii: "-")
      target.storeBytes(of: UInt32(truncatingIfNeeded: second >> 32), toByteOffset: 14, as: UInt32.self)
      place[18] = UInt8(ascii: "-")
      target.storeBytes(of: UInt32(truncatingIfNeeded: third), toByteOffset: 19, as: UInt32.self)
      place[23] = UInt8(ascii: "-")
      target.storeBytes(of: UInt32(truncatingIfNeeded: third >> 32), toByteOffset: 24, as: UInt32.self)
      target.storeBytes(of: fourth, toByteOffset: 28, as: UInt64.self)
    }
  }

  /// The eight hexadecimal digits of four bytes as they lie in memory, as they are to lie in memory.
  @inline(__always)
  private static func digits(_ bytes: UInt32) -> UInt64 {
    var word = UInt64(UInt32(littleEndian: bytes))
    word = (word | word << 16) & 0x0000_FFFF_0000_FFFF
    word = (word | word << 8) & 0x00FF_00FF_00FF_00FF
    let nibbles = ((word >> 4) & 0x000F_000F_000F_000F) | ((word & 0x000F_000F_000F_000F) << 8)
    // One in each byte of more than nine, where letters start.
    let letters = ((nibbles &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
    return (nibbles &+ 0x3030_3030_3030_3030 &+ letters &* 39).littleEndian
  }

  /// Reads a UUID of 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12; nil for anything else.
  package init?(exactText text: String) {
    var text = text
    let bytes = text.withUTF8 { utf8 -> uuid_t? in
      guard utf8.count == 36 else { return nil }
      var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
      let isValid = withUnsafeMutableBytes(of: &bytes) { bytes in
        var place = 0
        for index in 0..<16 {
          if index == 4 || index == 6 || index == 8 || index == 10 {
            guard utf8[place] == UInt8(ascii: "-") else { return false }
            place += 1
          }
          guard let high = Self.value(utf8[place]), let low = Self.value(utf8[place + 1]) else { return false }
          bytes[index] = high << 4 | low
          place += 2
        }
        return true
      }
      return isValid ? bytes : nil
    }
    guard let bytes else { return nil }
    self.init(uuid: bytes)
  }

  @inline(__always)
  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 48...57: digit - 48
    case 97...102: digit - 87
    case 65...70: digit - 55
    default: nil
    }
  }
}
