internal import EventSpec

/// Candidates laid out in columns (or one a line with their descriptions), no more than fit on the screen.
struct CandidateColumns {
  /// The escaped lines, without line ends.
  let lines: [String]

  /// Lays out candidates.
  ///
  /// - Parameters:
  ///   - candidates: What to show.
  ///   - columns: The width of the terminal in cells.
  ///   - rows: The number of lines to fill at most.
  ///   - dim: The control sequences around a description.
  init(_ candidates: [Completion.Candidate], columns: Int, rows: Int, dim: (on: String, off: String) = ("", "")) {
    let rows = max(rows, 2)
    // One cell stays free: a full line would wrap.
    let width = max(columns - 1, 1)
    let texts = candidates.map { TerminalText(escaping: $0.text).description }
    let cells = texts.map(\.displayWidth)
    let widest = cells.max() ?? 0
    let describes = candidates.contains { $0.description?.isEmpty == false }

    // With descriptions: one a line, if they all fit on the screen and leave room for some words.
    if describes, candidates.count <= rows, widest + 2 + 8 <= width {
      lines = candidates.indices.map { index in
        guard let description = candidates[index].description, !description.isEmpty else { return texts[index] }
        let room = width - widest - 2
        var text = TerminalText(escaping: description).description
        if text.displayWidth > room { text = text.prefix(fitting: room - 1) + "…" }
        return texts[index] + String(repeating: " ", count: widest - cells[index] + 2) + dim.on + text + dim.off
      }
      return
    }

    let columnCount = max(1, (width + 2) / (widest + 2))
    var shown = candidates.count
    if (shown + columnCount - 1) / columnCount > rows { shown = (rows - 1) * columnCount }
    let lineCount = (shown + columnCount - 1) / columnCount
    var lines: [String] = []
    for row in 0..<lineCount {
      var line = ""
      var used = 0
      for index in stride(from: row, to: shown, by: lineCount) {
        line += String(repeating: " ", count: max(0, (index / lineCount) * (widest + 2) - used))
        used = max(used, (index / lineCount) * (widest + 2))
        let text = texts[index].displayWidth > width ? texts[index].prefix(fitting: width - 1) + "…" : texts[index]
        line += text
        used += min(cells[index], width)
      }
      lines.append(line)
    }
    if shown < candidates.count { lines.append("… \(candidates.count - shown) more") }
    self.lines = lines
  }
}
