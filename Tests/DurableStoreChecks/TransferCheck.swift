public import EventSourcing
internal import Foundation

/// Events on their way from one store through a file into another.
public enum TransferCheck {
  /// Exports a store, imports it into another one twice, and compares.
  ///
  /// - Parameters:
  ///   - source: An empty store.
  ///   - target: Another one.
  /// - Returns: A line for each fault.
  public static func faults(from source: any EventStore, to target: any EventStore) async throws -> [String] {
    for number in 0..<50 {
      let events = (0...number % 4).map { ConcurrencyCheck.event($0) }
      _ = try await source.append(to: StreamName("s-\(number % 7)"), events: events, expected: .any)
    }
    let folder = try ScratchFolder()
    let path = folder.url.appendingPathComponent("events.ndjson").path
    try await EventTransfer(from: StoreSource(source), batchSize: 13).export(to: path)
    let first = try await EventTransfer(from: LineSource(path: path), batchSize: 11).importEvents(into: target)
    let again = try await EventTransfer(from: LineSource(path: path), batchSize: 11).importEvents(into: target)
    var faults: [String] = []
    if again.events != 0 || again.skipped != first.events {
      faults.append("the second import took \(again.events) events and passed over \(again.skipped)")
    }
    let wanted = try await source.readAll(after: .start, limit: .max)
    let found = try await target.readAll(after: .start, limit: .max)
    if try found.map(EventLine.write) != wanted.map(EventLine.write) { faults.append("the events are not the same") }
    let result = try await target.append(to: StreamName("s-0"), events: [ConcurrencyCheck.event()], expected: .any)
    if result.position.number != UInt64(found.count) + 1 { faults.append("the next position is \(result.position)") }
    return faults + (try await StoreAudit.faults(in: target, acknowledged: []))
  }
}
