#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A file of lines, read or written in large pieces.
final class LineFile {
  private let descriptor: Int32
  private let path: String
  private let isOwned: Bool
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// Opens a file for reading, `-` for standard input.
  init(reading path: String) throws {
    self.path = path
    isOwned = path != "-"
    descriptor = isOwned ? open(path, O_RDONLY | O_CLOEXEC) : 0
    guard descriptor >= 0 else { throw Self.failure("'\(path)' cannot be opened") }
  }

  /// Opens a file for appending, made where it is not there; `-` for standard output.
  init(appendingTo path: String) throws {
    self.path = path
    isOwned = path != "-"
    descriptor = isOwned ? open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) : 1
    guard descriptor >= 0 else { throw Self.failure("'\(path)' cannot be opened for writing") }
  }

  deinit { if isOwned { close(descriptor) } }

  /// The next line without its line feed; nil at the end.
  func nextLine() throws -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0a) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return Array(buffer[start...])
      }
      buffer.removeFirst(start)
      start = 0
      searched = buffer.count
      try fill()
    }
  }

  /// Cuts off an unfinished last line and gives the last one that is whole; nil where there is none.
  func lastWholeLine() throws -> [UInt8]? {
    guard isOwned else { return nil }
    let size = lseek(descriptor, 0, SEEK_END)
    guard size > 0 else { return nil }
    var tail: [UInt8] = []
    var offset = size
    while offset > 0 {
      let count = min(1 << 16, offset)
      offset -= count
      var piece = [UInt8](repeating: 0, count: Int(count))
      guard pread(descriptor, &piece, piece.count, offset) == piece.count else {
        throw Self.failure("'\(path)' cannot be read")
      }
      tail = piece + tail
      guard let end = tail.lastIndex(of: 0x0a) else { continue }
      let before = tail[..<end].lastIndex(of: 0x0a)
      if before == nil, offset > 0 { continue }
      let whole = offset + off_t(end) + 1
      if whole < size, ftruncate(descriptor, whole) != 0 { throw Self.failure("'\(path)' cannot be shortened") }
      return Array(tail[(before.map { $0 + 1 } ?? 0)..<end])
    }
    guard ftruncate(descriptor, 0) == 0 else { throw Self.failure("'\(path)' cannot be shortened") }
    return nil
  }

  /// Writes bytes.
  func write(_ bytes: [UInt8]) throws {
    var offset = 0
    while offset < bytes.count {
      let written = bytes.withUnsafeBytes { buffer -> Int in
        guard let base = buffer.baseAddress else { return 0 }
        #if canImport(Darwin)
          return Darwin.write(descriptor, base + offset, buffer.count - offset)
        #elseif canImport(Glibc)
          return Glibc.write(descriptor, base + offset, buffer.count - offset)
        #else
          return Musl.write(descriptor, base + offset, buffer.count - offset)
        #endif
      }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Self.failure("'\(path)' cannot be written") }
      offset += written
    }
  }

  /// Has the system put on the disk what was written.
  func synchronize() throws {
    guard !isOwned || fsync(descriptor) == 0 else { throw Self.failure("'\(path)' cannot be written") }
  }

  private func fill() throws {
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    var count = read(descriptor, &piece, piece.count)
    while count < 0, errno == EINTR { count = read(descriptor, &piece, piece.count) }
    guard count >= 0 else { throw Self.failure("'\(path)' cannot be read") }
    if count == 0 { isAtEnd = true } else { buffer.append(contentsOf: piece[..<count]) }
  }

  private static func failure(_ what: String) -> TransferError {
    TransferError(.file, "\(what): \(String(cString: strerror(errno)))")
  }
}
