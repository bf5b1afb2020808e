/// One line of a source, by the offsets of its bytes.
struct Line {
  /// The number of the line, from 1.
  var number: Int
  /// Where the line starts.
  var start: Int
  /// Where the line ends, before its terminator.
  var end: Int
  /// Where the next line starts.
  var next: Int
  /// Where the text starts, after leading blanks.
  var textStart: Int
  /// Where the text ends, before trailing blanks.
  var textEnd: Int
  /// How many code points the leading blanks have.
  var indent: Int

  /// Whether the line has only blanks.
  var isEmpty: Bool { textStart == textEnd }

  /// Scans the line that starts at an offset; it ends with a line feed, a carriage return, or both in a row.
  @inline(__always)
  init(in source: Span<UInt8>, at start: Int, number: Int) {
    self.number = number
    self.start = start
    end = Line.terminator(in: source, from: start)
    if end < source.count {
      let isPair = source[end] == 0x0D && end + 1 < source.count && source[end + 1] == 0x0A
      next = end + (isPair ? 2 : 1)
    } else {
      next = end
    }
    var offset = start
    while offset < end, source[offset] == 0x20 { offset += 1 }
    textStart = Blanks.skip(in: source, from: offset, to: end)
    textEnd = Blanks.skipBack(in: source, from: end, to: textStart)
    // All leading blanks but a run of spaces may have more bytes than code points.
    indent = textStart == offset ? offset - start : CodePoints.count(in: source, from: start, to: textStart)
  }

  @inline(__always)
  private static func terminator(in source: Span<UInt8>, from start: Int) -> Int {
    let bytes = source.bytes
    let count = source.count
    var offset = start
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while offset + 8 <= count {
      let word = UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let feed = word ^ (ones &* 0x0A)
      let carriage = word ^ (ones &* 0x0D)
      let hits = ((feed &- ones) & ~feed | (carriage &- ones) & ~carriage) & highs
      if hits != 0 { return offset + hits.trailingZeroBitCount >> 3 }
      offset += 8
    }
    while offset < count {
      if source[offset] == 0x0A || source[offset] == 0x0D { return offset }
      offset += 1
    }
    return count
  }
}
