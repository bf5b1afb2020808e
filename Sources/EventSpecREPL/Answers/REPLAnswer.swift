package import EventSourcing

/// What a session answers to one step or meta-command.
package struct REPLAnswer: Sendable {
  /// What the line came to.
  package enum Kind: String, Sendable, Hashable {
    /// A step that was taken, or a check that holds.
    case step
    /// A meta-command that was done.
    case meta
    /// An event that came while a command goes on.
    case event
    /// A command that the domain refused.
    case refused
    /// A check that does not hold, or a finding of one of the checks that are always on.
    case failed
    /// A line that cannot be read.
    case mistyped
    /// A line that can be read, and asks for something that cannot be done.
    case problem
  }

  /// What the line came to.
  package var kind: Kind
  /// The answer as people read it.
  package var lines: [StyledText] = []
  /// What programs are told beyond what every answer has.
  package var result = DynamicRecord()
  /// Why the line was no success, in one sentence; nil where it was one.
  package var reason: String?
  /// Whether the session ends.
  package var endsSession = false

  package init(_ kind: Kind) { self.kind = kind }

  /// Whether a script goes on behind it.
  package var isSuccess: Bool { kind == .step || kind == .meta || kind == .event }

  /// A line that cannot be read or done.
  static func failure(_ kind: Kind, _ message: String, suggestion: String? = nil, notes: [String] = []) -> REPLAnswer {
    var answer = REPLAnswer(kind)
    answer.reason = message
    var first = StyledText()
    first.append("error: ", .red)
    first.append(message)
    answer.lines.append(first)
    if let suggestion {
      var line = StyledText()
      line.append("  did you mean ")
      line.append(suggestion, .bold)
      line.append("?")
      answer.lines.append(line)
    }
    answer.add(notes: notes)
    var record = DynamicRecord([.init("message", .string(message))])
    if let suggestion { record["suggestion"] = .string(suggestion) }
    if !notes.isEmpty { record["notes"] = .array(notes.map { .string($0) }) }
    answer.result["errors"] = .array([.record(record)])
    return answer
  }

  // MARK: Lines

  mutating func add(_ text: String, _ style: StyledText.Style = .plain) {
    var line = StyledText()
    line.append(text, style)
    lines.append(line)
  }

  /// Adds a text of one line or several, those behind the first one as far in as it is.
  mutating func add(_ lead: String, lines text: String, _ style: StyledText.Style) {
    for (index, part) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      add((index == 0 ? lead : String(repeating: " ", count: lead.count)) + part, style)
    }
  }

  mutating func add(notes: [String]) {
    for note in notes {
      for part in note.split(separator: "\n", omittingEmptySubsequences: false) { add("  " + part, .dim) }
    }
  }

  mutating func add(label: String, width: Int, _ text: String, _ style: StyledText.Style = .plain) {
    var line = StyledText()
    line.append("  ")
    line.append(label, .dim)
    let used = StyledText(stringLiteral: label).displayWidth
    line.append(String(repeating: " ", count: max(0, width - used) + 2))
    line.append(text, style)
    lines.append(line)
  }
}
