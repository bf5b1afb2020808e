internal import Gherkin

/// The bytes of a spec file by the places that people know them by.
struct SourcePlaces {
  let source: [UInt8]
  private let lines: [Int]

  init(_ source: [UInt8]) {
    self.source = source
    var lines = [0]
    for (index, byte) in source.enumerated() {
      let isEnd = byte == 0x0A || (byte == 0x0D && (index + 1 >= source.count || source[index + 1] != 0x0A))
      if isEnd { lines.append(index + 1) }
    }
    self.lines = lines
  }

  /// The offset of a place, nil for one that is not in the file.
  func offset(of location: SpecLocation) -> Int? {
    guard location.line >= 1, location.line <= lines.count, location.column >= 1 else { return nil }
    var offset = lines[location.line - 1]
    if location.line == 1, source.starts(with: [0xEF, 0xBB, 0xBF]) { offset += 3 }
    var column = 1
    while column < location.column, offset < source.count, source[offset] != 0x0A, source[offset] != 0x0D {
      offset += 1
      while offset < source.count, source[offset] & 0xC0 == 0x80 { offset += 1 }
      column += 1
    }
    return column == location.column ? offset : nil
  }

  /// The range of a text at a place, nil where something else stands there.
  func range(of text: String, at location: SpecLocation) -> Range<Int>? {
    guard let start = offset(of: location) else { return nil }
    let end = start + text.utf8.count
    guard end <= source.count, source[start..<end].elementsEqual(text.utf8) else { return nil }
    return start..<end
  }

  /// The whole lines of a range, with the last one's end.
  func wholeLines(of range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    while start > 0, source[start - 1] != 0x0A, source[start - 1] != 0x0D { start -= 1 }
    var end = range.upperBound
    while end < source.count, source[end] != 0x0A, source[end] != 0x0D { end += 1 }
    if end < source.count, source[end] == 0x0D { end += 1 }
    if end < source.count, source[end] == 0x0A { end += 1 }
    return start..<end
  }

  /// The blanks before an offset in its line.
  func indentation(before offset: Int) -> String {
    let start = wholeLines(of: offset..<offset).lowerBound
    let blanks = source[start..<offset].prefix { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: blanks, as: UTF8.self)
  }

  /// What ends the line of an offset; a line feed where nothing does.
  func lineEnd(at offset: Int) -> String {
    let line = wholeLines(of: offset..<offset)
    let end = source[line].suffix(while: { $0 == 0x0A || $0 == 0x0D })
    return end.isEmpty ? "\n" : String(decoding: end, as: UTF8.self)
  }
}

extension RandomAccessCollection {
  /// The longest end whose elements all hold something.
  fileprivate func suffix(while predicate: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex {
      let before = index(before: start)
      if !predicate(self[before]) { break }
      start = before
    }
    return self[start...]
  }
}
