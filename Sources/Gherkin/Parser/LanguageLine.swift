/// Recognises the comment that names the spoken language of a source, such as `# language: fr`.
enum LanguageLine {
  /// The offsets of the language's name, or `nil` where the line is another comment.
  static func name(in source: Span<UInt8>, of line: Line) -> Range<Int>? {
    let end = line.textEnd
    var offset = skipSpace(in: source, from: line.textStart + 1, to: end)
    for expected in "language".utf8 {
      guard offset < end, source[offset] == expected else { return nil }
      offset += 1
    }
    offset = skipSpace(in: source, from: offset, to: end)
    guard offset < end, source[offset] == UInt8(ascii: ":") else { return nil }
    let start = skipSpace(in: source, from: offset + 1, to: end)
    offset = start
    while offset < end, isNameByte(source[offset]) { offset += 1 }
    guard offset > start, skipSpace(in: source, from: offset, to: end) == end else { return nil }
    return start..<offset
  }

  private static func skipSpace(in source: Span<UInt8>, from start: Int, to end: Int) -> Int {
    var offset = start
    while offset < end, source[offset] == 0x20 || (0x09...0x0D).contains(source[offset]) { offset += 1 }
    return offset
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      return true
    default:
      return false
    }
  }
}
