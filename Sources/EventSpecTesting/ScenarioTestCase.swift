#if canImport(XCTest) && !canImport(ObjectiveC)
  public import XCTest

  /// A test case whose methods run specs, so that each scenario counts as a test.
  ///
  /// What ``XCTSpecs`` runs for it stands in place of the method in the number of tests that were run.
  open class SpecTestCase: XCTestCase {
    /// The class of the record of a run, which takes in the scenarios' own.
    open override var testRunClass: AnyClass? { SpecTestRun.self }
  }

  /// The record of a method's run with those of its scenarios.
  final class SpecTestRun: XCTestCaseRun {
    private var scenarios: [XCTestRun] = []

    func add(_ run: XCTestRun) { scenarios.append(run) }

    override var executionCount: Int {
      scenarios.isEmpty ? super.executionCount : scenarios.reduce(0) { $0 + $1.executionCount }
    }
    override var failureCount: Int { scenarios.reduce(super.failureCount) { $0 + $1.failureCount } }
  }

  /// One scenario as a test case, which is run inside of the method that asks for it.
  class ScenarioTestCase: XCTestCase {
    private let title: String
    private var ownRun: XCTestCaseRun?

    required init(name: String, testClosure: @escaping XCTestCaseClosure) {
      title = name
      super.init(name: name, testClosure: testClosure)
    }

    override var name: String { title }
    override var testRun: XCTestRun? { ownRun }

    /// Whether anything was wrong.
    var hasFailed: Bool { !(ownRun?.hasSucceeded ?? true) }

    /// Runs the scenario and tells XCTest when it starts, what is wrong and when it ends.
    func run(_ spec: SpecCase) async -> XCTestRun {
      let run = XCTestCaseRun(test: self)
      ownRun = run
      run.start()
      for issue in await spec.run().issues {
        recordFailure(
          withDescription: issue.message, inFile: XCTSpecs.file(of: issue, in: spec),
          atLine: max(1, issue.place?.line ?? 1), expected: true)
      }
      run.stop()
      return run
    }
  }

  extension XCTSpecs {
    /// Runs specs as test cases of their own inside of a method.
    static func check(
      _ specs: [SpecCase], for testCase: XCTestCase, as type: ScenarioTestCase.Type, filePath: String, line: Int
    ) async {
      var failed = 0
      for spec in specs {
        let scenario = type.init(name: "\(Swift.type(of: testCase)).\(title(of: spec))", testClosure: { _ in })
        let run = await scenario.run(spec)
        (testCase.testRun as? SpecTestRun)?.add(run)
        if scenario.hasFailed { failed += 1 }
      }
      guard failed > 0, !(testCase.testRun is SpecTestRun) else { return }
      testCase.recordFailure(
        withDescription: "\(failed) of \(specs.count) scenarios failed, each as a test case of its own",
        inFile: filePath, atLine: line, expected: true)
    }
  }
#endif
