#if canImport(XCTest)
  public import EventSourcing
  internal import EventSpec
  public import XCTest

  /// Runs spec files under XCTest.
  ///
  /// ```swift
  /// import EventSpecTesting
  /// import XCTest
  ///
  /// final class OrderingSpecs: SpecTestCase {
  ///   func testSpecs() async { await XCTSpecs.check(in: "specs", domain: ordering, for: self) }
  /// }
  /// ```
  ///
  /// Each scenario is a test case of its own, named after it and its place, that fails at its line of the spec file. All
  /// scenarios run, whatever fails. In a ``SpecTestCase`` they are counted as well; any other `XCTestCase` counts as one
  /// test, which fails where a scenario does. On Apple's platforms, whose XCTest has no room for that, the method is the test
  /// case, and each failure names its scenario.
  ///
  /// XCTest can only choose among methods that it knew when it was built. To run one scenario, set the environment variable
  /// `EVENTSPEC_ONLY` to its `FILE:LINE` or its name; a file or a folder will do too.
  public enum XCTSpecs {
    /// Runs all specs of a folder or file and records everything that is wrong.
    ///
    /// - Parameters:
    ///   - path: The folder or file; a relative path starts at the root of the package that the test belongs to.
    ///   - domain: The domain.
    ///   - tags: A tag expression that chooses scenarios, such as `"not @slow"`.
    ///   - tool: How the package's own tool is started, such as `"swift run shop"`.
    ///   - testCase: The test case that runs.
    ///   - filePath: The test's file, from which the package's root is found.
    ///   - line: The line that asks for it.
    public static func check(
      in path: String = "specs", domain: Domain, tags: String = "", tool: String? = nil, for testCase: XCTestCase,
      filePath: String = #filePath, line: Int = #line
    ) async {
      let specs = SpecCase.all(in: path, domain: domain, tags: tags, tool: tool, filePath: filePath)
      #if canImport(ObjectiveC)
        for spec in specs {
          for issue in await spec.run().issues {
            let place = XCTSourceCodeLocation(
              filePath: file(of: issue, in: spec), lineNumber: max(1, issue.place?.line ?? 1))
            testCase.record(
              XCTIssue(
                type: .assertionFailure, compactDescription: "\(title(of: spec)): \(issue.message)",
                sourceCodeContext: XCTSourceCodeContext(location: place)))
          }
        }
      #else
        await check(specs, for: testCase, as: ScenarioTestCase.self, filePath: filePath, line: line)
      #endif
    }

    static func title(of spec: SpecCase) -> String {
      TerminalText(escaping: spec.title).description + (spec.isSkipped ? ", skipped by its tag" : "")
    }

    static func file(of issue: SpecIssue, in spec: SpecCase) -> String {
      issue.place?.file ?? spec.root + "/Package.swift"
    }
  }

  #if canImport(ObjectiveC)
    /// A test case whose methods run specs.
    open class SpecTestCase: XCTestCase {}
  #endif
#endif
