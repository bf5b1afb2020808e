import EventSourcing
internal import Gherkin

/// Finds lines of descriptions that were most likely meant to be steps.
///
/// What stands between a title and the first step is prose to Gherkin, so that a first step without its keyword, or with a
/// misspelt one, would vanish without a word. A line is told of where it names what only the domain has: a message with its
/// bracket, or a message or phrase behind something much like a keyword.
struct MisplacedSteps {
  let model: DomainModel

  private static let keywords = ["given", "when", "then", "and", "but"]

  /// What is to be said of a scenario's description, and with the first scenario of a file of those of Backgrounds.
  func diagnostics(_ entry: SpecFilePlan.Entry, of plan: SpecFilePlan) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if entry.pickle.scenario.hasDescription { diagnostics = self.diagnostics(entry.pickle.scenario, plan) }
    guard entry.index == 0, let feature = entry.pickle.feature else { return diagnostics }
    for background in [feature.background] + feature.rules.map(\.background) {
      if let background, background.hasDescription { diagnostics += self.diagnostics(background, plan) }
    }
    return diagnostics
  }

  private func diagnostics(_ node: some TitledNode, _ plan: SpecFilePlan) -> [Diagnostic] {
    node.describedLines.filter { isLikeStep($0.text) }.map { line in
      Diagnostic(
        .warning, at: SpecLocation(plan.file.path, line.location),
        "this line is taken for a description, and not run, though it reads like a step",
        notes: ["a step begins with Given, When, Then, And, But or *, spelt so, and a blank behind it"])
    }
  }

  private func isLikeStep(_ line: String) -> Bool {
    if namesMessage(line, hasBracket: true) { return true }
    guard let end = line.firstIndex(where: { $0 == " " || $0 == "\t" }) else { return false }
    let word = Array(line[..<end].lowercased().utf8)
    let isLikeKeyword = Self.keywords.contains {
      let distance = NearestName.distance(word, Array($0.utf8))
      return distance == 0 || distance == 1 && word.count > 3
    }
    guard isLikeKeyword || line.hasPrefix("*") else { return false }
    let rest = String(line[end...].drop { $0 == " " || $0 == "\t" })
    return namesMessage(rest, hasBracket: false) || StepPhrase.begins(rest)
  }

  /// Whether a text begins with a message's name, behind a stream where it names one.
  private func namesMessage(_ text: String, hasBracket: Bool) -> Bool {
    let bracket = text.firstIndex(of: "(")
    if hasBracket, bracket == nil { return false }
    var name = text[..<(bracket ?? text.endIndex)]
    if let colon = name.lastIndex(of: ":") { name = name[name.index(after: colon)...] }
    if let dot = name.lastIndex(of: ".") { name = name[name.index(after: dot)...] }
    return !model.messages[String(name).trimmed.utf8].isEmpty
  }
}
