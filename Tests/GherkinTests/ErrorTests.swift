import Gherkin
import Testing

@Suite("Errors")
struct ErrorTests {
  private func messages(_ source: String) -> [String] {
    GherkinParser().parse(source, uri: "bad.feature").errors.map(\.message)
  }

  @Test("A tag with a blank is reported at the tag, and its line as unexpected")
  func tagWithBlank() {
    #expect(
      messages("Feature: a\n\n  @one @two three\n  Scenario: b\n    Given c\n    @x y\n    Given d\n") == [
        "(3:8): A tag may not contain whitespace", "(6:5): A tag may not contain whitespace",
        "(6:5): expected: #EOF, #TableRow, #DocStringSeparator, #StepLine, #TagLine, #ExamplesLine, #ScenarioLine, "
          + "#RuleLine, #Comment, #Empty, got '@x y'",
      ])
  }

  @Test("Rows of different lengths are reported once for each table, at the row")
  func inconsistentCells() {
    let source = "Feature: a\nScenario: b\nGiven c\n| 1 | 2 |\n| 1 |\n|1|2|3|\nGiven d\n | 1 |\n | 1 | 2 |\n"
    #expect(
      messages(source) == [
        "(5:1): inconsistent cell count within the table", "(9:2): inconsistent cell count within the table",
      ])
  }

  @Test("Parsing stops at the eleventh error")
  func eleven() {
    let source = "Feature: a\nScenario: b\nGiven c\n" + (1...20).map { "nonsense \($0)\n" }.joined()
    let errors = GherkinParser().parse(source, uri: "bad.feature").errors
    #expect(errors.count == 11)
    #expect(errors.last?.found == "nonsense 11")
  }

  @Test("In a background no examples are expected")
  func background() {
    #expect(
      messages("Feature: a\nBackground:\nGiven c\nnonsense\n") == [
        "(4:1): expected: #EOF, #TableRow, #DocStringSeparator, #StepLine, #TagLine, #ScenarioLine, #RuleLine, #Comment, "
          + "#Empty, got 'nonsense'"
      ])
  }

  @Test(
    "What may follow a step's arguments depends on them",
    arguments: [
      ("|a|\n", "#TableRow, #DocStringSeparator, "), ("\"\"\"\n\"\"\"\n", "#TableRow, "),
      ("|a|\n```\n```\n", ""), ("\"\"\"\n\"\"\"\n|a|\n", "#TableRow, "),
    ])
  func arguments(argument: String, expected: String) throws {
    let message = try #require(messages("Feature: a\nScenario: b\nGiven c\n\(argument)nonsense\n").first)
    #expect(message.contains("expected: #EOF, \(expected)#StepLine, #TagLine, #ExamplesLine, #ScenarioLine, "))
  }

  @Test("A file that ends too early says what must follow, without a column")
  func endOfFile() throws {
    let error = try #require(GherkinParser().parse("# language: en\n@a\n", uri: "bad.feature").errors.first)
    #expect(error.message == "(3:0): unexpected end of file, expected: #TagLine, #FeatureLine, #Comment, #Empty")
    #expect(error.code == .unexpectedEndOfFile)
    let envelope = String(decoding: GherkinMessages.parseError(error, uri: "x"), as: UTF8.self)
    #expect(envelope.contains(#""location":{"line":3}"#))
  }

  @Test("An unknown language is reported with the closest known one, and the rest is read in English")
  func language() throws {
    let result = GherkinParser().parse("# language: frr\nFeature: a\n", uri: "bad.feature")
    let error = try #require(result.errors.first)
    #expect(result.errors.count == 1)
    #expect(error.message == "(1:1): Language not supported: frr")
    #expect(error.explanation.contains("did you mean “fr”"))
  }

  @Test("Errors speak to people too")
  func explanation() {
    let errors = GherkinParser().parse("nonsense\n", uri: "bad.feature").errors
    #expect(
      errors.first?.description
        == "1:1: expected the end of the file, a language, tags, a feature, a comment or an empty line, but found “nonsense”"
    )
  }
}
