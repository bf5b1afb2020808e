#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Lines from a pipe, a file, or a terminal that cannot be edited on.
package struct PlainLineReader {
  private let descriptor: Int32
  private let signals: SignalPipe?
  private var bytes: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// Makes a reader.
  ///
  /// - Parameter descriptor: Where to read; standard input if nothing is said.
  package init(descriptor: Int32 = STDIN_FILENO) {
    self.init(descriptor: descriptor, signals: nil)
  }

  init(descriptor: Int32, signals: SignalPipe?) {
    self.descriptor = descriptor
    self.signals = signals
  }

  /// Whether a whole line is at hand, so that reading it does not wait.
  package var hasLine: Bool { bytes[position...].contains(UInt8(ascii: "\n")) }

  /// The next line without its end.
  ///
  /// - Parameter resumed: Called when the process goes on after it was suspended.
  package mutating func readLine(resumed: () -> Void = {}) -> LineInput {
    var searched = position
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        return take(to: end, skipping: 1)
      }
      searched = bytes.count
      if isAtEnd {
        isAtEnd = false
        return position == bytes.count ? .endOfInput : take(to: bytes.count, skipping: 0)
      }
      if let input = awaitInput(resumed: resumed) {
        bytes = []
        position = 0
        return input
      }
      bytes.removeFirst(position)
      searched -= position
      position = 0
      isAtEnd = !fill()
    }
  }

  private mutating func take(to end: Int, skipping: Int) -> LineInput {
    var line = bytes[position..<end]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    position = end + skipping
    do { return .line(try UnreadableText.read(line)) } catch { return .unreadable(error) }
  }

  /// Waits; returns what is to be answered instead of a line if a signal demands it.
  private func awaitInput(resumed: () -> Void) -> LineInput? {
    guard let signals else { return nil }
    while true {
      while let signal = signals.next() {
        if let termination = TerminationSignal(number: signal) { return .terminated(termination) }
        if signal == SIGINT { return .interrupted }
        if signal == SIGCONT { resumed() }
      }
      let ready = signals.wait(for: descriptor)
      if ready.input, !ready.signal { return nil }
    }
  }

  private mutating func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        bytes.append(contentsOf: chunk.prefix(count))
        return true
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      return false
    }
  }
}
