@testable import EventSpecTesting
import EventSourcing
import EventSpec
import Ordering
import Synchronization
import Testing
import XCTest

@Suite("Specs as test cases")
struct TestAdapterTests {
  private static let source = """
    Feature: A
      Scenario: It holds
        When CreateOrder(customerID: alice)
        Then OrderCreated(customerID: alice)

      Scenario: It does not hold
        When CreateOrder(customerID: alice)
        Then OrderCreated(customerID: bob)

      Scenario: It is misspelt
        When CreateOder(customerID: alice)
        Then OrderCreated(customerID: bob)

      @skip
      Scenario: It waits
        Then nonsense

    """

  private func cases(_ folder: TemporaryFolder, tags: String = "", only: String? = nil) -> [SpecCase] {
    SpecCase.all(in: "specs", domain: ordering, tags: tags, root: folder.path, only: only)
  }

  @Test("are one case for each scenario, named after it and its place")
  func titles() throws {
    try withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      #expect(
        cases(folder).map(\.testDescription) == [
          "It holds (specs/a.feature:2)", "It does not hold (specs/a.feature:6)", "It is misspelt (specs/a.feature:10)",
          "It waits (specs/a.feature:15)",
        ])
      #expect(cases(folder, tags: "@skip").count == 1)
    }
  }

  @Test("fail at the line of the spec file")
  func places() async throws {
    try await withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      let file = folder.path + "/specs/a.feature"
      let cases = cases(folder)
      #expect(await cases[0].run().issues.isEmpty)
      let differing = await cases[1].run()
      #expect(differing.issues.first?.place == SpecLocation(file: file, line: 8, column: 5))
      #expect(differing.issues.first?.message.hasPrefix("specs/a.feature:8:5: ") == true)
      let misspelt = await cases[2].run()
      #expect(misspelt.issues.map(\.place) == [SpecLocation(file: file, line: 11, column: 10)])
      #expect(await cases[3].run().isSkipped)
    }
  }

  @Test("record their issues under Swift Testing, each where it stands")
  func swiftTesting() async throws {
    try await withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      let cases = cases(folder)
      // It always runs. The issue is what is tested: without one at just this place the test fails.
      try await withKnownIssue {
        try await cases[1].check()
      } matching: { issue in
        issue.sourceLocation?.fileID == "specs/a.feature" && issue.sourceLocation?.line == 8
          && issue.sourceLocation?.column == 5
      }
    }
  }

  @Test("are test cases of their own under XCTest, each failing where it stands")
  func xctest() async throws {
    try await withFolder { folder in
      try folder.write("Package.swift", content: "")
      try folder.write("specs/a.feature", content: Self.source)
      let method = Recorder(name: "testSpecs", testClosure: { _ in })
      await XCTSpecs.check(cases(folder), for: method, as: QuietScenario.self, filePath: "/Tests/A.swift", line: 7)
      let failures = QuietScenario.failures.withLock { $0 }
      #expect(
        failures.map(\.name) == [
          "Recorder.It does not hold (specs/a.feature:6)", "Recorder.It is misspelt (specs/a.feature:10)",
        ])
      #expect(failures.map(\.line) == [8, 11])
      #expect(failures.allSatisfy { $0.file == folder.path + "/specs/a.feature" })
      // Whoever is no SpecTestCase fails as a whole.
      #expect(method.failures.map(\.line) == [7])
      #expect(method.failures.first?.message == "2 of 4 scenarios failed, each as a test case of its own")
    }
  }

  @Test("count as tests of a SpecTestCase under XCTest")
  func xctestCount() async throws {
    try await withFolder { folder in
      try folder.write(
        "specs/a.feature",
        content: """
          Feature: A
            Scenario: It holds
              When CreateOrder(customerID: alice)
              Then OrderCreated(customerID: alice)

            @skip
            Scenario: It waits
              Then nonsense

          """)
      let method = Counted(name: "testSpecs", testClosure: { _ in })
      let run = try #require((method.testRunClass as? XCTestCaseRun.Type)?.init(test: method))
      method.ownRun = run
      await XCTSpecs.check(in: folder.path + "/specs", domain: ordering, for: method)
      #expect(run.executionCount == 2)
      #expect(run.totalFailureCount == 0)
      (run as? SpecTestRun)?.add(FailedRun(test: method))
      #expect(run.executionCount == 3)
      #expect(run.totalFailureCount == 1)
    }
  }

  @Test("are a failing case where a file is broken, and the others still run")
  func broken() async throws {
    try await withFolder { folder in
      try folder.write("specs/a.feature", content: "Feature: A\n  Scenario: B\n    Given c\n  nonsense\n")
      try folder.write("specs/b.feature", content: Self.source)
      let cases = cases(folder)
      #expect(cases.count == 5)
      #expect(cases[0].testDescription == "specs/a.feature cannot be read")
      let report = await cases[0].run()
      #expect(report.issues.map(\.place?.line) == [4])
    }
  }

  @Test("are a failing case where there is no spec", arguments: ["specs", "nowhere", "specs/a.txt"])
  func empty(path: String) async throws {
    try await withFolder { folder in
      try folder.write("specs/a.txt", content: "")
      let cases = SpecCase.all(in: path, domain: ordering, tags: "", root: folder.path, only: nil)
      #expect(cases.count == 1)
      #expect(await cases[0].run().issues.count == 1)
    }
  }

  @Test("are a failing case where no tag matches, or the expression is wrong", arguments: ["@nobody", "@a @b"])
  func tags(expression: String) async throws {
    try await withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      let cases = cases(folder, tags: expression)
      #expect(cases.count == 1)
      #expect(await cases[0].run().issues.count == 1)
    }
  }

  @Test(
    "are one alone where the environment says so",
    arguments: ["specs/a.feature:7", "a.feature:8", "specs/a.feature:8:5", "It does not hold"])
  func only(selector: String) throws {
    try withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      #expect(cases(folder, only: selector).map(\.testDescription) == ["It does not hold (specs/a.feature:6)"])
    }
  }

  @Test(
    "are those of a file or a folder where the environment names one",
    arguments: [
      ("specs/a.feature", 4), ("a.feature", 4), ("./specs/a.feature", 4), ("specs/deep", 1), ("specs/deep/", 1),
      ("specs", 5),
    ])
  func onlyPath(selector: String, count: Int) throws {
    try withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      try folder.write("specs/deep/b.feature", content: "Feature: b\nScenario: Deep\nThen nonsense\n")
      #expect(cases(folder, only: selector).count == count)
      #expect(
        cases(folder, only: folder.path + "/" + selector.trimmingPrefix("./")).count
          == (selector == "a.feature" ? 1 : count))
    }
  }

  @Test("say what would be right where the environment names nothing", arguments: ["specs/aa.feature:2", "It hold"])
  func onlyWrong(selector: String) async throws {
    try await withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      let message = try #require(await cases(folder, only: selector).first?.run().issues.first?.message)
      #expect(
        message.contains("expected a file, a folder, FILE:LINE or a scenario's name, such as 'specs/a.feature:2'"))
      #expect(
        message.contains(selector == "It hold" ? "did you mean 'It holds'?" : "did you mean 'specs/a.feature:2'?"))
    }
  }

  @Test("say how the package's tool opens what failed, where they were told its name")
  func tool() async throws {
    try await withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      for (tool, hint) in [
        (nil, "'repl --at specs/a.feature:6' of your tool opens it in the REPL"),
        ("swift run shop", "open it in the REPL: swift run shop repl --at specs/a.feature:6"),
      ] {
        let all = SpecCase.all(in: "specs", domain: ordering, tags: "", tool: tool, root: folder.path, only: nil)
        #expect(await all[1].run().issues.first?.message.hasSuffix(hint) == true)
      }
    }
  }

  @Test("are a failing case where the environment names nothing")
  func onlyNothing() async throws {
    try await withFolder { folder in
      try folder.write("specs/a.feature", content: Self.source)
      let cases = cases(folder, only: "specs/b.feature:3")
      #expect(await cases.first?.run().issues.first?.message.contains("EVENTSPEC_ONLY") == true)
    }
  }

  @Test("find the package's root above a test's file")
  func root() throws {
    try withFolder { folder in
      try folder.write("Package.swift", content: "")
      try folder.write("Tests/ATests/A.swift", content: "")
      #expect(packageRoot(above: folder.path + "/Tests/ATests/A.swift") == folder.path)
    }
  }

  @Test("report a scenario written in Swift at its line")
  func typed() async {
    let line = #line + 4
    // It always runs. The issue is what is tested: without one at just this line the test fails.
    await withKnownIssue {
      await Scenario(of: Order.self).when(.createOrder(orderID: UUID(), customerID: UUID()))
        .thenNoEvents()
        .verify()
    } matching: { issue in
      issue.sourceLocation?.line == line
    }
  }
}

/// A method that keeps its failures to itself.
private final class Recorder: XCTestCase {
  private(set) var failures: [(message: String, line: Int)] = []

  override func recordFailure(
    withDescription description: String, inFile filePath: String, atLine lineNumber: Int, expected: Bool
  ) {
    failures.append((description, lineNumber))
  }
}

/// A method whose run is looked at while it runs.
private final class Counted: SpecTestCase {
  var ownRun: XCTestRun?
  override var testRun: XCTestRun? { ownRun }
}

/// The run of a scenario that failed, of which nobody was told.
private final class FailedRun: XCTestCaseRun {
  override var executionCount: Int { 1 }
  override var failureCount: Int { 1 }
}

/// A scenario that keeps its failures to itself.
private final class QuietScenario: ScenarioTestCase {
  static let failures = Mutex<[(name: String, file: String, line: Int)]>([])
  private var failed = false

  override var hasFailed: Bool { failed }

  override func recordFailure(
    withDescription description: String, inFile filePath: String, atLine lineNumber: Int, expected: Bool
  ) {
    failed = true
    Self.failures.withLock { $0.append((name, filePath, lineNumber)) }
  }
}
