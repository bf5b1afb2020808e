// The parser works on bytes, where characters may be more than one scalar: so does what writes for it.

extension String {
  /// The string without blanks at its ends.
  var trimmingBlanks: String {
    let bytes = Array(utf8)
    let start = Blanks.skip(in: bytes.span, from: 0, to: bytes.count)
    let end = Blanks.skipBack(in: bytes.span, from: bytes.count, to: start)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The lines of the string, which end with a line feed, a carriage return, or both in a row.
  var lines: [String] {
    let bytes = Array(utf8)
    var lines: [String] = []
    var start = 0
    while start < bytes.count {
      let line = Line(in: bytes.span, at: start, number: lines.count + 1)
      lines.append(String(decoding: bytes[line.start..<line.end], as: UTF8.self))
      start = line.next
    }
    // A terminator at the end opens one more line.
    if let last = bytes.last, last == 0x0A || last == 0x0D { lines.append("") }
    return lines
  }

  /// The string with each occurrence of another replaced, from left to right.
  func replacingBytes(of other: String, with replacement: String) -> String {
    let bytes = Array(utf8)
    let pattern = Array(other.utf8)
    var result: [UInt8] = []
    var offset = 0
    while offset < bytes.count {
      if offset + pattern.count <= bytes.count, bytes[offset..<offset + pattern.count].elementsEqual(pattern) {
        result += Array(replacement.utf8)
        offset += pattern.count
      } else {
        result.append(bytes[offset])
        offset += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether the string has another in it.
  func hasBytes(of other: String) -> Bool { replacingBytes(of: other, with: "").utf8.count != utf8.count }
}
