internal import CLibEdit

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A signal that tells the process to end.
package enum TerminationSignal: Sendable, Hashable {
  /// SIGHUP: the terminal is gone.
  case hangup
  /// SIGTERM: somebody asked the process to end.
  case terminate
  /// SIGINT, where it means no less than the end of the process.
  case interrupt

  init?(number: Int32) {
    switch number {
    case SIGHUP: self = .hangup
    case SIGTERM: self = .terminate
    default: return nil
    }
  }

  private var number: Int32 {
    switch self {
    case .hangup: SIGHUP
    case .terminate: SIGTERM
    case .interrupt: SIGINT
    }
  }

  /// Ends the process by the signal, so that its parent sees what ended it.
  package func endProcess() -> Never {
    eventspec_signals_end_process(number)
    // Only reached where the signal is blocked by the parent.
    exit(128 + number)
  }
}
