extension UUID {
  /// The UUID in small letters, as it is stored.
  package var lowercaseText: String {
    String(unsafeUninitializedCapacity: 36) { buffer in
      writeText { buffer.initializeElement(at: $0, to: $1) }
      return 36
    }
  }

  /// Hands out the 36 characters of the text with their places.
  @inline(__always)
  func writeText(_ put: (Int, UInt8) -> Void) {
    let bytes = uuid
    withUnsafeBytes(of: bytes) { bytes in
      var place = 0
      for index in 0..<16 {
        if index == 4 || index == 6 || index == 8 || index == 10 {
          put(place, UInt8(ascii: "-"))
          place += 1
        }
        put(place, Self.digit(bytes[index] >> 4))
        put(place + 1, Self.digit(bytes[index] & 15))
        place += 2
      }
    }
  }

  @inline(__always)
  private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 48 + value : 87 + value }

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
