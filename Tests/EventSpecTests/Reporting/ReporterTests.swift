@testable import EventSpec
import Foundation
import Testing

/// A made-up run, for reporters that are looked at by themselves.
enum MadeUpRun {
  static let place = SpecLocation(file: "specs/a.feature", line: 3, column: 3)

  static func scenario(_ name: String, line: Int = 3, index: Int = 0) -> ScenarioDescription {
    ScenarioDescription(
      name: name, feature: "A <feature>", tags: ["@order"],
      location: SpecLocation(file: "specs/a.feature", line: line, column: 3), scenarioLine: line, index: index)
  }

  static func step(_ keyword: String, _ text: String, line: Int, _ status: ResultStatus) -> StepResult {
    StepResult(
      keyword: keyword, text: text, location: SpecLocation(file: "specs/a.feature", line: line, column: 5),
      isBackground: false, status: status)
  }

  static var passed: ScenarioResult {
    ScenarioResult(
      scenario: scenario("It passes"), status: .passed,
      steps: [step("When", "PlaceOrder", line: 4, .passed), step("Then", "OrderPlaced", line: 5, .passed)],
      nanoseconds: 2_000_000)
  }

  static var failed: ScenarioResult {
    let failure = Failure(
      .eventsDiffer, "the act's events are others than those stated", stepIndex: 1,
      location: SpecLocation(file: "specs/a.feature", line: 9, column: 5),
      comparison: [
        ComparisonLine(.same, label: "OrderPlaced"),
        ComparisonLine(.differs, depth: 1, label: "totalAmount", expected: "24.98", actual: "19.98"),
        ComparisonLine(.surplus, label: "OrderShipped", actual: "OrderShipped"),
      ],
      stateBefore: [StateDescription(stream: "Order order", version: 2, fields: [("status", "draft")])],
      notes: ["paste: totalAmount: 19.98"])
    return ScenarioResult(
      scenario: scenario("It fails: 100% <&> \u{1B}[31m", line: 7, index: 1), status: .failed,
      steps: [
        step("When", "PlaceOrder", line: 8, .passed), step("Then", "OrderPlaced(totalAmount: 24.98)", line: 9, .failed),
      ],
      failures: [failure], nanoseconds: 3_000_000)
  }

  static var skipped: ScenarioResult {
    ScenarioResult(scenario: scenario("It waits", line: 11, index: 2), status: .skipped, steps: [])
  }

  static var unresolved: ScenarioResult {
    ScenarioResult(
      scenario: scenario("It is misspelt", line: 13, index: 3), status: .unresolved,
      steps: [step("When", "PlaceOder", line: 14, .unresolved)],
      diagnostics: [
        Diagnostic(
          at: SpecLocation(file: "specs/a.feature", line: 14, column: 10), "the domain has nothing called 'PlaceOder'",
          suggestion: "PlaceOrder")
      ])
  }

  static var broken: RunEvent {
    .fileFailed(
      SpecFile(path: "specs/b.feature"),
      [Diagnostic(at: SpecLocation(file: "specs/b.feature", line: 2, column: 1), "expected a step, found 'Foo'")])
  }

  static let all: [RunEvent] = {
    let file = SpecFile(path: "specs/a.feature")
    return [
      .runStarted(RunDescription(toolVersion: "1.2.3", domain: "Ordering", startedAtSeconds: 1_000_000)),
      .fileStarted(file), .scenarioFinished(passed), .scenarioFinished(failed), .scenarioFinished(skipped),
      .scenarioFinished(unresolved), .fileFinished(file), broken,
      .runFinished(RunSummary(passed: 1, failed: 3, skipped: 1, broken: 2, nanoseconds: 6_000_000)),
    ]
  }()

  static func text(of reporter: some Reporter, _ events: [RunEvent] = all) -> String {
    var reporter = reporter
    var text = ""
    for event in events { reporter.report(event) { text += $0 } }
    return text
  }
}

@Suite("Reporters")
struct ReporterTests {
  @Test(
    "end with the sum of the run", arguments: [PrettyReporter() as any Reporter, ProgressReporter(), GitHubReporter()])
  func lastLine(reporter: any Reporter) {
    let lines = MadeUpRun.text(of: reporter).split(separator: "\n")
    #expect(lines.last == "1 passed, 3 failed, 1 skipped")
  }

  @Test("let no control character of a spec through to the terminal")
  func escaping() {
    for reporter in [PrettyReporter() as any Reporter, ProgressReporter(), GitHubReporter(), JUnitReporter()] {
      let text = MadeUpRun.text(of: reporter)
      #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
      #expect(text.contains("\\u{1B}[31m"))
    }
  }

  @Test("colour nothing unless asked to")
  func colour() {
    #expect(!MadeUpRun.text(of: PrettyReporter(isColored: false)).contains("\u{1B}"))
    #expect(MadeUpRun.text(of: PrettyReporter(isColored: true)).contains("\u{1B}[31m"))
  }

