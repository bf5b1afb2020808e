internal import Dispatch
internal import EventSpecREPL
internal import Synchronization

/// Lets Ctrl-C and `kill` end a run: the first time with its reports complete, the second time at once.
final class Interruption: Sendable {
  private let requests = Atomic<Int>(0)
  private let hasEnded = DispatchSemaphore(value: 0)
  private let streams: StandardStreams

  /// Prepares for a run.
  ///
  /// - Parameter streams: Where it is said that the run ends.
  init(_ streams: StandardStreams) { self.streams = streams }

  /// Whether somebody wants the run to end.
  var isRequested: Bool { requests.load(ordering: .relaxed) > 0 }

  /// Watches for signals until the run is over, its reports included.
  func watch<Result>(while run: () async throws -> Result) async rethrows -> Result {
    let monitor = InterruptMonitor { [self] _ in
      request()
      hasEnded.wait()
    }
    let interrupt: @Sendable (Int) -> Void = { [self] count in
      if count > 1 { TerminationSignal.interrupt.endProcess() }
      request()
    }
    return try await monitor.watch(onInterrupt: interrupt) {
      defer { hasEnded.signal() }
      return try await run()
    }
  }

  private func request() {
    guard requests.add(1, ordering: .relaxed).oldValue == 0 else { return }
    streams.error.write("\nThe run ends with the scenarios under way; once more, and it ends at once.\n")
    streams.error.flush()
  }
}
