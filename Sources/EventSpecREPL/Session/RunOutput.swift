internal import Synchronization

/// Collects what a run of specs reports.
final class RunOutput: Sendable {
  private let content = Mutex("")

  var text: String { content.withLock { $0 } }

  func add(_ text: String) { content.withLock { $0 += text } }
}
