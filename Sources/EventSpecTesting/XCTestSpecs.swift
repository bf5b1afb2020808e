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
  /// final class OrderingSpecs: XCTestCase {
  ///   func testSpecs() async { await XCTSpecs.check(in: "specs", domain: ordering, for: self) }
  /// }
  /// ```
  ///
  /// XCTest on Linux knows its test cases when it is built, so that the scenarios of a folder are one test case there;
  /// each failure stands at its line of the spec file and names its scenario. All scenarios run, whatever fails.
  public enum XCTSpecs {
    /// Runs all specs of a folder or file and records everything that is wrong.
    ///
    /// - Parameters:
    ///   - path: The folder or file; a relative path starts at the root of the package that the test belongs to.
    ///   - domain: The domain.
    ///   - tags: A tag expression that chooses scenarios, such as `"not @slow"`.
    ///   - testCase: The test case that runs.
    ///   - filePath: The test's file, from which the package's root is found.
    public static func check(
      in path: String = "specs", domain: Domain, tags: String = "", for testCase: XCTestCase,
      filePath: String = #filePath
    ) async {
      for spec in SpecCase.all(in: path, domain: domain, tags: tags, filePath: filePath) {
        let report = await spec.run()
        for issue in report.issues { record(issue, of: spec, for: testCase) }
      }
    }

    private static func record(_ issue: SpecIssue, of spec: SpecCase, for testCase: XCTestCase) {
      let file = issue.place?.file ?? spec.root + "/Package.swift"
      let line = max(1, issue.place?.line ?? 1)
      let message = "\(spec.title): \(issue.message)"
      #if canImport(ObjectiveC)
        let context = XCTSourceCodeContext(location: XCTSourceCodeLocation(filePath: file, lineNumber: line))
        testCase.record(
          XCTIssue(type: .assertionFailure, compactDescription: message, sourceCodeContext: context))
      #else
        testCase.recordFailure(withDescription: message, inFile: file, atLine: line, expected: true)
      #endif
    }
  }
#endif
