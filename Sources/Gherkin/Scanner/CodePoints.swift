/// Counting code points in UTF-8, and checking it.
enum CodePoints {
  /// How many code points some bytes hold; a stray continuation byte counts for none.
  @inline(__always)
  static func count(in source: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var count = 0
    var offset = start
    while offset < end {
      if source[offset] & 0xC0 != 0x80 { count += 1 }
      offset += 1
    }
    return count
  }

  /// The offset of the first byte that is not well-formed UTF-8, or `nil` where all is.
  static func firstInvalidOffset(in source: Span<UInt8>) -> Int? {
    let bytes = source.bytes
    let count = source.count
    var offset = 0
    while offset < count {
      while offset + 8 <= count {
        let word = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if word & 0x8080_8080_8080_8080 != 0 { break }
        offset += 8
      }
      guard offset < count else { return nil }
      if source[offset] < 0x80 {
        offset += 1
        continue
      }
      let length = sequenceLength(in: source, at: offset)
      if length == 0 { return offset }
      offset += length
    }
    return nil
  }

  private static func sequenceLength(in source: Span<UInt8>, at offset: Int) -> Int {
    let lead = source[offset]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: return 0
    }
    guard offset + length <= source.count, second.contains(source[offset + 1]) else { return 0 }
    var index = 2
    while index < length {
      guard (0x80...0xBF).contains(source[offset + index]) else { return 0 }
      index += 1
    }
    return length
  }
}
