#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be written.
package struct FileWritingError: Error, Sendable, CustomStringConvertible {
  package let path: String
  package let message: String

  package var description: String { "'\(path)' cannot be written: \(message)" }
}

/// Writes files whole or not at all, and what goes to open files.
package enum FileWriting {
  /// Whether something stands at a path.
  package static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Writes a file: the new content takes the old one's place when it is complete.
  ///
  /// A file that is there keeps its mode, and must be one that may be written.
  ///
  /// - Parameters:
  ///   - path: The file's path; where it is a link, the file that it leads to is written. The folders on the way to a
  ///     new one are made.
  ///   - bytes: The new content.
  ///   - mode: The mode of a file that is new.
  /// - Throws: Why it cannot be written; the old content is there then.
  package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o644) throws(FileWritingError) {
    var target = path
    var mode = mode_t(mode)
    var status = stat()
    if stat(path, &status) == 0 {
      guard access(path, W_OK) == 0, let resolved = realpath(path, nil) else { throw failure(path, errno) }
      target = String(cString: resolved)
      free(resolved)
      mode = status.st_mode & 0o7777
    } else {
      makeFolders(of: path)
    }
    let temporary = target + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure(path, errno) }
    var code = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
    if code == 0, fchmod(descriptor, mode) != 0 { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, target) != 0 { code = errno }
    guard code == 0 else {
      unlink(temporary)
      throw failure(path, code)
    }
  }

  /// Writes all bytes to an open file, waiting where it takes no more for the time being.
  ///
  /// - Returns: 0, or the number of the error that ended it.
  package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    guard var address = bytes.baseAddress else { return 0 }
    var left = bytes.count
    while left > 0 {
      let written = writeSome(descriptor, address, left)
      if written > 0 {
        address += written
        left -= written
      } else if errno == EAGAIN {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&request, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  private static func writeSome(_ descriptor: Int32, _ address: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, address, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, address, count)
    #else
      Darwin.write(descriptor, address, count)
    #endif
  }

  private static func failure(_ path: String, _ code: Int32) -> FileWritingError {
    FileWritingError(path: path, message: SpecFinder.message(code))
  }

  /// Makes the folders on the way to a file, as far as that is possible.
  package static func makeFolders(of path: String) {
    var end = path.startIndex
    while let slash = path[end...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o755)
      end = slash
    }
  }
}
