internal import EventSpec
internal import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Something that bytes are written to: standard output, a file, or a buffer in a test.
package final class OutputStream: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    var failure: String?
    var isClosed = false
  }

  /// Whether what is written shows on a terminal.
  package let isTerminal: Bool
  private let descriptor: Int32?
  private let name: String
  private let ownsDescriptor: Bool
  private let state = Mutex(State())
  private static let size = 1 << 16

  /// Takes an open file.
  init(descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
    ownsDescriptor = false
    isTerminal = isatty(descriptor) == 1
  }

  /// Creates a file, or empties the one that is there.
  init(creating path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw CallFailure(message: "'\(path)' cannot be written: \(SpecFinder.message(errno))")
    }
    self.descriptor = descriptor
    name = "'\(path)'"
    ownsDescriptor = true
    isTerminal = isatty(descriptor) == 1
  }

  /// Collects what is written.
  package init(isTerminal: Bool = false) {
    descriptor = nil
    name = "memory"
    ownsDescriptor = false
    self.isTerminal = isTerminal
  }

  deinit {
    if ownsDescriptor, let descriptor { close(descriptor) }
  }

  /// Why the file could not be written; nil where all went well.
  var failure: String? { state.withLock { $0.failure } }

  /// All that was collected, as text.
  package var text: String { state.withLock { String(decoding: $0.buffer, as: UTF8.self) } }

  package func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in state.withLock { append(bytes, to: &$0) } }
  }

  package func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { bytes in state.withLock { append(bytes, to: &$0) } }
  }

  package func flush() { state.withLock { empty(&$0) } }

  private func append(_ bytes: UnsafeBufferPointer<UInt8>, to state: inout State) {
    if state.isClosed { return }
    if descriptor != nil && bytes.count >= Self.size {
      empty(&state)
      put(bytes, &state)
      return
    }
    state.buffer.append(contentsOf: bytes)
    if descriptor != nil && state.buffer.count >= Self.size { empty(&state) }
  }

  private func empty(_ state: inout State) {
    guard descriptor != nil, !state.buffer.isEmpty else { return }
    let buffer = state.buffer
    buffer.withUnsafeBufferPointer { put($0, &state) }
    state.buffer.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: UnsafeBufferPointer<UInt8>, _ state: inout State) {
    guard let descriptor, !state.isClosed else { return }
    let code = FileWriting.writeAll(UnsafeRawBufferPointer(bytes), to: descriptor)
    guard code != 0 else { return }
    // A reader that has gone away wants no more: that is no error.
    if code != EPIPE { state.failure = "\(name) cannot be written: \(SpecFinder.message(code))" }
    state.isClosed = true
  }
}

/// Where a command's results and diagnostics go.
package struct StandardStreams: Sendable {
  package let output: OutputStream
  package let error: OutputStream

  package init(output: OutputStream, error: OutputStream) {
    self.output = output
    self.error = error
  }

  /// The process's own streams; a reader that goes away does not kill the process.
  package static let standard: StandardStreams = {
    signal(SIGPIPE, SIG_IGN)
    return StandardStreams(
      output: OutputStream(descriptor: STDOUT_FILENO, name: "standard output"),
      error: OutputStream(descriptor: STDERR_FILENO, name: "standard error"))
  }()

  /// Says what is wrong with the call.
  func diagnose(_ message: String) {
    output.flush()
    error.write("\(ToolIdentity.name): \(TerminalText(escapingLines: message))\n")
    error.flush()
  }
}
