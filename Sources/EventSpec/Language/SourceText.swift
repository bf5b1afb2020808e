/// A piece of a spec's text that knows where each of its parts stands in the file.
package struct SourceText: Sendable {
  /// A part of the text that stands in the file in another form: a placeholder's value, or an escape in a cell.
  package struct Replacement: Sendable {
    /// UTF-8 offsets in the text.
    package var range: Range<Int>
    /// How many code points it takes in the file.
    package var width: Int

    package init(range: Range<Int>, width: Int) {
      self.range = range
      self.width = width
    }
  }

  /// The text as it is read.
  package var text: String
  /// The line of its first character.
  package var line: Int
  /// The column of its first character.
  package var column: Int
  /// The column at which further lines of the text start.
  package var continuationColumn: Int
  /// The parts that stand in the file in another form, in order.
  package var replacements: [Replacement]

  package init(
    _ text: String, line: Int, column: Int, continuationColumn: Int = 1, replacements: [Replacement] = []
  ) {
    self.text = text
    self.line = line
    self.column = column
    self.continuationColumn = continuationColumn
    self.replacements = replacements
  }

  /// Where a part of the text stands.
  ///
  /// - Parameters:
  ///   - offset: The UTF-8 offset of the part in the text.
  ///   - file: The file's path.
  /// - Returns: The place in the file; for a part of a replaced one, the place of that.
  /// - Complexity: O(*n*) in the offset.
  package func location(of offset: Int, in file: String) -> SpecLocation {
    var place = SpecLocation(file: file, line: line, column: column)
    var index = 0
    var text = text
    text.withUTF8 { bytes in
      func advance(to end: Int) {
        while index < min(end, bytes.count) {
          let byte = bytes[index]
          if byte == UInt8(ascii: "\n") {
            place.line += 1
            place.column = continuationColumn
          } else if byte & 0xC0 != 0x80 {
            place.column += 1
          }
          index += 1
        }
      }
      for replacement in replacements {
        if offset <= replacement.range.lowerBound { break }
        advance(to: replacement.range.lowerBound)
        if offset < replacement.range.upperBound { return }
        place.column += replacement.width
        index = replacement.range.upperBound
      }
      advance(to: offset)
    }
    return place
  }

  /// The part of the text from an offset on.
  ///
  /// - Parameters:
  ///   - offset: A UTF-8 offset in the text.
  ///   - file: The file's path.
  func dropping(_ offset: Int, in file: String) -> SourceText {
    let place = location(of: offset, in: file)
    let rest = replacements.compactMap { replacement -> Replacement? in
      guard replacement.range.upperBound > offset else { return nil }
      let start = max(replacement.range.lowerBound - offset, 0)
      return Replacement(range: start..<replacement.range.upperBound - offset, width: replacement.width)
    }
    return SourceText(
      String(decoding: Array(text.utf8).dropFirst(offset), as: UTF8.self), line: place.line, column: place.column,
      continuationColumn: continuationColumn, replacements: rest)
  }
}
