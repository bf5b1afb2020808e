import Gherkin
import Testing

@Suite("Parsing a small feature")
struct SmallFeatureTests {
  let document: GherkinDocument?

  init() {
    let source = """
      @shop
      Feature: Placing an order

        Background:
          Given OrderCreated(customerID: alice)

        Scenario Outline: A quantity of <quantity>
          When AddItem(quantity: <quantity>)
            | a | b\\|c |
          And something else
          Then error Nothing

          @rare
          Examples:
            | quantity |
            | 0        |
            | -3       |
      """
    document = GherkinParser().parse(source, uri: "small.feature").document
  }

  @Test("The tree has every part with its place")
  func tree() throws {
    let feature = try #require(document?.feature)
    #expect(feature.name == "Placing an order")
    #expect(feature.tags.map(\.name) == ["@shop"])
    #expect(feature.background?.steps.first?.text == "OrderCreated(customerID: alice)")
    let scenario = try #require(feature.scenarios.first)
    #expect(scenario.location == Location(line: 7, column: 3))
    let step = try #require(scenario.steps.first)
    #expect(step.textRange.start == Location(line: 8, column: 10))
    #expect(step.location(ofTextOffset: 8) == Location(line: 8, column: 18))
    let cell = try #require(step.dataTable?.rows.first?.cells.last)
    #expect(cell.value == "b|c")
    #expect(cell.location(ofValueOffset: 2) == Location(line: 9, column: 16))
  }

  @Test("A row of examples makes a pickle with its values and its place")
  func pickles() throws {
    let pickles = Array(try #require(document).pickles())
    #expect(pickles.map(\.name) == ["A quantity of 0", "A quantity of -3"])
    let pickle = try #require(pickles.last)
    #expect(pickle.location == Location(line: 17, column: 7))
    #expect(pickle.tags.map(\.name) == ["@shop", "@rare"])
    #expect(pickle.substitutions.map(\.value) == ["-3"])
    #expect(pickle.steps.map(\.type) == [.context, .action, .action, .outcome])
    #expect(pickle.steps.map(\.isFromBackground) == [true, false, false, false])
    #expect(pickle.steps.map(\.isTextSubstituted) == [false, true, false, false])
    #expect(pickle.steps.map(\.text)[1] == "AddItem(quantity: -3)")
  }
}

@Suite("Dumping a tree")
struct TreeDumpTests {
  @Test("Every node has a line with its place and its extent")
  func dump() {
    let source = "@t\nFeature: Greeting\n  # why\n  Scenario: Hello\n    Given somebody\n      | a |\n"
    #expect(
      GherkinParser().parse(source, uri: "x.feature").document?.treeDump == """
        Feature “Greeting” 1:1-6:12
          Tag “@t” 1:1-1:3
          Scenario “Hello” 4:3-6:12
            Given “somebody” 5:5-6:12
              Row 6:7-6:12
                Cell “a” 6:9-6:10
        Comment “  # why” 3:1-3:8

        """)
  }
}
