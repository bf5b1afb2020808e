internal import EventSpec

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Replaces a file's content, whole or not at all: the new content takes the old one's place when it is complete.
///
/// - Parameters:
///   - path: The file's path; where it is a link, the file that it leads to.
///   - content: The new content.
/// - Throws: Where it cannot be written.
func writeFile(_ path: String, _ content: [UInt8]) throws {
  func failure() -> CallFailure { CallFailure(message: "'\(path)' cannot be written: \(SpecFinder.message(errno))") }
  guard let resolved = realpath(path, nil) else { throw failure() }
  defer { free(resolved) }
  let target = String(cString: resolved)
  var status = stat()
  guard stat(target, &status) == 0, access(target, W_OK) == 0 else { throw failure() }
  let temporary = target + ".\(getpid()).tmp"
  do {
    let output = try OutputStream(creating: temporary)
    output.write(content)
    output.flush()
    if let message = output.failure { throw CallFailure(message: message) }
  } catch {
    unlink(temporary)
    throw error
  }
  guard chmod(temporary, status.st_mode & 0o7777) == 0, rename(temporary, target) == 0 else {
    let error = failure()
    unlink(temporary)
    throw error
  }
}