  @Test("show a failure where it stands, with what was expected beside what came")
  func failure() {
    let text = MadeUpRun.text(of: PrettyReporter())
    #expect(text.contains("✗ Then OrderPlaced(totalAmount: 24.98)  specs/a.feature:9:5\n"))
    #expect(text.contains("    ≠   totalAmount  24.98     19.98\n"))
    #expect(text.contains("    + OrderShipped             OrderShipped\n"))
    #expect(text.contains("State before the act: Order order, version 2\n      status  draft\n"))
    #expect(text.contains("Open it in the REPL: eventspec repl --at specs/a.feature:7\n"))
    #expect(text.contains("did you mean PlaceOrder?"))
  }

  @Test("draw a sign for each scenario, and failures between them")
  func progress() {
    let text = MadeUpRun.text(of: ProgressReporter())
    #expect(text.hasPrefix(".\n  ✗ It fails"))
    #expect(text.contains("\n-\n  ✗ It is misspelt (cannot be read)  specs/a.feature:13:3\n"))
  }

  @Test("write over one line in a terminal")
  func live() {
    let text = MadeUpRun.text(of: ProgressReporter(isLive: true))
    #expect(text.hasPrefix("\r\u{1B}[K1 passed, 0 failed\r\u{1B}[K  ✗ It fails"))
    #expect(text.hasSuffix("\n1 passed, 3 failed, 1 skipped\n"))
  }

  @Test("annotate files for GitHub, everything escaped that its commands give a meaning")
  func github() {
    let text = MadeUpRun.text(of: GitHubReporter())
    #expect(
      text.hasPrefix(
        "::error file=specs/a.feature,line=9,col=5,title=It fails%3A 100%25 <&> \\u{1B}[31m::the act's events"))
    #expect(text.contains("stated%0A"))
    #expect(text.contains("::error file=specs/b.feature,line=2,col=1,title=Broken spec::expected a step"))
  }

  @Test("write JUnit's XML, well-formed, one case for each scenario and broken file")
  func junit() throws {
    let text = MadeUpRun.text(of: JUnitReporter())
    #expect(text.components(separatedBy: "<testcase ").count - 1 == 5)
    #expect(
      text.contains("<testsuite name=\"A &lt;feature&gt;\" tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\""))
    #expect(text.contains("time=\"0.002000\"/>"))
    #expect(text.contains("type=\"eventsDiffer\">"))
    #expect(text.hasSuffix("</testsuites>\n"))
  }

  @Test("tell rows of an outline and titles of several rules apart in JUnit's XML")
  func junitNames() {
    var row = MadeUpRun.passed
    row.scenario.location.line = 12
    row.scenario.rule = "A rule"
    let text = MadeUpRun.text(
      of: JUnitReporter(), [.scenarioFinished(MadeUpRun.passed), .scenarioFinished(row), .runFinished(RunSummary())])
    #expect(text.contains("name=\"It passes\" classname=\"A &lt;feature&gt;\""))
    #expect(text.contains("name=\"It passes (row at line 12)\" classname=\"A &lt;feature&gt; / A rule\""))
  }

  @Test("print a step with its table and doc string as they could stand in a spec")
  func stepArguments() throws {
    var result = MadeUpRun.failed
    result.steps[0].table = [["name", "note"], ["a|b", "c\\d"]]
    result.steps[1].docString = "one\ntwo"
    let failure = try #require(result.failures.first)
    let lines = FailureText.describe(failure, in: result).split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.contains(#"| a\|b | c\\d |"#))
    #expect(lines.contains("two"))
  }

  @Test("write one JSON object, a scenario a line")
  func json() throws {
    let text = MadeUpRun.text(of: JSONReporter())
    let report = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(report["schema"] as? String == "eventspec-report")
    #expect(report["version"] as? Int == 1)
    let results = try #require(report["results"] as? [[String: Any]])
    #expect(results.map { $0["kind"] as? String } == ["scenario", "scenario", "scenario", "scenario", "brokenFile"])
    #expect(results.map { $0["status"] as? String } == ["passed", "failed", "skipped", "unresolved", nil])
    #expect((report["summary"] as? [String: Any])?["exitCode"] as? Int == 2)
    #expect(text.split(separator: "\n").count == 7)
  }

  @Test("write an empty run")
  func empty() throws {
    let events: [RunEvent] = [.runStarted(RunDescription(toolVersion: "", domain: "")), .runFinished(RunSummary())]
    #expect(MadeUpRun.text(of: PrettyReporter(), events) == "0 passed, 0 failed\n")
    let json = MadeUpRun.text(of: JSONReporter(), events)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.utf8)) }
    #expect(MadeUpRun.text(of: JUnitReporter(), events).hasSuffix("<testsuites name=\"\">\n</testsuites>\n"))
  }
}
