/// Splits lines of tags and table rows into their items.
enum LineItems {
  /// Finds the tags of a line that starts with `@`, up to a comment.
  ///
  /// - Returns: The column of the first tag that has a blank in it, or `nil` where all tags are sound.
  static func tags(in source: Span<UInt8>, of line: Line, into items: inout [ItemSpan]) -> Int? {
    items.removeAll(keepingCapacity: true)
    let at = UInt8(ascii: "@")
    var lineEnd = line.textStart + 1
    while lineEnd < line.textEnd {
      if source[lineEnd] == UInt8(ascii: "#"), Blanks.length(in: source, before: lineEnd, from: line.textStart) > 0 {
        break
      }
      lineEnd += 1
    }
    var start = line.textStart
    var column = line.indent + 1
    while start < lineEnd {
      var next = start + 1
      while next < lineEnd, source[next] != at { next += 1 }
      let end = Blanks.skipBack(in: source, from: next, to: start + 1)
      if end > start + 1 {
        if Blanks.isContained(in: source, from: start + 1, to: end) { return column }
        items.append(ItemSpan(offset: start, length: end - start, column: column))
      }
      column += CodePoints.count(in: source, from: start, to: next)
      start = next
    }
    return nil
  }

  /// Finds the cells of a line that starts with `|`; what follows the last `|` is no cell.
  static func cells(in source: Span<UInt8>, of line: Line, into items: inout [ItemSpan]) {
    items.removeAll(keepingCapacity: true)
    var offset = line.textStart + 1
    var column = line.indent + 2
    var cellStart = offset
    var cellColumn = column
    while offset < line.textEnd {
      let byte = source[offset]
      if byte == UInt8(ascii: "\\") {
        column += 1
        offset += 1
        guard offset < line.textEnd else { break }
        // The escaped character is skipped whole: its continuation bytes count for no column below.
        column += 1
        offset += 1
        continue
      }
      if byte == UInt8(ascii: "|") {
        let start = Blanks.skip(in: source, from: cellStart, to: offset)
        let end = Blanks.skipBack(in: source, from: offset, to: start)
        let indent = CodePoints.count(in: source, from: cellStart, to: start)
        items.append(ItemSpan(offset: start, length: end - start, column: cellColumn + indent))
        cellStart = offset + 1
        cellColumn = column + 1
      }
      if byte & 0xC0 != 0x80 { column += 1 }
      offset += 1
    }
  }

  /// Whether some cells are those of the row that Markdown puts under a table's header, such as `:---`.
  static func isDelimiterRow(_ cells: [ItemSpan], in source: Span<UInt8>) -> Bool {
    for cell in cells where isDelimiter(cell, in: source) { return true }
    return false
  }

  private static func isDelimiter(_ cell: ItemSpan, in source: Span<UInt8>) -> Bool {
    var offset = cell.offset
    let end = cell.offset + cell.length
    if offset < end, source[offset] == UInt8(ascii: ":") { offset += 1 }
    let dashes = offset
    while offset < end, source[offset] == UInt8(ascii: "-") { offset += 1 }
    guard offset > dashes else { return false }
    if offset < end, source[offset] == UInt8(ascii: ":") { offset += 1 }
    return offset == end
  }
}
