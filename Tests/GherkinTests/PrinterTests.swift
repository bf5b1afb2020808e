import Gherkin
import Testing

@Suite("Printing")
struct PrinterTests {
  private func format(_ source: String) -> String? {
    GherkinPrinter.format(Array(source.utf8), uri: "x.feature").bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("The canonical form indents, aligns and keeps comments")
  func canonicalForm() {
    let source = """


      #language:en
      # about
      @a   @b #why
      Feature:   Orders
      Some words
        indented words
      Background:
      * x
      @t
      Scenario:  one
      # note
      Given   a table
      |a|漢字 |
      |longer cell||
          \"""  json
          {
            "a": 1

         less
          }
          \"""
      Then done


      Then really
      Scenario Outline: two
      Given <x>
      # on the examples
      Examples:
      |x|
      |1|
      Rule: three
      Example: four
      When y
      """
    let expected = """
      # language: en
      # about
      @a @b #why
      Feature: Orders
        Some words
          indented words

        Background:
          * x

        @t
        Scenario: one
          # note
          Given a table
            | a           | 漢字 |
            | longer cell |      |
            \"""json
            {
              "a": 1

            less
            }
            \"""
          Then done

          Then really

        Scenario Outline: two
          Given <x>
          # on the examples
          Examples:
            | x |
            | 1 |

        Rule: three

          Example: four
            When y

      """
    #expect(format(source) == expected)
    expectSoundFormatting(of: Array(source.utf8), uri: "x.feature")
  }

  @Test("Line ends and a byte order mark stay")
  func lineEnds() {
    #expect(format("\u{FEFF}Feature: a\r\n\r\n\r\nScenario: b\r\n") == "\u{FEFF}Feature: a\r\n\r\n  Scenario: b\r\n")
  }

  @Test("A step keeps its blanks where fewer would change its keyword")
  func steps() {
    let source = "# language: fr\nFonctionnalité: a\n\n  Scénario: b\n    Etant donné   que c\n"
    #expect(format(source) == source)
  }

  @Test(
    "What means nothing is kept",
    arguments: ["| a | b | c", "| a\\ | b |", "|", "\"\"\"\n\"\"\" more", "```\n\\`\\`\\`\n```"])
  func leftovers(argument: String) {
    expectSoundFormatting(of: Array("Feature: a\nScenario: b\nGiven c\n\(argument)\n".utf8), uri: "x.feature")
  }

  @Test("A source with errors is not formatted")
  func errors() {
    let result = GherkinPrinter.format(Array("nonsense".utf8), uri: "x.feature")
    #expect(result.bytes == nil)
    #expect(result.errors.count == 1)
  }

  @Test("A very wide cell does not widen the whole table")
  func wideCells() throws {
    let rows = "| \(String(repeating: "x", count: 5000)) |\n" + String(repeating: "| y |\n", count: 1000)
    let formatted = try #require(format("Feature: a\nScenario: b\nGiven c\n" + rows))
    #expect(formatted.utf8.count < 30_000)
  }

  @Test("Edits leave all else byte for byte")
  func edits() throws {
    let source = Array("Feature: a\r\n  Scenario:   b\n\tGiven c\n".utf8)
    let document = try #require(GherkinParser().parse(source, uri: "x.feature").document)
    let step = try #require(document.feature?.scenarios.first?.steps.first)
    let edits = [
      SourceEdit(range: step.textRange.bytes, text: "ç"), SourceEdit(range: 0..<0, text: "# new\n"),
    ]
    let edited = try #require(GherkinPrinter.applying(edits, to: source))
    #expect(String(decoding: edited, as: UTF8.self) == "# new\nFeature: a\r\n  Scenario:   b\n\tGiven ç\n")
    #expect(GherkinPrinter.applying([SourceEdit(range: 0..<999, text: "")], to: source) == nil)
    let overlapping = [SourceEdit(range: 0..<5, text: ""), SourceEdit(range: 3..<7, text: "")]
    #expect(GherkinPrinter.applying(overlapping, to: source) == nil)
  }

  @Test("New scenarios read back as they were meant, and are in canonical form")
  func newScenarios() throws {
    let contents = ["", "\n", "one\n\n  two", "say \"\"\" and \\\"\\\"\\\"", "```", "\\`\\`\\` and \"\"\""]
    let steps = contents.map { NewStep(keyword: "Given", text: "text", docString: $0, mediaType: "json") }
    let table = [["a|b", "c\\d"], ["e\nf"]]
    let scenario = NewScenario(
      name: "one\ntwo", tags: ["@t"], steps: steps + [NewStep(keyword: "Then", text: "x", table: table)])
    let text = NewFeature(name: "Saved", scenarios: [scenario]).text
    let feature = try #require(GherkinParser().parse(text, uri: "x.feature").document?.feature)
    let read = try #require(feature.scenarios.first)
    #expect(feature.name == "Saved")
    #expect(read.name == "one two")
    #expect(read.steps.compactMap(\.docString?.content) == ["", "\n", "one\n\n  two"] + contents[3...])
    #expect(read.steps.last?.dataTable?.rows.map { $0.cells.map(\.value) } == [["a|b", "c\\d"], ["e\nf", ""]])
    #expect(format(text) == text)
  }

  @Test(
    "A scenario is added behind the others, before the rules",
    arguments: [
      ("Feature: a", "Feature: a\n\n  Scenario: n\n    When x\n"),
      ("Feature: a\n", "Feature: a\n\n  Scenario: n\n    When x\n"),
      ("Feature: a\n\n", "Feature: a\n\n  Scenario: n\n    When x\n"),
      ("Feature: a\r", "Feature: a\r\n\n  Scenario: n\n    When x\n"),
      ("Feature: a\r\nScenario: b\r\n", "Feature: a\r\nScenario: b\r\n\r\n  Scenario: n\r\n    When x\r\n"),
      (
        "Feature: a\n  Scenario: b\n\n  # c\n  @t\n  Rule: c\n    Scenario: d\n",
        "Feature: a\n  Scenario: b\n\n  Scenario: n\n    When x\n\n  # c\n  @t\n  Rule: c\n    Scenario: d\n"
      ),
    ])
  func adding(source: String, expected: String) throws {
    let scenario = NewScenario(name: "n", steps: [NewStep(keyword: "When", text: "x")])
    let bytes = try #require(GherkinPrinter.adding(scenario, to: Array(source.utf8), uri: "x.feature").bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test("To what is no sound feature nothing is added", arguments: ["nonsense\n", "# only a comment\n"])
  func addingToErrors(source: String) {
    let scenario = NewScenario(name: "n", steps: [])
    #expect(GherkinPrinter.adding(scenario, to: Array(source.utf8), uri: "x.feature").bytes == nil)
  }
}
