/// Failures and diagnostics as plain text, for whoever shows them in a place of their own.
package enum FailureText {
  /// A failure with its scenario so far, the comparison and the state before the act.
  package static func describe(_ failure: Failure, in result: ScenarioResult) -> String {
    var text = StyledText(isColored: false)
    text.line(failure.message)
    if let index = failure.stepIndex, result.steps.indices.contains(index) {
      text.endLine()
      for (position, step) in result.steps.enumerated() where position <= index {
        text.line("\(position == index ? "✗ " : "  ")\(step.keyword.trimmed) \(step.text)")
        FailureReport.rows(of: step, indent: 4, to: &text)
      }
    }
    if !failure.comparison.isEmpty {
      text.endLine()
      ComparisonTable(failure.comparison).write(indent: 0, to: &text)
    }
    for state in failure.stateBefore {
      text.endLine()
      text.line("State before the act: \(state.stream), version \(state.version)")
      for field in state.fields { text.line("  \(field.name): \(field.value)") }
    }
    if !failure.notes.isEmpty { text.endLine() }
    for note in failure.notes { text.line(note) }
    return withoutEnd(text.text)
  }

  /// A diagnostic with what helps.
  package static func describe(_ diagnostic: Diagnostic) -> String {
    TerminalText(escapingLines: diagnostic.fullMessage).description
  }

  private static func withoutEnd(_ text: String) -> String {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
