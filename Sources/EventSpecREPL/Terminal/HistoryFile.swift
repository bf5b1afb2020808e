internal import EventSpec

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The file that keeps a history over sessions.
///
/// Each line is one entry in which a backslash and every control character is escaped. A session only ever adds
/// a line at the end, in one write, so that sessions side by side do not lose each other's entries.
package struct HistoryFile: Sendable, Hashable {
  /// Why the file could not be written.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// The environment variable that names the file; empty means that there is none.
  package static let environmentVariable = "EVENTSPEC_HISTORY"

  /// No more than this much of the end is read, so that an old file does not slow down the start.
  private static let readLimit = 1 << 20

  /// Where the file is.
  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// The file that the environment asks for: `EVENTSPEC_HISTORY`, or `history` in `$XDG_STATE_HOME/eventspec` or
  /// `~/.local/state/eventspec`; `nil` if it asks for none.
  package init?(environment: [String: String]) {
    if let path = environment[Self.environmentVariable] {
      guard !path.isEmpty else { return nil }
      self.init(path: path)
    } else if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      self.init(path: state + "/eventspec/history")
    } else if let home = environment["HOME"], !home.isEmpty {
      self.init(path: home + "/.local/state/eventspec/history")
    } else {
      return nil
    }
  }

  /// The last entries, oldest first; none if the file cannot be read.
  func load(limit: Int) -> [String] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    let start = max(0, size - off_t(Self.readLimit))
    lseek(descriptor, start, SEEK_SET)

    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while content.count <= Self.readLimit {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        content.append(contentsOf: chunk.prefix(count))
      } else if count == 0 || errno != EINTR {
        break
      }
    }
    // The first line is only the end of one if the reading began in the middle.
    let lines = content.split(separator: UInt8(ascii: "\n")).dropFirst(start > 0 ? 1 : 0)
    return lines.suffix(limit).map { Self.unescape(String(decoding: $0, as: UTF8.self)) }
  }

  /// Adds an entry at the end.
  func append(_ text: String) throws(Failure) {
    makeFolders()
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    // What was typed may be confidential, whatever the file's mode was before.
    fchmod(descriptor, 0o600)
    let line = Array((Self.escape(text) + "\n").utf8)
    guard write(descriptor, line, line.count) == line.count else { throw failure() }
  }

  private func failure() -> Failure {
    let reason = String(cString: strerror(errno))
    return Failure(
      description: "The history file \(path) cannot be written: \(reason). "
        + "Set \(Self.environmentVariable) to another file, or to nothing to keep no history.")
  }

  private func makeFolders() {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      end = slash
    }
  }

  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      default: escaped += TerminalText(escaping: String(scalar)).description
      }
    }
    return escaped
  }

  static func unescape(_ line: String) -> String {
    guard line.utf8.contains(UInt8(ascii: "\\")) else { return line }
    var text = ""
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      guard scalar == "\\", let kind = rest.first else {
        text.unicodeScalars.append(scalar)
        continue
      }
      switch kind {
      case "\\": text += "\\"
      case "n": text += "\n"
      case "t": text += "\t"
      case "u":
        let digits = rest.dropFirst(2).prefix { $0 != "}" }
        guard rest.dropFirst().first == "{", digits.count <= 6, let value = UInt32(String(digits), radix: 16),
          let named = Unicode.Scalar(value)
        else {
          text += "\\u"
          break
        }
        text.unicodeScalars.append(named)
        rest = rest.dropFirst(digits.count + 2)
      default:
        text += "\\"
        text.unicodeScalars.append(kind)
      }
      rest = rest.dropFirst()
    }
    return text
  }
}
