internal import EventSourcing
internal import EventSpec
internal import Gherkin

/// Steps of a session as lines.
enum SessionText {
  /// A step with its keyword, its table and its doc string.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - role: The role of the step before it, which 'And' takes up.
  static func lines(of step: SessionStep, behind role: StepRole?) -> [String] {
    let keyword = keyword(of: step, behind: role)
    var lines = [keyword + " " + line(step.source.text.text)]
    if !step.table.isEmpty {
      let widths = step.table.reduce(into: [Int]()) { widths, row in
        for (column, cell) in row.enumerated() {
          let width = NewStep.escapedCell(cell).displayWidth
          if column < widths.count { widths[column] = max(widths[column], width) } else { widths.append(width) }
        }
      }
      for row in step.table {
        let cells = row.enumerated().map { column, cell in
          let text = NewStep.escapedCell(cell)
          return text + String(repeating: " ", count: widths[column] - text.displayWidth)
        }
        lines.append("  | " + cells.joined(separator: " | ") + " |")
      }
    }
    if let docString = step.docString {
      lines.append("  \"\"\"" + (step.mediaType ?? ""))
      lines += docString.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
      lines.append("  \"\"\"")
    }
    return lines
  }

  /// Entries as lines of a script; refused commands of which nobody took notice are left out.
  ///
  /// - Parameters:
  ///   - entries: The entries.
  ///   - start: The stream of a store that was open before the first of them.
  static func script(of entries: [SessionEntry], from start: StreamName? = nil) -> String {
    if entries.isEmpty { return "" }
    var lines = start.map { [":open " + SpecText.quote($0.text)] } ?? []
    for (index, entry) in entries.enumerated() {
      switch entry.change {
      case .commit: lines.append(":commit")
      case .open(let focus): lines.append(":open " + SpecText.quote(focus.stream.text))
      case .step(let step, let meanwhile):
        let isExpected = entries.dropFirst(index + 1).first?.step?.step.role == .then
        if entry.refusal != nil, !isExpected { continue }
        for step in [step] + meanwhile {
          var written = SessionText.lines(of: step, behind: nil)
          if !step.table.isEmpty || step.docString != nil { written[0] += ":" }
          lines += written
        }
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// A text of several lines on one.
  static func line(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return text }
    return text.split(separator: "\n").reduce(into: "") { line, part in
      let part = part.trimmingBlanks
      let opens = line.last.map { "([{".contains($0) } ?? true
      let closes = part.first.map { ")]}".contains($0) } ?? true
      line += (opens || closes ? "" : " ") + part
    }
  }

  /// The keyword that a step has behind another one.
  static func keyword(of step: SessionStep, behind role: StepRole?) -> String {
    if step.step.role == role { return step.source.keywordText == "But" ? "But" : "And" }
    return switch step.step.role {
    case .given: "Given"
    case .when: "When"
    case .then: "Then"
    }
  }
}
