/// The kind of a line, as the grammar of Gherkin tells lines apart.
public enum TokenKind: String, Hashable, Sendable, CaseIterable {
  /// The end of the source.
  case endOfFile = "EOF"
  /// A line of blanks only.
  case empty = "Empty"
  /// A comment.
  case comment = "Comment"
  /// A line of tags.
  case tagLine = "TagLine"
  /// The line that opens a feature.
  case featureLine = "FeatureLine"
  /// The line that opens a rule.
  case ruleLine = "RuleLine"
  /// The line that opens a background.
  case backgroundLine = "BackgroundLine"
  /// The line that opens a scenario or an outline.
  case scenarioLine = "ScenarioLine"
  /// The line that opens a table of examples.
  case examplesLine = "ExamplesLine"
  /// A step.
  case stepLine = "StepLine"
  /// The line that opens or closes a doc string.
  case docStringSeparator = "DocStringSeparator"
  /// A row of a data table or of an examples table.
  case tableRow = "TableRow"
  /// The line that names the spoken language.
  case language = "Language"
  /// Any other line: of a description or of a doc string.
  case other = "Other"

  /// What a line of this kind is called in a sentence.
  var phrase: String {
    switch self {
    case .endOfFile: "the end of the file"
    case .empty: "an empty line"
    case .comment: "a comment"
    case .tagLine: "tags"
    case .featureLine: "a feature"
    case .ruleLine: "a rule"
    case .backgroundLine: "a background"
    case .scenarioLine: "a scenario"
    case .examplesLine: "examples"
    case .stepLine: "a step"
    case .docStringSeparator: "a doc string"
    case .tableRow: "a table row"
    case .language: "a language"
    case .other: "text"
    }
  }
}
