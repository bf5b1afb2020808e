/// Counting code points in UTF-8.
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
}
