import EventSpec
import Synchronization

/// `--accept`: the Then steps of failing scenarios are rewritten to what happened.
final class AcceptingOutcomes: Sendable {
  private let failing = Mutex<[(file: String, indexes: Set<Int>)]>([])

  /// Watches a run.
  var target: ReportTarget {
    ReportTarget(
      FailureCollector { [self] file, index in
        failing.withLock { failing in
          if failing.last?.file == file {
            failing[failing.count - 1].indexes.insert(index)
          } else {
            failing.append((file, [index]))
          }
        }
      }
    ) { _ in }
  }

  /// Rewrites the files of what failed.
  ///
  /// - Returns: Whether something stays that could not be accepted.
  func rewrite(_ context: ToolContext) async throws {
    let acceptance = SpecAcceptance(context.domain)
    for (file, indexes) in failing.withLock({ $0 }) {
      let result = await acceptance.accept(path: file, content: try readFile(file), failing: indexes)
      if let content = result.content { try FileWriting.write(content, to: file) }
      for scenario in result.accepted {
        context.streams.diagnose("accepted '\(scenario.name)' (\(file):\(scenario.location.line))")
      }
      for (scenario, reason) in result.refused {
        context.streams.diagnose("not accepted '\(scenario.name)' (\(file):\(scenario.location.line)): \(reason)")
      }
    }
  }
}
