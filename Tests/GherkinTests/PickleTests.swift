import Gherkin
import Testing

@Suite("Pickles")
struct PickleTests {
  private func pickles(_ source: String) throws -> [Pickle] {
    Array(try #require(GherkinParser().parse(source, uri: "pickles.feature").document).pickles())
  }

  @Test("A conjunction takes the type of the step before, over the backgrounds")
  func types() throws {
    let pickle = try #require(
      pickles(
        """
        Feature: a
          Background:
            Given b
          Rule: c
            Background:
              And d
            Scenario: e
              And f
              When g
              But h
              * i
              And j
        """
      ).first)
    #expect(pickle.steps.map(\.type) == [.context, .context, .context, .action, .action, .unknown, .unknown])
    #expect(pickle.steps.map(\.isFromBackground) == [true, true, false, false, false, false, false])
    #expect(pickle.rule?.name == "c")
  }

  @Test("A first conjunction has no type")
  func leadingConjunction() throws {
    #expect(try pickles("Feature: a\nScenario: b\nAnd c\nThen d\n")[0].steps.map(\.type) == [.unknown, .outcome])
  }

  @Test("A scenario without steps has no background either")
  func withoutSteps() throws {
    let pickle = try pickles("Feature: a\nBackground:\nGiven b\nScenario: c\n")[0]
    #expect(pickle.steps.isEmpty)
  }

  @Test("Values are put into names, texts, tables and doc strings, column by column")
  func substitution() throws {
    let source = """
      Feature: a
        Scenario Outline: <x> and <y>
          Given <x> <z> <<y>>
            | <x> | \\|<y> |
          Then b
            ```<y>
            <x>
            <y>
            ```
          Examples:
            | x   | y   |
            | <y> | 1   |
      """
    let pickle = try pickles(source)[0]
    #expect(pickle.name == "1 and 1")
    #expect(pickle.steps[0].text == "1 <z> <1>")
    #expect(pickle.steps[0].dataTable?.rows[0].cells.map(\.value) == ["1", "|1"])
    #expect(pickle.steps[1].docString?.mediaType == "1")
    #expect(pickle.steps[1].docString?.content == "1\n1")
    #expect(pickle.steps[1].isTextSubstituted == false)
    #expect(pickle.steps[0].astNodeIDs.count == 2)
  }

  @Test("Nested brackets are filled in column by column, twice named columns once")
  func nestedPlaceholders() throws {
    let table = "\nExamples:\n| b | xy | a | a |\n| y | z | <a> | 2 |\n"
    let pickle = try pickles("Feature: f\nScenario Outline: <x<b>> > < <a> <c\nGiven a" + table)[0]
    #expect(pickle.name == "z > < 2 <c")
  }

  @Test("Values that hold each other's placeholders do not grow without bound")
  func runawaySubstitution() throws {
    let names = (0..<60).map { "n\($0)" }
    let values = (1...60).map { "<n\($0)><n\($0)>" }
    let source = """
      Feature: a
      Scenario Outline: b
      Given <n0>
      Examples:
      | \(names.joined(separator: " | ")) |
      | \(values.joined(separator: " | ")) |
      """
    #expect(try pickles(source)[0].steps[0].text.utf8.count < 4 << 20)
  }

  @Test("Ids go on behind the document's")
  func ids() throws {
    let document = try #require(
      GherkinParser(firstID: NodeID(100)).parse("Feature: a\nScenario: b\nGiven c\nScenario: d\nGiven e\n", uri: "x")
        .document)
    #expect(document.feature?.scenarios.map(\.id.number) == [101, 103])
    #expect(document.pickles().map(\.id.number) == [105, 107])
    #expect(document.pickles().nextID == NodeID(108))
  }

  @Test("Undefined placeholders are warned about, each at its place")
  func undefinedPlaceholders() throws {
    let source = """
      Feature: a
        Scenario Outline: <nope>
          Given <x> is < y > or <missing>
            | <cell> |
            '''
        Examples:
          | x |
          | 1 |
      """.replacing("      '''\n", with: "")
    let result = GherkinParser().parse(source, uri: "x.feature")
    #expect(result.warnings.map(\.name) == ["nope", "missing", "cell"])
    #expect(result.warnings.map(\.location) == [2, 3, 4].map { Location(line: $0, column: [0, 0, 21, 27, 9][$0]) })
    #expect(result.warnings[1].stepID == result.document?.feature?.scenarios.first?.steps.first?.id)
  }

  @Test("Placeholders of an outline that has no examples are warned about, in any language")
  func missingExamples() {
    let english = GherkinParser().parse("Feature: a\nScenario Outline: b\nGiven <x>\n", uri: "x.feature").warnings
    #expect(english.map(\.code) == [.missingExamples])
    #expect(english.map(\.location) == [Location(line: 3, column: 7)])
    let german = "# language: de\nFunktionalität: a\nSzenariogrundriss: b\nAngenommen <x>\n"
    #expect(GherkinParser().parse(german, uri: "x.feature").warnings.map(\.name) == ["x"])
  }

  @Test("A scenario without examples has no placeholders")
  func noPlaceholders() {
    #expect(GherkinParser().parse("Feature: a\nScenario: b\nGiven <x>\n", uri: "x.feature").warnings.isEmpty)
  }
}
