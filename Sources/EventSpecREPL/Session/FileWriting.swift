internal import EventSpec
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Writes files whole or not at all.
enum FileWriting {
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Writes a file; the folders on the way to it are made.
  ///
  /// - Parameters:
  ///   - bytes: The new content.
  ///   - path: The file's path; where it is a link, the file that it leads to is written.
  ///   - mode: The mode of a file that is new.
  /// - Throws: Why it cannot be written.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(SessionProblem) {
    makeFolders(of: path)
    var target = path
    var status = stat()
    var mode = mode
    if stat(path, &status) == 0 {
      mode = status.st_mode & 0o7777
      if let resolved = realpath(path, nil) {
        target = String(cString: resolved)
        free(resolved)
      }
    }
    let temporary = target + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw problem(path) }
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { part -> Int in
        #if canImport(Glibc)
          Glibc.write(descriptor, part.baseAddress, part.count)
        #elseif canImport(Musl)
          Musl.write(descriptor, part.baseAddress, part.count)
        #else
          Darwin.write(descriptor, part.baseAddress, part.count)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let problem = problem(path)
        close(descriptor)
        unlink(temporary)
        throw problem
      }
      start += count
    }
    _ = fchmod(descriptor, mode)
    guard close(descriptor) == 0, rename(temporary, target) == 0 else {
      let problem = problem(path)
      unlink(temporary)
      throw problem
    }
  }

  static func remove(_ path: String) { unlink(path) }

  private static func problem(_ path: String) -> SessionProblem {
    SessionProblem("'\(path)' cannot be written: \(String(cString: strerror(errno)))")
  }

  private static func makeFolders(of path: String) {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o755)
      end = slash
    }
  }
}

/// Collects what a run of specs reports.
final class RunOutput: Sendable {
  private let content = Mutex("")

  var text: String { content.withLock { $0 } }

  func add(_ text: String) { content.withLock { $0 += text } }
}
