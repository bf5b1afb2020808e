import Banking
import EventSourcing
@testable import EventSpec
import Foundation
import Ordering
import Testing

/// Each kind of failure has a spec that fails so, and what a person reads of it, in `Tests/Golden/FailureReports`.
///
/// With `EVENTSPEC_UPDATE_GOLDEN` in the environment the texts are written anew: look at what has changed.
@Suite("Failure reports")
struct FailureReportTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Golden/FailureReports")
  private static let domain = Domain.merging([ordering, banking, faulty])

  @Test("say of each kind of failure what a person must know", arguments: Failure.Kind.allCases)
  func golden(kind: Failure.Kind) async throws {
    let file = Self.folder.appendingPathComponent("\(kind.rawValue).feature")
    let content = try Data(contentsOf: file)
    let plan = SpecFilePlan(
      FoundSpec(path: "specs/\(kind.rawValue).feature"), content: Array(content), options: RunOptions(),
      keepsContent: false)
    try #require(!plan.entries.isEmpty)
    var scratch = ScenarioRunner.Scratch()
    var text = StyledText(isColored: false)
    for entry in plan.entries {
      let result = await ScenarioRunner(Self.domain).run(entry, of: plan, scratch: &scratch)
      if kind == .unresolved {
        #expect(result.status == .unresolved)
      } else {
        #expect(result.failures.map(\.kind).contains(kind))
      }
      FailureReport().write(result, to: &text)
    }
    let golden = Self.folder.appendingPathComponent("\(kind.rawValue).txt")
    if ProcessInfo.processInfo.environment["EVENTSPEC_UPDATE_GOLDEN"] != nil {
      try Data(text.text.utf8).write(to: golden)
    }
    #expect(text.text == (try String(contentsOf: golden, encoding: .utf8)))
  }

  @Test("have no file for a kind that there is not")
  func noneLeft() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).map {
      String($0.prefix { $0 != "." })
    }
    #expect(Set(names) == Set(Failure.Kind.allCases.map(\.rawValue)))
  }
}
