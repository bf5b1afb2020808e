import Gherkin
import Testing

@Suite("Spoken languages")
struct LanguageTests {
  @Test("Every keyword of every language opens what it should", arguments: Dialect.languages)
  func keywords(language: String) throws {
    let dialect = try #require(Dialect(language: language))
    #expect(dialect.language == language)
    let outline = dialect.scenarioOutline.map { "\($0): o\n" } + dialect.scenario.map { "\($0): o\n" }
    var source = "# language: \(language)\n\(dialect.feature[0]): f\n\(dialect.background[0]): b\n"
    source += outline.joined()
    let steps = dialect.stepKeywords
    for (keyword, _) in steps { source += "\(keyword)x\n" }
    for examples in dialect.examples { source += "\(examples):\n|a|\n" }
    for rule in dialect.rule { source += "\(rule): r\n" }
    let result = GherkinParser().parse(source, uri: "x.feature")
    #expect(result.errors.isEmpty)
    let feature = try #require(result.document?.feature)
    #expect(feature.language == language)
    #expect(feature.background != nil)
    #expect(feature.scenarios.count == outline.count)
    #expect(feature.rules.count == dialect.rule.count)
    let scenario = try #require(feature.scenarios.last)
    #expect(scenario.examples.count == dialect.examples.count)
    #expect(scenario.steps.map(\.keyword) == steps.map(\.keyword))
    #expect(scenario.steps.map(\.keywordType) == steps.map(\.type))
  }

  @Test("Every feature keyword opens a feature", arguments: Dialect.languages)
  func features(language: String) throws {
    let dialect = try #require(Dialect(language: language))
    for keyword in dialect.feature {
      #expect(GherkinParser(dialect: dialect).parse("\(keyword): f\n", uri: "x").document?.feature?.keyword == keyword)
    }
  }

  @Test(
    "The language may be written with blanks or without",
    arguments: ["#language:fr", "  #  language  :  fr  ", "# language: fr"])
  func spelling(line: String) {
    let document = GherkinParser().parse("\(line)\nFonctionnalité: a\n", uri: "x.feature").document
    #expect(document?.feature?.language == "fr")
  }

  @Test("A language below the feature is a comment")
  func comment() {
    let document = GherkinParser().parse("Feature: a\n# language: fr\n", uri: "x.feature").document
    #expect(document?.comments.map(\.text) == ["# language: fr"])
  }
}
