import Ordering
import Testing

@testable import EventSpec

@Suite("Lines that were meant to be steps and are none")
struct MisplacedStepsTests {
  private static func plan(_ text: String) -> SpecFilePlan {
    SpecFilePlan(
      FoundSpec(path: "a.feature"), content: Array(text.utf8), options: RunOptions(), keepsContent: false)
  }

  /// What is said of a scenario with a line before its first step.
  private static func said(of line: String) async throws -> [String] {
    let plan = plan(
      """
      Feature: F
        Scenario: S
          \(line)
          When CancelOrder(reason: x, cancelledBy: bob)
          Then error OrderNotFound
      """)
    let entry = try #require(plan.entries.first)
    var scratch = ScenarioRunner.Scratch()
    let runner = ScenarioRunner(ordering)
    let result = await runner.run(entry, of: plan, scratch: &scratch)
    #expect(result.status == .passed)
    #expect(result.diagnostics == runner.check(entry, of: plan, scratch: &scratch).diagnostics)
    #expect(result.diagnostics.allSatisfy { $0.severity == .warning })
    return result.diagnostics.map { "\($0.location.line):\($0.location.column)" }
  }

  @Test(
    "A line of a description that reads like a step is told of",
    arguments: [
      "OrderCreated(customerID: alice)", "given OrderCreated(customerID: alice)", "Givn OrderCreated",
      "Order o1: OrderCreated(customerID: alice)", "Order.OrderCreated(customerID: alice)", "Given\tno events",
      "given the time is 2026-01-01", "but Order o1: OrderCreated",
    ])
  func told(_ line: String) async throws {
    #expect(try await Self.said(of: line) == ["3:5"])
  }

  @Test(
    "Prose is left alone",
    arguments: [
      "Orders are created before they are placed.", "OrderCreated comes first.", "given that nobody minds",
      "An order (see OrderCreated) is there.", "# given OrderCreated(customerID: alice)", "place order",
      "Then and now: a story (in parts)",
    ])
  func prose(_ line: String) async throws {
    // A line that begins with a keyword is a step, whatever it says.
    #expect(try await Self.said(of: line.hasPrefix("Then ") ? "t" + line.dropFirst() : line) == [])
  }

  @Test("A Background's description is looked at once for its file")
  func backgrounds() async throws {
    let plan = Self.plan(
      """
      Feature: F
        Background:
          OrderCreated(customerID: alice)
        Scenario: S
          Then Order: version is 0
        Scenario: T
          Then Order: version is 0
      """)
    var lines: [Int] = []
    var scratch = ScenarioRunner.Scratch()
    for entry in plan.entries {
      lines += await ScenarioRunner(ordering).run(entry, of: plan, scratch: &scratch).diagnostics.map(\.location.line)
    }
    #expect(lines == [3])
  }

  @Test("A line that is nothing at all is told of with what it was most likely meant to be")
  func nothing() {
    func said(of line: String) -> [String] {
      let text = "Feature: F\n  Scenario: S\n    Given no events\n    \(line)\n"
      return Self.plan(text).diagnostics.map { $0.suggestion ?? $0.notes.first ?? "" }
    }
    #expect(said(of: "Tehn version is 1") == ["Then"])
    #expect(said(of: "Scenaro: T") == ["Scenario:"])
    #expect(
      said(of: "When\tno events") == [
        "behind 'When' there must be a blank, and no other character, for the line to be a step"
      ])
    #expect(said(of: "OrderCreated(customerID: alice)") == [""])
  }
}
