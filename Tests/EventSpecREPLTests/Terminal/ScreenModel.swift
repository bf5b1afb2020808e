/// What a terminal would show after the output that it was given: as much of one as a line editor uses.
struct ScreenModel {
  private(set) var cells: [[String]]
  private(set) var row = 0
  private(set) var column = 0
  private(set) var titles: [String] = []
  /// The lines that left the screen at its top.
  private(set) var scrolledOff: [String] = []
  private var columns: Int
  private var pending: [Unicode.Scalar] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    cells = Array(repeating: [], count: rows)
  }

  var lines: [String] {
    cells.map { line in
      var text = line.joined()
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// All lines that were ever shown and not overwritten, without the empty ones.
  var text: String {
    (scrolledOff + lines).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  var currentLine: String { lines[row] }

  /// As a terminal that does not wrap old lines anew.
  mutating func resize(columns: Int, rows: Int) {
    self.columns = columns
    while cells.count < rows { cells.append([]) }
    if cells.count > rows {
      let surplus = max(0, row - rows + 1)
      scrolledOff += lines.prefix(surplus)
      cells.removeFirst(surplus)
      cells = Array(cells.prefix(rows))
      row -= surplus
    }
    column = min(column, columns - 1)
  }

  mutating func feed(_ text: String) {
    for scalar in text.unicodeScalars { feed(scalar) }
  }

  private mutating func feed(_ scalar: Unicode.Scalar) {
    if !pending.isEmpty {
      pending.append(scalar)
      if pending.count == 2 {
        if scalar != "[" && scalar != "]" { pending = [] }
      } else if pending[1] == "]" {
        if scalar == "\u{7}" {
          titles.append(String(String.UnicodeScalarView(pending.dropFirst(2))))
          pending = []
        }
      } else if (0x40...0x7E).contains(scalar.value) {
        let parameters = String(String.UnicodeScalarView(pending.dropFirst(2).dropLast()))
        pending = []
        obey(scalar, parameters.split(separator: ";").map { Int($0) ?? 0 })
      }
      return
    }
    switch scalar {
    case "\u{1B}": pending = [scalar]
    case "\r": column = 0
    case "\n": lineFeed()
    case "\u{8}": column = max(0, min(column, columns) - 1)
    case "\u{7}", "\0": break
    case "\t": column = min(columns - 1, (column / 8 + 1) * 8)
    default: put(scalar)
    }
  }

  private mutating func lineFeed() {
    if row + 1 < cells.count {
      row += 1
    } else {
      scrolledOff.append(lines[0])
      cells.removeFirst()
      cells.append([])
    }
  }

  private mutating func put(_ scalar: Unicode.Scalar) {
    let isMark = scalar.properties.generalCategory == .nonspacingMark
    let width = isMark ? 0 : isWide(scalar) ? 2 : 1
    if column + width > columns {
      column = 0
      lineFeed()
    }
    pad(to: column + width)
    if width == 0 {
      if column > 0 { cells[row][column - 1].unicodeScalars.append(scalar) }
      return
    }
    cells[row][column] = String(scalar)
    if width == 2 { cells[row][column + 1] = "" }
    column += width
  }

  private func isWide(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmojiPresentation || (0x3000...0xD7A3).contains(scalar.value)
  }

  private mutating func pad(to count: Int) {
    while cells[row].count < count { cells[row].append(" ") }
  }

  private mutating func obey(_ final: Unicode.Scalar, _ parameters: [Int]) {
    let count = max(1, parameters.first ?? 1)
    switch final {
    case "A": row = max(0, row - count)
    case "B": row = min(cells.count - 1, row + count)
    case "C": column = min(columns - 1, column + count)
    case "D": column = max(0, min(column, columns - 1) - count)
    case "G": column = min(columns, count) - 1
    case "H":
      row = min(cells.count, max(1, parameters.first ?? 1)) - 1
      column = min(columns, max(1, parameters.count > 1 ? parameters[1] : 1)) - 1
    case "K": cells[row] = Array(cells[row].prefix(column))
    case "J":
      let everything = parameters.first == 2
      if !everything { cells[row] = Array(cells[row].prefix(column)) }
      for index in cells.indices where everything || index > row { cells[index] = [] }
    case "P":
      let end = min(cells[row].count, column + count)
      if column < end { cells[row].removeSubrange(column..<end) }
    case "@":
      pad(to: column)
      cells[row].insert(contentsOf: Array(repeating: " ", count: count), at: column)
      cells[row] = Array(cells[row].prefix(columns))
    default: break
    }
  }
}
