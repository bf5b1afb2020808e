/// Steps over JSON text without building a tree: where a value begins and ends, and what a string says.
package struct JSONScanner {
  private let bytes: UnsafeRawBufferPointer
  /// The offset of the next byte.
  package private(set) var offset = 0

  /// Begins at the first byte.
  ///
  /// - Parameter bytes: The text; it must outlive the scanner.
  package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether nothing but space is left.
  package var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return offset == bytes.count
    }
  }

  /// Steps over a byte and the space before it.
  ///
  /// - Parameter byte: The byte.
  /// - Returns: Whether it was there.
  package mutating func skip(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    offset += 1
    return true
  }

  /// The next byte that is no space.
  package mutating func peek() -> UInt8? {
    skipSpace()
    return offset < bytes.count ? bytes[offset] : nil
  }

  /// Reads a string.
  ///
  /// - Returns: Nil, and the offset unmoved, where none begins here.
  package mutating func string() -> String? {
    guard peek() == 0x22 else { return nil }
    let start = offset + 1
    var index = start
    while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x5c, bytes[index] >= 0x20 { index += 1 }
    if index < bytes.count, bytes[index] == 0x22 {
      offset = index + 1
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }
    return escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) -> String? {
    var text: [UInt8] = []
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case 0x22:
        offset = index
        return String(decoding: text, as: UTF8.self)
      case 0..<0x20: return nil
      case 0x5c:
        guard index < bytes.count else { return nil }
        let escape = bytes[index]
        index += 1
        switch escape {
        case 0x22, 0x5c, 0x2f: text.append(escape)
        case 0x62: text.append(0x08)
        case 0x66: text.append(0x0c)
        case 0x6e: text.append(0x0a)
        case 0x72: text.append(0x0d)
        case 0x74: text.append(0x09)
        case 0x75:
          guard var code = hexadecimal(at: index) else { return nil }
          index += 4
          if (0xd800..<0xdc00).contains(code), index + 1 < bytes.count, bytes[index] == 0x5c, bytes[index + 1] == 0x75,
            let low = hexadecimal(at: index + 2), (0xdc00..<0xe000).contains(low)
          {
            code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            index += 6
          }
          let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
          text.append(contentsOf: String(Character(scalar)).utf8)
        default: return nil
        }
      default: text.append(byte)
      }
    }
    return nil
  }

  /// Steps over any value.
  ///
  /// - Returns: Where it stands; nil where none does, or one nested deeper than 512 levels.
  package mutating func value() -> Range<Int>? {
    guard peek() != nil else { return nil }
    let start = offset
    var closers: [UInt8] = []
    while let byte = peek() {
      switch byte {
      case 0x22:
        guard skipString() else { return nil }
      case 0x7b, 0x5b:
        guard closers.count < 512 else { return nil }
        closers.append(byte + 2)
        offset += 1
        continue
      case 0x7d, 0x5d:
        guard closers.popLast() == byte else { return nil }
        offset += 1
      case 0x2c, 0x3a:
        guard !closers.isEmpty else { return nil }
        offset += 1
        continue
      default:
        let first = offset
        while offset < bytes.count, !Self.isDelimiter(bytes[offset]) { offset += 1 }
        guard offset > first else { return nil }
      }
      if closers.isEmpty { return start..<offset }
    }
    return nil
  }

  private mutating func skipString() -> Bool {
    var index = offset + 1
    while index < bytes.count {
      switch bytes[index] {
      case 0x22:
        offset = index + 1
        return true
      case 0x5c: index += 2
      default: index += 1
      }
    }
    return false
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d: true
    default: false
    }
  }

  private mutating func skipSpace() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x09, 0x0a, 0x0d, 0x20: offset += 1
      default: return
      }
    }
  }

  private func hexadecimal(at index: Int) -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var code: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      switch byte {
      case 0x30...0x39: code = code << 4 + UInt32(byte - 0x30)
      case 0x41...0x46: code = code << 4 + UInt32(byte - 0x37)
      case 0x61...0x66: code = code << 4 + UInt32(byte - 0x57)
      default: return nil
      }
    }
    return code
  }
}

/// Strings in JSON.
package enum JSONString {
  /// Writes a string with its quotes.
  ///
  /// - Parameters:
  ///   - string: The string.
  ///   - text: What it is added to.
  package static func write(_ string: String, to text: inout [UInt8]) {
    text.append(0x22)
    for byte in string.utf8 {
      switch byte {
      case 0x22, 0x5c:
        text.append(0x5c)
        text.append(byte)
      case 0x0a: text.append(contentsOf: [0x5c, 0x6e])
      case 0x0d: text.append(contentsOf: [0x5c, 0x72])
      case 0x09: text.append(contentsOf: [0x5c, 0x74])
      case 0..<0x20:
        text.append(contentsOf: [0x5c, 0x75, 0x30, 0x30, 0x30 + byte >> 4, hexadecimal(byte & 15)])
      default: text.append(byte)
      }
    }
    text.append(0x22)
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x57 + digit }
}
