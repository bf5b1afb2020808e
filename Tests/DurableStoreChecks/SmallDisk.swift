public import EventSourcing
internal import Foundation

/// A small file system in memory, for a disk that is full.
public final class SmallDisk: Sendable {
  /// The folder at which it is mounted.
  public let folder: URL
  private var filler: URL { folder.appendingPathComponent("filler") }

  /// Mounts a file system; nil where that is not permitted.
  ///
  /// Its name is short: a socket's path may not be long.
  ///
  /// - Parameter megabytes: Its size.
  public init?(megabytes: Int) {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("disk-\(UInt32.random(in: 0 ... .max))")
    guard geteuid() == 0 else { return nil }
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    guard Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=755", "tmpfs", folder.path]) else {
      try? FileManager.default.removeItem(at: folder)
      return nil
    }
  }

  deinit {
    _ = Self.run("/bin/umount", ["-l", folder.path])
    try? FileManager.default.removeItem(at: folder)
  }

  /// Fills the disk but for a rest.
  public func fill(leaving bytes: Int) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: folder.path)
    let free = (attributes[.systemFreeSize] as? NSNumber)?.intValue ?? 0
    _ = FileManager.default.createFile(atPath: filler.path, contents: nil)
    let handle = try FileHandle(forWritingTo: filler)
    var left = free - bytes
    while left > 0 {
      try handle.write(contentsOf: Data(repeating: 1, count: min(left, 1 << 20)))
      left -= 1 << 20
    }
    try handle.close()
  }

  /// Makes room again, even where a process that was started meanwhile has the file open as well.
  public func free() throws {
    truncate(filler.path, 0)
    try FileManager.default.removeItem(at: filler)
  }

  private static func run(_ tool: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments = arguments
    process.standardError = FileHandle(forWritingAtPath: "/dev/null")
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Appends until the disk is full, makes room, and appends again.
  ///
  /// - Parameters:
  ///   - store: A store on this disk.
  ///   - reopen: Does what is needed to use the store again after room was made.
  /// - Returns: A line for each fault.
  public func check(_ store: any EventStore, reopen: () throws -> Void = {}) async throws -> [String] {
    var acknowledged: [Acknowledged] = []
    var failure: EventStoreError?
    try fill(leaving: 6 << 20)
    let stream = StreamName("full-1")
    for _ in 0..<200 where failure == nil {
      var event = ConcurrencyCheck.event()
      var random = SystemRandomNumberGenerator()
      let digits = (0..<40_000).map { _ in String(random.next(), radix: 36) }.joined()
      event.payload = .json(Array("{\"text\":\"\(digits)\"}".utf8))
      do {
        let result = try await store.append(to: stream, events: [event], expected: .any)
        acknowledged.append(
          Acknowledged(stream: stream, version: result.version, position: result.position.number, ids: [event.id]))
      } catch let error as EventStoreError {
        failure = error
      }
    }
    guard let failure else { return ["the disk never became full"] }
    var faults = failure.code == .unavailable ? [] : ["the error was \(failure)"]
    try free()
    try reopen()
    let event = ConcurrencyCheck.event()
    var result: AppendResult?
    var last: (any Error)?
    for _ in 0..<20 where result == nil {
      do { result = try await store.append(to: stream, events: [event], expected: .any) } catch { last = error }
    }
    guard let result else {
      return faults + ["no append goes through after room was made: \(last.map { "\($0)" } ?? "")"]
    }
    acknowledged.append(
      Acknowledged(stream: stream, version: result.version, position: result.position.number, ids: [event.id]))
    faults += try await StoreAudit.faults(in: store, acknowledged: acknowledged)
    return faults
  }
}
