import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A program under a pseudo-terminal, with the screen that it would have.
final class ProbeTerminal {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let master: Int32
  private let process: pid_t
  private var status: Int32?
  private var undecoded: [UInt8] = []
  private(set) var screen: ScreenModel
  /// Everything that was written, control sequences included.
  private(set) var output = ""
  private var seen = 0

  init(
    program: String = "LineEditorProbe", arguments words: [String] = [], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24
  ) throws {
    screen = ScreenModel(columns: columns, rows: rows)
    let path: String
    (master, path) = try Self.open()
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    Self.setSize(of: master, columns: columns, rows: rows)

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Opened first by the leader of a new session, the terminal becomes the one that controls it.
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Self.newSession)

    var variables = ["TERM": "xterm", "LC_ALL": "C.UTF-8", "EVENTSPEC_HISTORY": "", "PATH": "/usr/bin:/bin"]
    variables.merge(environment) { $1 }
    let executable = Self.productFolder.appending(path: program).path
    var arguments: [UnsafeMutablePointer<CChar>?] = ([executable] + words).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (arguments + settings).forEach { free($0) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, executable, &actions, &attributes, &arguments, &settings)
    guard error == 0 else { throw Failure(description: "\(executable): \(String(cString: strerror(error)))") }
    self.process = process
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
  }

  static var productFolder: URL {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  }

  #if os(Linux)
    // Glibc's module leaves out the functions and the flag of these names.
    private static let newSession: Int16 = 0x80

    private static func open() throws -> (Int32, String) {
      let master = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var unlock: Int32 = 0
      var number: Int32 = 0
      guard master >= 0, ioctl(master, 0x4004_5431, &unlock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
        throw Failure(description: "no pseudo-terminal")
      }
      return (master, "/dev/pts/\(number)")
    }
  #else
    private static let newSession = Int16(POSIX_SPAWN_SETSID)

    private static func open() throws -> (Int32, String) {
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else {
        throw Failure(description: "no pseudo-terminal")
      }
      return (master, String(cString: name))
    }
  #endif

  private static func setSize(of descriptor: Int32, columns: Int, rows: Int) {
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      start += count
    }
  }

  func resize(columns: Int, rows: Int) {
    screen.resize(columns: columns, rows: rows)
    Self.setSize(of: master, columns: columns, rows: rows)
    kill(process, SIGWINCH)
  }

  func signal(_ number: Int32) {
    kill(process, number)
  }

  /// Waits until the condition holds.
  func wait(
    for what: String, seconds: Double = 20, sourceLocation: SourceLocation = #_sourceLocation,
    until condition: (ProbeTerminal) -> Bool
  ) throws {
    let deadline = Date.now.addingTimeInterval(seconds)
    while !condition(self) {
      guard Date.now < deadline else {
        Issue.record("never seen: \(what)\nthe screen:\n\(screen.text)", sourceLocation: sourceLocation)
        throw Failure(description: "never seen: \(what)")
      }
      readSome(milliseconds: 20)
    }
  }

  /// Waits for text on the screen, as one or several lines.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try wait(for: text, sourceLocation: sourceLocation) { $0.screen.text.contains(text) }
  }

  /// Waits until the line with the cursor is this one.
  func expectLine(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try wait(for: line, sourceLocation: sourceLocation) { $0.screen.currentLine == line }
  }

  /// Waits until the program has ended and returns its exit status, or 128 and its signal.
  func end(sourceLocation: SourceLocation = #_sourceLocation) throws -> Int {
    try wait(for: "the end", sourceLocation: sourceLocation) { $0.hasEnded }
    readSome(milliseconds: 50)
    let status = status ?? 0
    return Int(status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F)
  }

  private var hasEnded: Bool {
    if status != nil { return true }
    var result: Int32 = 0
    if waitpid(process, &result, WNOHANG) == process { status = result }
    return status != nil
  }

  /// The terminal's local modes, as the program set them.
  var modes: (isCanonical: Bool, echoes: Bool, signals: Bool) {
    var settings = termios()
    tcgetattr(master, &settings)
    func has(_ flag: Int32) -> Bool { settings.c_lflag & tcflag_t(flag) != 0 }
    return (has(ICANON), has(ECHO), has(ISIG))
  }

  private func readSome(milliseconds: Int32) {
    var descriptor = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, milliseconds) > 0 else { return }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(master, &chunk, chunk.count)
    guard count > 0 else {
      usleep(1_000)
      return
    }
    undecoded += chunk.prefix(count)
    // A character may be cut in two at the end of a portion.
    for cut in 0...3 where cut < undecoded.count {
      guard let text = String(bytes: undecoded.dropLast(cut), encoding: .utf8) else { continue }
      undecoded = Array(undecoded.suffix(cut))
      output += text
      screen.feed(text)
      return
    }
  }
}
