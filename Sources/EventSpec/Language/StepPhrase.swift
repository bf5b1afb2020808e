/// How the phrases begin that win over the domain's names.
enum StepPhrase {
  /// Those of a Then.
  static let outcomes = [
    "no events", "no commands", "events in any order", "events include", "any error", "conflict", "version is", "error",
    "state", "metadata",
  ]
  /// Those of a Given or a When.
  static let history = ["no events", "the time is", "metadata", "stored", "meanwhile"]

  /// Whether a text can hardly be anything but a phrase: it begins with one of several words, or a single one is all of
  /// it or has a bracket or a quote behind it.
  static func begins(_ text: String) -> Bool {
    let text = text.lowercased()
    return (outcomes + history).contains { phrase in
      guard text.hasPrefix(phrase) else { return false }
      let rest = text.dropFirst(phrase.count)
      if phrase.contains(" ") { return rest.first.map { !$0.isLetter } ?? true }
      return rest.isEmpty || rest.hasPrefix("(") || rest.hasPrefix(" \"")
    }
  }
}
