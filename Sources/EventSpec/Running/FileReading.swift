#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file could not be read.
package struct FileReadingError: Error, Sendable, CustomStringConvertible {
  package let path: String
  package let message: String

  package var description: String { "'\(path)' cannot be read: \(message)" }
}

/// Reads a whole file.
///
/// - Parameter path: The file's path.
/// - Returns: Its bytes.
/// - Throws: ``FileReadingError`` where it cannot be opened or read.
package func readFile(_ path: String) throws -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw FileReadingError(path: path, message: SpecFinder.message(errno)) }
  defer { close(file) }
  var status = stat()
  guard fstat(file, &status) == 0 else { throw FileReadingError(path: path, message: SpecFinder.message(errno)) }
  // One byte more than the size tells the end of a regular file without growing.
  let size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
  var bytes: [UInt8] = []
  var room = size + 1
  while true {
    room = max(room, 4096)
    var code: Int32 = 0
    let start = bytes.count
    let chunk = room
    let part = [UInt8](unsafeUninitializedCapacity: chunk) { buffer, count in
      var total = 0
      while total < chunk {
        let got = read(file, buffer.baseAddress.map { $0 + total }, chunk - total)
        if got < 0 && errno == EINTR { continue }
        if got < 0 { code = errno }
        if got <= 0 { break }
        total += got
      }
      count = total
    }
    guard code == 0 else { throw FileReadingError(path: path, message: SpecFinder.message(code)) }
    if start == 0 { bytes = part } else { bytes += part }
    if part.count < chunk { return bytes }
    room = bytes.count
  }
}
