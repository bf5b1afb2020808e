/// Expected beside actual, field by field, with a mark at each line that differs.
struct ComparisonTable {
  private let lines: [ComparisonLine]
  /// How many lines stand before and behind those that are shown.
  private let before: Int
  private let behind: Int
  private static let widest = 44
  /// The most lines that are shown, and how many of them may stand before the first that differs.
  private static let most = 60
  private static let lead = 10
  /// The longest text that is shown, and how much of what is the same on both sides may stand before what is not.
  private static let longest = 600
  private static let context = 60

  /// Makes a table of what people can take in: where there is too much, of what lies around the first difference.
  init(_ lines: [ComparisonLine]) {
    let first = lines.firstIndex { $0.mark != .same } ?? 0
    let start = lines.count > Self.most ? min(max(0, first - Self.lead), lines.count - Self.most) : 0
    let end = min(lines.count, start + Self.most)
    before = start
    behind = lines.count - end
    self.lines = lines[start..<end].map(Self.shortened)
  }

  /// A line with texts that are not too long.
  private static func shortened(_ line: ComparisonLine) -> ComparisonLine {
    guard max(line.expected?.utf8.count ?? 0, line.actual?.utf8.count ?? 0) > longest else { return line }
    var line = line
    var skipped = 0
    if let expected = line.expected, let actual = line.actual, line.mark == .differs {
      // What is expected may stand in quotes.
      let isQuoted = expected.first == "\"" && actual.first != "\""
      let alike = zip(expected.dropFirst(isQuoted ? 1 : 0), actual).prefix { $0 == $1 }.count
      skipped = max(0, alike - context)
    }
    line.expected = line.expected.map { shortened($0, skipping: skipped) }
    line.actual = line.actual.map { shortened($0, skipping: skipped) }
    return line
  }

  private static func shortened(_ text: String, skipping skipped: Int) -> String {
    let rest = text.dropFirst(skipped)
    let shown = rest.prefix(longest)
    let left = rest[shown.endIndex...].count
    return (skipped > 0 ? "(\(skipped) characters alike) …" : "") + shown
      + (left > 0 ? "… (\(left) more characters)" : "")
  }

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
    remark(before, "before, all alike", indent, to: &text)
    for line in lines { write(line, labelWidth: labelWidth, expectedWidth: expectedWidth, indent: indent, to: &text) }
    remark(behind, "more", indent, to: &text)
  }

  private func remark(_ count: Int, _ what: String, _ indent: Int, to text: inout StyledText) {
    guard count > 0 else { return }
    text.indent(indent + 2)
    text.line("(\(count) \(count == 1 ? "line" : "lines") \(what))", .dim)
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
    while true {
      var head = rest.prefix(fitting: width)
      if head.isEmpty || head.endIndex == rest.endIndex { break }
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
