/// Looks for the first byte of a source that is not well-formed UTF-8, one stretch after the other.
struct EncodingCheck {
  /// The offset of the first byte that is not well-formed UTF-8, or `nil` where none was found yet.
  private(set) var invalidOffset: Int?
  /// Up to where the source is well-formed.
  private var offset = 0

  /// Goes on up to an offset, or the end of the source.
  mutating func advance(to end: Int, in source: Span<UInt8>) {
    guard invalidOffset == nil else { return }
    let bytes = source.bytes
    let end = min(end, source.count)
    let highBits: UInt64 = 0x8080_8080_8080_8080
    var offset = offset
    while offset < end {
      while offset + 32 <= end {
        var words = bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        words |= bytes.unsafeLoadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
        words |= bytes.unsafeLoadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)
        words |= bytes.unsafeLoadUnaligned(fromByteOffset: offset + 24, as: UInt64.self)
        if words & highBits != 0 { break }
        offset += 32
      }
      // Where there is one sequence there mostly are more: a stretch is looked at byte by byte.
      let stretch = min(end, offset + 32)
      while offset < stretch {
        if source[offset] < 0x80 {
          offset += 1
          continue
        }
        let length = EncodingCheck.sequenceLength(in: source, at: offset)
        if length == 0 {
          invalidOffset = offset
          return
        }
        offset += length
      }
    }
    self.offset = offset
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
