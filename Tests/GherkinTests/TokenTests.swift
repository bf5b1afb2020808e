import Gherkin
import Testing

@Suite("Tokens")
struct TokenTests {
  @Test("Each line gives one token, in the official form")
  func tokens() {
    let source =
      "# language: en\n@a @b\nFeature: f\n\n  text\n  Scenario: s\n    * x\n      | a | \\| |\n      ```x\n        y\n      ```\n"
    var forms: [String] = []
    let errors = GherkinParser().scanTokens(Array(source.utf8), uri: "x.feature") { forms.append($0.officialForm) }
    #expect(errors.isEmpty)
    #expect(
      forms == [
        "(1:1)Language:/en/", "(2:1)TagLine://1:@a,4:@b", "(3:1)FeatureLine:()Feature/f/", "(4:1)Empty://",
        "(5:1)Other:/  text/", "(6:3)ScenarioLine:()Scenario/s/", "(7:5)StepLine:(Unknown)* /x/",
        "(8:7)TableRow://9:a,13:|", "(9:7)DocStringSeparator:()```/x/", "(10:1)Other:/  y/",
        "(11:7)DocStringSeparator:()```//", "EOF",
      ])
  }

  @Test("Lines that may not stand where they do give errors and no tokens")
  func errors() {
    var kinds: [TokenKind] = []
    let errors = GherkinParser().scanTokens(Array("x\nFeature: f\n".utf8), uri: "x.feature") { kinds.append($0.kind) }
    #expect(errors.map(\.code) == [.unexpectedToken])
    #expect(kinds == [.featureLine, .endOfFile])
  }
}
