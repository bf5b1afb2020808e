/// Expected beside actual, field by field, with a mark at each line that differs.
struct ComparisonTable {
  private let lines: [ComparisonLine]
  private static let widest = 44

  init(_ lines: [ComparisonLine]) { self.lines = lines }

  /// Writes the table.
  ///
  /// - Parameters:
  ///   - indent: How many blanks stand before each line.
  ///   - text: Where to.
  func write(indent: Int, to text: inout StyledText) {
    let labelWidth = width(of: lines.map { String(repeating: "  ", count: $0.depth) + $0.label } + [""])
    let expectedWidth = width(of: lines.map { $0.expected ?? "" } + ["expected"])
    text.indent(indent + 2)
    text.add("", width: labelWidth)
    text.add("  ")
    text.add("expected", .dim, width: expectedWidth)
    text.add("  ")
    text.line("actual", .dim)
    for line in lines { write(line, labelWidth: labelWidth, expectedWidth: expectedWidth, indent: indent, to: &text) }
  }

  private func write(
    _ line: ComparisonLine, labelWidth: Int, expectedWidth: Int, indent: Int, to text: inout StyledText
  ) {
    let (sign, style): (String, StyledText.Style) =
      switch line.mark {
      case .same: (" ", .plain)
      case .differs: ("≠", .bad)
      case .missing: ("-", .bad)
      case .surplus: ("+", .bad)
      }
    let label = wrap(String(repeating: "  ", count: line.depth) + line.label, to: labelWidth)
    let expected = wrap(line.expected ?? "", to: expectedWidth)
    let actual = wrap(line.actual ?? "", to: Self.widest)
    for row in 0..<max(label.count, expected.count, actual.count) {
      text.indent(indent)
      text.add(row == 0 ? sign : " ", style)
      text.add(" ")
      text.add(row < label.count ? label[row] : "", line.depth == 0 ? .bold : .plain, width: labelWidth)
      text.add("  ")
      text.add(
        row < expected.count ? expected[row] : "", line.mark == .same ? .plain : .good, width: expectedWidth)
      text.add("  ")
      text.add(row < actual.count ? actual[row] : "", style)
      text.endLine()
    }
  }

  private func width(of texts: [String]) -> Int {
    min(Self.widest, texts.map { TerminalText(escaping: $0).description.displayWidth }.max() ?? 0)
  }

  /// Breaks a text into lines of a width, at blanks where it can.
  private func wrap(_ text: String, to width: Int) -> [String] {
    var rest = Substring(TerminalText(escaping: text).description)
    var lines: [String] = []
    while rest.displayWidth > width {
      var head = rest.prefix(fitting: width)
      if head.isEmpty { break }
      if let blank = head.lastIndex(of: " "), head[..<blank].contains(where: { $0 != " " }) {
        head = head[...blank]
      }
      lines.append(String(head))
      rest = rest[head.endIndex...].drop { $0 == " " }
    }
    lines.append(String(rest))
    return lines
  }
}
