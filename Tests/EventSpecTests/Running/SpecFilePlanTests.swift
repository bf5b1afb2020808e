@testable import EventSpec
import Testing

@Suite("A spec file made ready")
struct SpecFilePlanTests {
  private let source = """
    Feature: Numbers

      Background:
        Given one

      Scenario: First
        When two

      @tagged
      Scenario Outline: Second
        When <n>

        Examples:
          | n |
          | 1 |
          | 2 |

        Examples: More
          | n |
          | 3 |

      Rule: A rule

        Scenario: Third
          When three

    """

  private func plan(_ lines: [Int], order: RunOptions.Order = .defined) -> SpecFilePlan {
    SpecFilePlan(
      FoundSpec(path: "a.feature", lines: lines), content: Array(source.utf8), options: RunOptions(order: order),
      keepsContent: false)
  }

  @Test(
    "takes the scenarios that a line means",
    arguments: [
      (6, [0]), (7, [0]), (9, [1, 2, 3]), (10, [1, 2, 3]), (11, [1, 2, 3]), (13, [1, 2]), (14, [1, 2]), (15, [1]),
      (16, [2]), (18, [3]), (20, [3]), (22, [4]), (24, [4]), (1, [0, 1, 2, 3, 4]), (4, [0, 1, 2, 3, 4]),
    ])
  func lines(line: Int, indexes: [Int]) {
    #expect(plan([line]).entries.map(\.index) == indexes)
  }

  @Test("takes the scenarios of several lines, each once, in the file's order")
  func severalLines() {
    #expect(plan([24, 7, 6]).entries.map(\.index) == [0, 4])
  }

  @Test("says where no scenario stands")
  func missingLine() {
    let plan = plan([99])
    #expect(plan.entries.isEmpty)
    #expect(plan.problems.map(\.message) == ["no scenario stands at line 99 of 'a.feature'"])
  }

  @Test("shuffles in a way that a seed repeats")
  func shuffled() {
    let order = plan([], order: .random(seed: 5)).entries.map(\.index)
    #expect(order == plan([], order: .random(seed: 5)).entries.map(\.index))
    #expect(order.sorted() == [0, 1, 2, 3, 4])
    #expect((1...20).contains { plan([], order: .random(seed: $0)).entries.map(\.index) != order })
  }

  @Test("gives all errors of a file that cannot be parsed, with their places")
  func broken() {
    let source = "Feature: A\n  Foo\n  Scenario: B\n    Given c\n    nonsense\n  more nonsense\n"
    let plan = SpecFilePlan(
      FoundSpec(path: "a.feature"), content: Array(source.utf8), options: RunOptions(), keepsContent: false)
    #expect(plan.entries.isEmpty)
    #expect(plan.diagnostics.map(\.location.line) == [5, 6])
  }

  @Test("refuses bytes that are no UTF-8")
  func invalidUTF8() {
    let source = Array("Feature: A\n  Scenario: B".utf8) + [0xFF] + Array("\n    Given c\n".utf8)
    let plan = SpecFilePlan(
      FoundSpec(path: "a.feature"), content: source, options: RunOptions(), keepsContent: false)
    #expect(plan.diagnostics.map(\.location) == [SpecLocation(file: "a.feature", line: 2, column: 14)])
  }

  @Test("says of an unknown placeholder of an outline where it stands")
  func placeholder() {
    let source = "Feature: A\n  Scenario Outline: B\n    Given <c>\n    Examples:\n      | d |\n      | 1 |\n"
    let plan = SpecFilePlan(
      FoundSpec(path: "a.feature"), content: Array(source.utf8), options: RunOptions(), keepsContent: false)
    #expect(plan.placeholders.values.flatMap { $0 }.map(\.location.line) == [3])
  }

  @Test("tells why a file cannot be read")
  func unreadable() throws {
    let missing = SpecFilePlan(FoundSpec(path: "/nowhere/a.feature"), options: RunOptions(), keepsContent: false)
    #expect(missing.diagnostics.map(\.message) == ["the file cannot be read: no such file or folder"])
    #expect(missing.diagnostics.map(\.location.place) == ["/nowhere/a.feature"])
  }
}

@Suite("Scenarios that assert nothing")
struct UndefinedScenarioTests {
  @Test(
    "are found without running them",
    arguments: [
      ([], [nil]), ([.given], [nil]), ([.given, .when], [1]), ([.when, .then], []), ([.given, .then], []),
      ([.when, .when, .then, .when], [3]), ([.when, .given, .when, .then], [0]), ([.when, .given, .then], [0]),
      ([.when, .then, .given, .when, .given, .when], [3, 5]),
    ] as [([StepRole], [Int?])])
  func places(roles: [StepRole], places: [Int?]) {
    #expect(UndefinedScenario.places(in: roles) == places)
  }
}
