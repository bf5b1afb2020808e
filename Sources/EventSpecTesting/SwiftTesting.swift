#if canImport(Testing)
  public import EventSpec
  public import Testing

  extension SpecCase {
    /// Runs the scenario and records an issue for everything that is wrong, at its line of the spec file.
    ///
    /// - Throws: Where the scenario is tagged `@skip`, which cancels the case.
    public func check() async throws {
      let report = await run()
      if report.isSkipped { try Test.cancel("@skip") }
      for issue in report.issues {
        Issue.record(Comment(rawValue: issue.message), sourceLocation: location(of: issue))
      }
    }

    private func location(of issue: SpecIssue) -> SourceLocation {
      guard let place = issue.place else { return SourceLocation.of("specs/eventspec", root + "/Package.swift", 1, 1) }
      return SourceLocation.of(SpecIssue.relative(place.file, root: root), place.file, place.line, place.column)
    }
  }

  extension SpecCase: CustomTestStringConvertible {
    /// The scenario's name and place.
    public var testDescription: String { title }
  }

  extension Scenario {
    /// Runs the scenario and records an issue for everything that is wrong, at the line of Swift that asks for it.
    public func verify() async {
      let result = await run()
      for failure in result.failures {
        let place = failure.location
        Issue.record(
          Comment(rawValue: FailureText.describe(failure, in: result)),
          sourceLocation: SourceLocation.of(place.file, place.file, place.line, place.column))
      }
    }
  }

  extension SourceLocation {
    /// A place that the framework accepts: a file id with a slash inside, line and column from 1.
    fileprivate static func of(_ fileID: String, _ filePath: String, _ line: Int, _ column: Int) -> SourceLocation {
      var id = fileID
      while id.hasPrefix("/") { id.removeFirst() }
      let parts = id.split(separator: "/", omittingEmptySubsequences: true)
      let sound = parts.count >= 2 ? parts.joined(separator: "/") : "specs/" + (parts.first.map(String.init) ?? "spec")
      return SourceLocation(fileID: sound, filePath: filePath, line: max(1, line), column: max(1, column))
    }
  }
#endif
