internal import CLibEdit

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The pipe into which the signal handlers write: a signal becomes something that one can wait for.
///
/// There is one for the process. Whoever is at work reads it: the editor while a line is typed, an
/// ``InterruptMonitor`` while a command runs.
struct SignalPipe: Sendable {
  /// The reading end, or -1 where there is none.
  let descriptor: Int32

  /// Installs the handlers, if they are not yet.
  init() {
    descriptor = eventspec_signals_install()
  }

  /// The next signal that arrived, if any; never waits.
  func next() -> Int32? {
    var byte: UInt8 = 0
    while true {
      let count = read(descriptor, &byte, 1)
      if count == 1 { return Int32(byte) }
      if count < 0, errno == EINTR { continue }
      return nil
    }
  }

  /// What there is to read.
  struct Readiness {
    var input = false
    var signal = false
  }

  /// Waits until there is input or a signal.
  ///
  /// - Parameters:
  ///   - input: The descriptor of the input.
  ///   - milliseconds: The longest time to wait; `nil` for ever.
  func wait(for input: Int32, milliseconds: Int32? = nil) -> Readiness {
    var descriptors = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&descriptors, 2, milliseconds ?? -1) < 0 {
      // A handler has run and written into the pipe.
      guard errno == EINTR else { return Readiness(input: true) }
    }
    return Readiness(input: descriptors[0].revents != 0, signal: descriptors[1].revents != 0)
  }
}
