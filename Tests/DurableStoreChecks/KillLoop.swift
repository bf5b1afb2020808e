public import EventSourcing
internal import Foundation

/// Processes that append to a store are killed, and what they had acknowledged must be there.
public enum KillLoop {
  /// How many rounds a loop has: `EVENTSPEC_KILL_ROUNDS`, else three.
  public static var rounds: Int {
    ProcessInfo.processInfo.environment["EVENTSPEC_KILL_ROUNDS"].flatMap { Int($0) } ?? 3
  }

  /// Starts processes, kills them at a random moment and looks into the store, again and again.
  ///
  /// - Parameters:
  ///   - address: The store's address, for the processes.
  ///   - store: The same store.
  /// - Returns: A line for each fault.
  public static func killClients(of address: String, store: any EventStore) async throws -> [String] {
    var acknowledged: [Acknowledged] = []
    for round in 0..<rounds {
      let processes = try (0..<2).map { _ in try LoadProcess(store: address, tasks: 4, appends: 1_000_000) }
      try await waitForAppends(processes, count: 5)
      try await Task.sleep(for: .milliseconds(Int.random(in: 1...150)))
      for process in processes { process.kill() }
      for process in processes {
        acknowledged += process.acknowledged
        for line in process.output where line.hasPrefix("fatal") || line.hasPrefix("fail") { return [String(line)] }
      }
      let faults = try await StoreAudit.faults(in: store, acknowledged: acknowledged)
      if !faults.isEmpty { return ["round \(round):"] + faults }
    }
    return acknowledged.count < rounds * 10 ? ["only \(acknowledged.count) appends were made"] : []
  }

  /// Disturbs the server again and again while processes append, and looks into the store at the end.
  ///
  /// - Parameters:
  ///   - address: The store's address, for the processes.
  ///   - store: Opens the same store.
  ///   - disturb: Stops and starts the server, in the round given.
  /// - Returns: A line for each fault.
  public static func disturbServer(
    of address: String, store: () async throws -> any EventStore, disturb: (Int) throws -> Void
  ) async throws -> [String] {
    let processes = try (0..<2).map { _ in try LoadProcess(store: address, tasks: 4, appends: 1_000_000) }
    defer { for process in processes { process.kill() } }
    for round in 0..<rounds {
      let before = processes.map { $0.acknowledged.count }
      try await waitForAppends(processes, count: 0, beyond: before)
      try await Task.sleep(for: .milliseconds(Int.random(in: 1...50)))
      try disturb(round)
    }
    try await waitForAppends(processes, count: 0, beyond: processes.map { $0.acknowledged.count })
    for process in processes { process.kill() }
    for process in processes {
      if let line = process.output.first(where: { $0.hasPrefix("fatal") }) { return [String(line)] }
    }
    return try await StoreAudit.faults(in: try await store(), acknowledged: processes.flatMap(\.acknowledged))
  }

  /// Waits until each process has had appends acknowledged.
  private static func waitForAppends(
    _ processes: [LoadProcess], count: Int, beyond before: [Int] = []
  ) async throws {
    let deadline = ContinuousClock.now + .seconds(40)
    for (index, process) in processes.enumerated() {
      let wanted = index < before.count ? before[index] + 1 : count
      while process.acknowledged.count < wanted {
        guard ContinuousClock.now < deadline else {
          throw EventStoreError(.unavailable, "no append was acknowledged in 40 s: \(process.output.suffix(3))")
        }
        try await Task.sleep(for: .milliseconds(10))
      }
    }
  }
}

/// A small file system in memory, for a disk that is full.
public final class SmallDisk: Sendable {
  /// The folder at which it is mounted.
  public let folder: URL
  private var filler: URL { folder.appendingPathComponent("filler") }

  /// Mounts a file system; nil where that is not permitted.
  ///
  /// - Parameter megabytes: Its size.
  public init?(megabytes: Int) {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("small-disk-\(UUID().uuidString)")
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

  /// Makes room again.
  public func free() throws { try FileManager.default.removeItem(at: filler) }

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
    for _ in 0..<20 where result == nil {
      result = try? await store.append(to: stream, events: [event], expected: .any)
    }
    guard let result else { return faults + ["no append goes through after room was made"] }
    acknowledged.append(
      Acknowledged(stream: stream, version: result.version, position: result.position.number, ids: [event.id]))
    faults += try await StoreAudit.faults(in: store, acknowledged: acknowledged)
    return faults
  }
}
