public import EventSourcing
internal import Foundation

/// A `StoreLoadClient` that appends to a store in a process of its own.
public final class LoadProcess: @unchecked Sendable {
  private let process = Process()
  private let lines = Lines()

  private final class Lines: @unchecked Sendable {
    private let lock = NSLock()
    private var bytes = Data()
    private let end = DispatchSemaphore(value: 0)

    func add(_ more: Data) { lock.withLock { bytes.append(more) } }
    func finish() { end.signal() }
    func waitForEnd() { _ = end.wait(timeout: .now() + 5) }
    var text: String { lock.withLock { String(decoding: bytes, as: UTF8.self) } }
  }

  /// Starts the process.
  ///
  /// - Parameters:
  ///   - store: The store's address.
  ///   - tasks: How many tasks append.
  ///   - appends: How many appends there are at the most.
  ///   - user: As whom to run it, where the tests run as root.
  public init(store: String, tasks: Int, appends: Int, user: String? = nil) throws {
    let client = try Self.executable()
    let arguments = [store, String(tasks), String(appends)]
    if let user {
      process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
      process.arguments = ["--reuid=\(user)", "--clear-groups", client.path] + arguments
    } else {
      process.executableURL = client
      process.arguments = arguments
    }
    let pipe = Pipe()
    process.standardOutput = pipe
    let lines = lines
    try process.run()
    // A thread of its own: a readability handler that is taken away while its process is killed has crashed in libdispatch.
    let output = pipe.fileHandleForReading.fileDescriptor
    Thread.detachNewThread {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(output, &buffer, buffer.count)
        if count > 0 {
          lines.add(Data(buffer[..<count]))
        } else if count == 0 || errno != EINTR {
          break
        }
      }
      withExtendedLifetime(pipe) {}
      lines.finish()
    }
  }

  /// Where the built client is: beside the tests.
  private static func executable() throws -> URL {
    var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? "").deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("StoreLoadClient")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: "StoreLoadClient"])
  }

  /// What the process has said so far, whole lines only.
  public var output: [Substring] {
    let text = lines.text
    return text.prefix(upTo: text.lastIndex(of: "\n") ?? text.startIndex).split(separator: "\n")
  }

  /// The appends that the process has seen acknowledged.
  public var acknowledged: [Acknowledged] { output.compactMap { Acknowledged(line: $0) } }

  /// Kills the process as `kill -9` does, and waits for its end.
  public func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
    wait()
  }

  /// Waits for the process's end, and for the rest of what it said.
  public func wait() {
    process.waitUntilExit()
    lines.waitForEnd()
  }
}

/// An append that was acknowledged.
public struct Acknowledged: Sendable {
  /// The stream.
  public var stream: StreamName
  /// The stream's version behind it.
  public var version: Int
  /// The position of its last event.
  public var position: UInt64
  /// The ids of its events.
  public var ids: [UUID]

  /// Makes a note of an append.
  public init(stream: StreamName, version: Int, position: UInt64, ids: [UUID]) {
    self.stream = stream
    self.version = version
    self.position = position
    self.ids = ids
  }

  /// Reads a line `ack STREAM VERSION POSITION ID…`.
  public init?(line: Substring) {
    let words = line.split(separator: " ")
    guard words.count >= 5, words[0] == "ack", let version = Int(words[2]), let position = UInt64(words[3]) else {
      return nil
    }
    stream = StreamName(String(words[1]))
    self.version = version
    self.position = position
    ids = words[4...].compactMap { UUID(uuidString: String($0)) }
  }
}
