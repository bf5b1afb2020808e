internal import EventSourcing
internal import EventSpec
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The file whose lines are taken before the first prompt.
enum StartupFile {
  /// The environment variable that names the file; empty means that there is none.
  static let environmentVariable = "EVENTSPEC_REPLRC"

  static func path(_ environment: [String: String]) -> String? {
    if let path = environment[environmentVariable] { return path.isEmpty ? nil : path }
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return folder + "/eventspec/replrc" }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return home + "/.config/eventspec/replrc"
  }
}

/// Where a session is kept that something cut off: the end of its terminal, or of its process.
///
/// While a line is answered what came before it lies in a file of the process's own, for code of a domain may end the
/// process. Such a file takes the place of the recovery file as soon as another session finds that its process is gone.
struct RecoveryFile: Sendable {
  /// The environment variable that names the file; empty means that there is none.
  static let environmentVariable = "EVENTSPEC_RECOVERY"

  let path: String

  init?(environment: [String: String]) {
    if let path = environment[Self.environmentVariable] {
      guard !path.isEmpty else { return nil }
      self.path = path
    } else if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      path = state + "/eventspec/recovery.repl"
    } else if let home = environment["HOME"], !home.isEmpty {
      path = home + "/.local/state/eventspec/recovery.repl"
    } else {
      return nil
    }
  }

  var exists: Bool { FileWriting.exists(path) }

  private var stem: String { path.hasSuffix(".repl") ? String(path.dropLast(5)) : path }

  /// The file of a process's own.
  private func journal(of process: pid_t) -> String { "\(stem)-\(process).repl" }

  /// Keeps what a session has come to, for the case that the process ends without a word.
  ///
  /// - Parameters:
  ///   - text: The session's lines.
  ///   - line: What is about to be answered: it is kept as a comment, since it may be what ends the process.
  func keep(_ text: String, before line: String = "") {
    guard !text.isEmpty else { return end() }
    var content = text
    if !line.isEmpty {
      content += "# This was typed last:\n"
      for part in line.split(separator: "\n") { content += "# \(part)\n" }
    }
    try? FileWriting.write(Array(content.utf8), to: journal(of: getpid()), mode: 0o600)
  }

  /// Nothing is left that could be lost.
  func end() { unlink(journal(of: getpid())) }

  /// Takes over the latest file of a process that is gone.
  func adopt() {
    let (folder, name) = Self.parts(of: stem)
    let abandoned = FolderListing.names(in: folder).compactMap { entry -> (path: String, time: Int)? in
      guard entry.hasPrefix(name + "-"), entry.hasSuffix(".repl"),
        let process = pid_t(entry.dropFirst(name.count + 1).dropLast(5)), process != getpid(),
        kill(process, 0) != 0, errno == ESRCH
      else { return nil }
      var status = stat()
      let path = journal(of: process)
      return stat(path, &status) == 0 ? (path, Self.seconds(status)) : nil
    }
    guard !exists, let latest = abandoned.max(by: { $0.time < $1.time }) else { return }
    rename(latest.path, path)
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  private static func seconds(_ status: stat) -> Int {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }

  /// Keeps the session's lines; nothing is kept of a session in which nothing was done.
  func write(_ text: String) {
    end()
    guard !text.isEmpty else { return }
    try? FileWriting.write(Array(text.utf8), to: path, mode: 0o600)
  }

  /// Moves the file aside, so that it is offered once and the next one does not take its place.
  func kept() -> String {
    let aside = stem + "-last.repl"
    return rename(path, aside) == 0 ? aside : path
  }
}

/// What a session had come to before the line that is answered, for another thread to write down.
final class KeptEntries: Sendable {
  private let kept = Mutex<(start: StreamName?, entries: [SessionEntry])>((nil, []))

  func keep(_ session: REPLSession) {
    let entries = session.present.entries
    let start = session.present.root.focus?.stream
    kept.withLock { $0 = (start, entries) }
  }

  /// The entries as lines that can be given in again.
  var text: String {
    let (start, entries) = kept.withLock { $0 }
    return SessionText.script(of: entries, from: start)
  }
}
