internal import Gherkin

/// What a person reads of a scenario that did not pass: the scenario so far with the failing step marked, what was
/// expected beside what came, the state before the act, and how to look closer.
struct FailureReport {
  /// The command that opens the scenario in the REPL, `FILE:LINE` aside; nil where there is no REPL to open.
  var replCommand: String? = "eventspec repl --at"

  /// Writes the report of one scenario.
  ///
  /// - Parameters:
  ///   - result: What came of the scenario.
  ///   - text: Where to.
  func write(_ result: ScenarioResult, to text: inout StyledText) {
    heading(result, to: &text)
    steps(result, to: &text)
    for diagnostic in result.diagnostics {
      text.endLine()
      Self.write(diagnostic, indent: 4, to: &text)
    }
    for (index, failure) in result.failures.enumerated() {
      text.endLine()
      let showsState = index == 0 || failure.stateBefore != result.failures[index - 1].stateBefore
      write(failure, showsState: showsState, to: &text)
    }
    if let replCommand, !result.diagnostics.contains(where: { $0.severity == .error }) {
      text.endLine()
      text.indent(4)
      text.add("Open it in the REPL: ", .dim)
      text.line("\(replCommand) \(shellQuoted(result.scenario.location))")
    }
  }

  private func heading(_ result: ScenarioResult, to text: inout StyledText) {
    text.indent(2)
    text.add("✗ ", .bad)
    text.add(result.scenario.name.isEmpty ? "(a scenario without a name)" : result.scenario.name, .bold)
    let label: String? =
      switch result.status {
      case .undefined: "undefined"
      case .unresolved: "cannot be read"
      case .passed, .failed, .skipped: nil
      }
    if let label { text.add(" (\(label))", .bad) }
    text.add("  ")
    text.line(result.scenario.location.description, .place)
  }

  private func steps(_ result: ScenarioResult, to text: inout StyledText) {
    if result.steps.isEmpty { return }
    text.endLine()
    let marked = Set(result.failures.compactMap(\.stepIndex))
    let places = Set(result.diagnostics.map(\.location.line))
    // Behind the last step that matters there is nothing to see.
    let last = result.steps.indices.last { result.steps[$0].status != .skipped } ?? result.steps.endIndex - 1
    for (index, step) in result.steps.enumerated() where index <= last {
      let isMarked =
        marked.contains(index) || step.status == .failed
        || (result.status == .unresolved && places.contains(step.location.line))
      text.indent(2)
      text.add(isMarked ? "✗ " : "  ", .bad)
      text.add(step.keyword.trimmed + " ", isMarked ? .bad : .dim)
      text.add(Self.clipped(step.text), isMarked ? .bad : .plain)
      if isMarked { text.add("  \(step.location)", .place) }
      text.endLine()
      Self.rows(of: step, indent: 6, to: &text)
    }
    if last + 1 < result.steps.count {
      let count = result.steps.count - last - 1
      text.indent(4)
      text.line("(\(count) more \(count == 1 ? "step" : "steps"), not run)", .dim)
    }
  }

  /// A text that is too long for anybody to read, cut off.
  private static func clipped(_ text: String) -> String {
    let most = 1_000
    if text.utf8.count <= most { return text }
    let count = text.count
    return count <= most ? text : "\(text.prefix(most))… (\(count - most) more characters)"
  }

  /// Writes the table or doc string of a step as it could stand in a spec.
  static func rows(of step: StepResult, indent: Int, to text: inout StyledText) {
    if let table = step.table?.map({ $0.map(NewStep.escapedCell) }), !table.isEmpty {
      let columns = table.map(\.count).max() ?? 0
      let widths = (0..<columns).map { column in
        table.map { column < $0.count ? TerminalText(escaping: $0[column]).description.displayWidth : 0 }.max() ?? 0
      }
      for row in table {
        text.indent(indent)
        text.add("|", .dim)
        for (cell, width) in zip(row, widths) {
          text.add(" ")
          text.add(cell, width: width)
          text.add(" |", .dim)
        }
        text.endLine()
      }
    }
    if let docString = step.docString {
      text.indent(indent)
      text.line("\"\"\"", .dim)
      for line in docString.split(separator: "\n", omittingEmptySubsequences: false) {
        text.indent(indent)
        text.line(Self.clipped(String(line)))
      }
      text.indent(indent)
      text.line("\"\"\"", .dim)
    }
  }

  private func write(_ failure: Failure, showsState: Bool, to text: inout StyledText) {
    paragraph(failure.message, indent: 4, .bad, to: &text)
    if !failure.comparison.isEmpty {
      text.endLine()
      ComparisonTable(failure.comparison).write(indent: 4, to: &text)
    }
    if showsState {
      for state in failure.stateBefore {
        text.endLine()
        write(state, to: &text)
      }
    }
    if !failure.notes.isEmpty { text.endLine() }
    for note in failure.notes { paragraph(note, indent: 4, to: &text) }
  }

  private func write(_ state: StateDescription, to text: inout StyledText) {
    text.indent(4)
    text.add("State before the act: ", .dim)
    text.line("\(state.stream), version \(state.version)")
    let width = state.fields.map { $0.name.displayWidth }.max() ?? 0
    for field in state.fields {
      text.indent(6)
      text.add(field.name, .dim, width: min(width, 24))
      text.line("  \(Self.clipped(field.value))")
    }
  }

  private func paragraph(_ message: String, indent: Int, _ style: StyledText.Style = .plain, to text: inout StyledText)
  {
    for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
      text.indent(indent)
      text.line(String(line), style)
    }
  }

  /// Writes what is wrong with a place in a spec.
  static func write(_ diagnostic: Diagnostic, indent: Int, to text: inout StyledText) {
    text.indent(indent)
    text.add(diagnostic.location.place, .place)
    text.add(diagnostic.severity == .error ? ": " : ": warning: ", diagnostic.severity == .error ? .plain : .warning)
    let lines = diagnostic.message.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    text.line(lines.first ?? "")
    for line in lines.dropFirst() {
      text.indent(indent + 2)
      text.line(line)
    }
    if let suggestion = diagnostic.suggestion, !diagnostic.message.contains("did you mean") {
      text.indent(indent + 2)
      text.line("did you mean \(suggestion)?", .warning)
    }
    for note in diagnostic.notes {
      text.indent(indent + 2)
      text.line(note, .dim)
    }
  }

  /// The location as an argument of a shell command.
  private func shellQuoted(_ location: SpecLocation) -> String {
    let argument = "\(location.file):\(location.line)"
    let isPlain = argument.utf8.allSatisfy { byte in
      (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "-")
    }
    return isPlain
      ? argument
      : "'"
        + argument.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }
}

extension SpecLocation {
  /// The place as reports show it: the file alone where a line is not known.
  package var place: String { line > 0 ? description : file }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    var slice = self[...]
    while slice.first == " " { slice.removeFirst() }
    while slice.last == " " { slice.removeLast() }
    return String(slice)
  }
}
