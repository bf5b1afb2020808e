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

/// Where a session is kept that the terminal's end cut off.
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

  /// Keeps the session's lines; nothing is kept of a session in which nothing was done.
  func write(_ text: String) {
    guard !text.isEmpty else { return }
    try? FileWriting.write(Array(text.utf8), to: path, mode: 0o600)
  }

  /// Moves the file aside, so that it is offered once and the next one does not take its place.
  func kept() -> String {
    let aside = (path.hasSuffix(".repl") ? String(path.dropLast(5)) : path) + "-last.repl"
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
