/// What counts as a blank: the Unicode space separators and the characters whose direction is that of white space, of a
/// paragraph or of a segment separator, 29 in all.
enum Blanks {
  /// How many bytes the blank has that starts at an offset; 0 where none does.
  @inline(__always)
  static func length(in source: Span<UInt8>, at offset: Int, to end: Int) -> Int {
    guard offset < end else { return 0 }
    let byte = source[offset]
    if byte == 0x20 || byte == 0x09 { return 1 }
    if byte > 0x20, byte < 0xC2 { return 0 }
    return rareLength(in: source, at: offset, to: end)
  }

  /// How many bytes the blank has that ends before an offset; 0 where none does.
  @inline(__always)
  static func length(in source: Span<UInt8>, before offset: Int, from start: Int) -> Int {
    guard offset > start else { return 0 }
    let byte = source[offset - 1]
    if byte == 0x20 || byte == 0x09 { return 1 }
    if byte > 0x20, byte < 0x80 { return 0 }
    for length in 1...3 where offset - length >= start {
      if rareLength(in: source, at: offset - length, to: offset) == length { return length }
    }
    return 0
  }

  private static func rareLength(in source: Span<UInt8>, at offset: Int, to end: Int) -> Int {
    switch source[offset] {
    case 0x09...0x0D, 0x1C...0x20:
      return 1
    case 0xC2 where offset + 1 < end:
      let second = source[offset + 1]
      return second == 0x85 || second == 0xA0 ? 2 : 0
    case 0xE1 where offset + 2 < end:
      return source[offset + 1] == 0x9A && source[offset + 2] == 0x80 ? 3 : 0
    case 0xE2 where offset + 2 < end:
      switch (source[offset + 1], source[offset + 2]) {
      case (0x80, 0x80...0x8A), (0x80, 0xA8), (0x80, 0xA9), (0x80, 0xAF), (0x81, 0x9F): return 3
      default: return 0
      }
    case 0xE3 where offset + 2 < end:
      return source[offset + 1] == 0x80 && source[offset + 2] == 0x80 ? 3 : 0
    default:
      return 0
    }
  }

  /// The first offset that no blank starts at.
  @inline(__always)
  static func skip(in source: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var offset = start
    while true {
      let length = length(in: source, at: offset, to: end)
      if length == 0 { return offset }
      offset += length
    }
  }

  /// The last offset that no blank ends before.
  @inline(__always)
  static func skipBack(in source: Span<UInt8>, from end: Int, to start: Int) -> Int {
    var offset = end
    while true {
      let length = length(in: source, before: offset, from: start)
      if length == 0 { return offset }
      offset -= length
    }
  }

  /// Whether some bytes hold a blank.
  static func isContained(in source: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    var offset = start
    while offset < end {
      if length(in: source, at: offset, to: end) > 0 { return true }
      offset += 1
    }
    return false
  }
}
