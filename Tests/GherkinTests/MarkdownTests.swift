import Gherkin
import Testing

@Suite("Markdown with Gherkin")
struct MarkdownTests {
  private let source = """
    `@shop` and `@order`
    # Feature: Orders

    Some prose with a | bar and `@no` tag? Not quite.

    ## Rule: Rules

    `@slow`
    ### Scenario Outline: One

    * Given a table
      | a | b |
      | - | - |
      | 1 | 2 |
      + When <x>
      ```json
      {}
      ```
    - not a step
    - Then done

    #### Examples:

      | x |
      | - |
      | 7 |

    """

  @Test("Headings, list items, tables, fences and tags in code spans are read; prose is not")
  func document() throws {
    let result = GherkinParser().parse(
      source.replacing(" and `@no` tag? Not quite.", with: ""), uri: "orders.feature.md")
    #expect(result.errors.isEmpty)
    let document = try #require(result.document)
    let rule = try #require(document.feature?.rules.first)
    #expect(document.feature?.tags.map(\.name) == ["@shop", "@order"])
    let scenario = try #require(rule.scenarios.first)
    #expect(scenario.tags.map(\.name) == ["@slow"])
    #expect(scenario.location == Location(line: 9, column: 5))
    #expect(scenario.steps.map(\.text) == ["a table", "<x>", "done"])
    #expect(scenario.steps[1].location == Location(line: 15, column: 5))
    #expect(scenario.steps.first?.dataTable?.rows.map { $0.cells.map(\.value) } == [["a", "b"], ["1", "2"]])
    #expect(scenario.steps[1].docString?.content == "{}")
    #expect(document.pickles().map { $0.steps[1].text } == ["7"])
  }

  @Test("The first line names the feature, whatever it is")
  func title() throws {
    let feature = try #require(
      GherkinParser().parse("Orders\n======\n\n# Scenario: a\n", uri: "x.md").document?.feature)
    #expect(feature.name == "Orders")
    #expect(feature.keyword == "")
    #expect(feature.scenarios.count == 1)
  }

  @Test("The same text is no Markdown under another name")
  func otherName() {
    #expect(GherkinParser().parse("# Feature: a\n", uri: "x.feature").document?.feature == nil)
  }

  private func format(_ source: String) -> String? {
    expectSoundFormatting(of: Array(source.utf8), uri: "x.feature.md")
    let bytes = GherkinPrinter.format(Array(source.utf8), uri: "x.feature.md").bytes
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("Formatting brings the lines of Gherkin into canonical form and leaves prose as it is")
  func formatting() {
    let source = """
        `@shop`    `@slow`
        # Feature:   Orders

      Some   prose,


        |a prose|table|
        |-|-|
       and `@no`   tag line of `@its`  own.

      ## Scenario Outline:  one

      *Given   a table\u{20}
       not Gherkin
          |a|漢字 |
       |-|:-:|
         |longer cell||
      1. no step
        +    When x
      ``` json
        {
       }
      ```
      *   Then   done
      #### Examples:
           | x |
      | :-- |
        |<1>|

      """
    let expected = """
      `@shop` `@slow`
      # Feature: Orders

      Some   prose,


        |a prose|table|
        |-|-|
       and `@no`   tag line of `@its`  own.

      ## Scenario Outline: one

      * Given a table
       not Gherkin
        | a           | 漢字 |
        | ----------- | :--: |
        | longer cell |      |
      1. no step
        + When x
          ```json
            {
           }
          ```
      * Then done
      #### Examples:
        | x   |
        | :-- |
        | <1> |

      """
    #expect(format(source) == expected)
    #expect(format(expected) == expected)
  }

  @Test(
    "What means nothing is kept, and nothing starts to mean something",
    arguments: [
      "*Given a", "* Given a\n  | a | b | c", "* Given a\n  |", "* Given a\n     | a |\n| x | - |\n",
      "  ``@a` `@b`\n## Rule: b", "* Given a\n``` `b\n```\n", "* Given a\n    ````\n  ```\n a  \n\n    ````\n",
      "* Given a\n  | a |\n`@t`\n| - |\n### Scenario: c", "*\u{A0}Given a", "## Scenario:\r\n\r*  When b\r\n",
      "\u{FEFF}* Given a", "          - Given a\n  | a |\n  ```\n  ```\n",
      "* Given a\r  ```\r  b\r  \n  c\r  ```\r",
    ])
  func leftovers(lines: String) {
    for title in ["# Feature: a\n## Scenario: b\n", "a\n# Scenario: b\n# Scenario: Feature: b\n", ""] {
      #expect(format(title + lines) != nil || GherkinParser().parse(title + lines, uri: "x.md").document == nil)
    }
  }

  @Test("An empty line of a doc string stays one where the line ends around it would become one")
  func joinedLineEnds() throws {
    let source = "# Feature: a\r## Scenario: b\r* Given c\r  ```\r  d\r \n  e\r  ```\r"
    let formatted = try #require(format(source))
    #expect(formatted == source.replacing("\r \n", with: "\r  \n"))
    let document = try #require(GherkinParser().parse(formatted, uri: "x.feature.md").document)
    #expect(document.feature?.scenarios.first?.steps.first?.docString?.content == "d\n\ne")
  }
}
