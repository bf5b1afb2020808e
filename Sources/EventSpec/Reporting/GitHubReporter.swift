/// GitHub's workflow commands: each failure an annotation at its line, and the sum as plain text.
public struct GitHubReporter: Reporter {
  /// Makes a reporter.
  public init() {}

  /// What must be in the events for this report.
  public var needs: ReportNeeds { [] }

  /// Takes the next event and writes what there is to say of it.
  public mutating func report(_ event: RunEvent, write: (String) -> Void) {
    switch event {
    case .scenarioFinished(let result): write(annotations(of: result))
    case .fileFailed(_, let diagnostics):
      for diagnostic in diagnostics { write(annotation(diagnostic, title: "Broken spec")) }
    case .problem(let problem): write("::error title=eventspec::\(data(problem.message))\n")
    case .runFinished(let summary): write(summary.line + "\n")
    case .runStarted, .fileStarted, .fileFinished: break
    }
  }

  private func annotations(of result: ScenarioResult) -> String {
    var text = ""
    for diagnostic in result.diagnostics { text += annotation(diagnostic, title: result.scenario.name) }
    guard result.status != .passed, result.status != .skipped else { return text }
    for failure in result.failures {
      var body = StyledText(isColored: false)
      if !failure.comparison.isEmpty { ComparisonTable(failure.comparison).write(indent: 0, to: &body) }
      let parts = [failure.message, body.text] + failure.notes
      text += command(
        "error", at: failure.location, title: result.scenario.name,
        message: parts.filter { !$0.isEmpty }.joined(separator: "\n"))
    }
    if text.isEmpty {
      text = command("error", at: result.scenario.location, title: result.scenario.name, message: "failed")
    }
    return text
  }

  private func annotation(_ diagnostic: Diagnostic, title: String) -> String {
    command(
      diagnostic.severity == .error ? "error" : "warning", at: diagnostic.location, title: title,
      message: diagnostic.fullMessage)
  }

  private func command(_ level: String, at location: SpecLocation, title: String, message: String) -> String {
    var place = "file=\(property(location.file))"
    if location.line > 0 { place += ",line=\(location.line)" }
    if location.column > 0 { place += ",col=\(location.column)" }
    return "::\(level) \(place),title=\(property(title))::\(data(message))\n"
  }

  private func data(_ text: String) -> String { escaped(text, also: []) }

  private func property(_ text: String) -> String { escaped(text, also: [":", ","]) }

  private func escaped(_ text: String, also others: Set<Unicode.Scalar>) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case _ where others.contains(scalar): result += scalar == ":" ? "%3A" : "%2C"
      case _ where TerminalText.needsEscape(scalar): result += TerminalText(escaping: String(scalar)).description
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Diagnostic {
  /// The message with what helps: the nearest name and the notes.
  var fullMessage: String {
    var parts = [message]
    if let suggestion, !message.contains("did you mean") { parts.append("did you mean \(suggestion)?") }
    parts += notes
    return parts.joined(separator: "\n")
  }
}
