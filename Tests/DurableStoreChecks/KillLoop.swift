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
  public static func killClients(of address: String, store: any EventStore & ViewStore) async throws -> [String] {
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
      let faults =
        try await StoreAudit.faults(in: store, acknowledged: acknowledged) + ProjectionCheck.faults(in: store)
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
    of address: String, store: () async throws -> any EventStore & ViewStore, disturb: (Int) throws -> Void
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
    let store = try await store()
    return try await StoreAudit.faults(in: store, acknowledged: processes.flatMap(\.acknowledged))
      + ProjectionCheck.faults(in: store)
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
