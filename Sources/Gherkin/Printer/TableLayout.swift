/// Prints the cells of tables under each other, each column as wide as its widest cell on a terminal.
struct TableLayout {
  /// Cells that are wider than this do not widen their column, so that one long cell does not blow up a whole table.
  private static let maximumColumnWidth = 100

  private let source: [UInt8]
  /// For each table the widths of its columns.
  private var widths: [[Int]]

  /// Makes the layout of a number of tables.
  init(tableCount: Int, source: [UInt8]) {
    widths = Array(repeating: [], count: tableCount)
    self.source = source
  }

  private func bytes(of item: ItemSpan) -> ArraySlice<UInt8> { source[item.offset..<item.offset + item.length] }

  /// Widens the columns of a table by what a row needs.
  mutating func measure(_ cells: [ItemSpan], table: Int) {
    for (column, cell) in cells.enumerated() { measure(cell, column, table) }
  }

  private mutating func measure(_ cell: ItemSpan, _ column: Int, _ table: Int) {
    let width = DisplayWidth.width(of: bytes(of: cell))
    widen(column, of: table, to: width > TableLayout.maximumColumnWidth ? 0 : width)
  }

  /// Widens the columns of a table by what the row that Markdown puts under the header needs.
  mutating func measureDelimiters(_ cells: [ItemSpan], table: Int) {
    for (column, cell) in cells.enumerated() {
      if let ends = delimiterEnds(of: cell) {
        widen(column, of: table, to: ends.left + 1 + ends.right)
      } else {
        measure(cell, column, table)
      }
    }
  }

  private mutating func widen(_ column: Int, of table: Int, to width: Int) {
    while widths[table].count <= column { widths[table].append(0) }
    widths[table][column] = max(widths[table][column], width)
  }

  /// The row that a line holds.
  func row(_ cells: [ItemSpan], in line: Line, table: Int) -> [UInt8] {
    print(cells, in: line, table: table) { cell, _ in Array(bytes(of: cell)) }
  }

  /// The row of dashes that a line holds.
  func delimiterRow(_ cells: [ItemSpan], in line: Line, table: Int) -> [UInt8] {
    print(cells, in: line, table: table) { cell, width in
      guard let ends = delimiterEnds(of: cell) else { return Array(bytes(of: cell)) }
      let colon = [UInt8(ascii: ":")]
      let dashes = repeatElement(UInt8(ascii: "-"), count: max(1, width - ends.left - ends.right))
      return (ends.left > 0 ? colon : []) + dashes + (ends.right > 0 ? colon : [])
    }
  }

  private func print(
    _ cells: [ItemSpan], in line: Line, table: Int, _ content: (ItemSpan, Int) -> [UInt8]
  ) -> [UInt8] {
    let end = line.textEnd
    guard let last = cells.last else { return Array(source[line.textStart..<end]) }
    var output = [UInt8(ascii: "|")]
    for (column, cell) in cells.enumerated() {
      let width = column < widths[table].count ? widths[table][column] : 0
      let content = content(cell, width)
      output.append(0x20)
      output += content
      output += repeatElement(0x20, count: max(0, width - DisplayWidth.width(of: content)) + 1)
      output.append(UInt8(ascii: "|"))
    }
    // What stands behind the last `|` means nothing, but belongs to the author.
    let bar = Blanks.skip(in: source.span, from: last.offset + last.length, to: end)
    let rest = Blanks.skip(in: source.span, from: min(bar + 1, end), to: end)
    guard rest < end else { return output }
    output.append(0x20)
    output += source[rest..<end]
    return output
  }

  /// How many colons a cell of dashes has before and behind them, or `nil` where it is another cell.
  private func delimiterEnds(of cell: ItemSpan) -> (left: Int, right: Int)? {
    guard LineItems.isDelimiterRow([cell], in: source.span) else { return nil }
    let bytes = bytes(of: cell)
    let colon = UInt8(ascii: ":")
    return (bytes.first == colon ? 1 : 0, bytes.last == colon ? 1 : 0)
  }
}
