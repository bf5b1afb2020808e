internal import Dispatch

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Turns the signals that arrive while a command runs into calls: Ctrl-C cancels the command, and the loss of the
/// terminal leaves time to save what must not be lost.
///
/// ```swift
/// let monitor = InterruptMonitor { _ in recovery.write() }
/// let task = Task { await engine.execute(line) }
/// let answer = await monitor.watch(onInterrupt: { _ in task.cancel() }) { await task.value }
/// ```
package final class InterruptMonitor: Sendable {
  private let signals = SignalPipe()
  private let queue = DispatchQueue(label: "eventspec.signals")
  private let onTermination: @Sendable (TerminationSignal) -> Void

  /// Makes a monitor and installs the signal handlers.
  ///
  /// - Parameter onTermination: Called from another thread when the process is told to end while a command runs.
  ///   When it returns, the process ends.
  package init(onTermination: @escaping @Sendable (TerminationSignal) -> Void) {
    self.onTermination = onTermination
  }

  /// Watches for signals until the body returns.
  ///
  /// - Parameters:
  ///   - onInterrupt: Called from another thread at each Ctrl-C, with the number of them since the body began.
  ///   - body: Runs the command.
  package func watch<Answer>(
    onInterrupt: @escaping @Sendable (Int) -> Void,
    while body: () async throws -> Answer
  ) async rethrows -> Answer {
    let source = DispatchSource.makeReadSource(fileDescriptor: signals.descriptor, queue: queue)
    let interrupts = Counter()
    source.setEventHandler { [signals, onTermination] in
      while let signal = signals.next() {
        if let termination = TerminationSignal(number: signal) {
          onTermination(termination)
          termination.endProcess()
        }
        if signal == SIGINT { onInterrupt(interrupts.increment()) }
      }
    }
    source.activate()
    defer {
      source.cancel()
      // Whoever reads the pipe next must not share it with a handler that still runs.
      queue.sync {}
    }
    return try await body()
  }

  /// Counts on the monitor's queue only.
  private final class Counter: @unchecked Sendable {
    private var count = 0

    func increment() -> Int {
      count += 1
      return count
    }
  }
}
