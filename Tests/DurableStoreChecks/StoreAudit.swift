public import EventSourcing

/// Looks whether a store holds what it acknowledged, without gaps and without doubles.
public enum StoreAudit {
  /// Reads a whole store and lists what is wrong.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - acknowledged: What must be in it.
  /// - Returns: A line for each fault, at most twenty.
  public static func faults(in store: any EventStore, acknowledged: [Acknowledged]) async throws -> [String] {
    var faults: [String] = []
    var places: [UUID: (stream: StreamName, version: Int, position: UInt64)] = [:]
    var versions: [StreamName: Int] = [:]
    var last: UInt64 = 0
    while true {
      let events = try await store.readAll(after: Checkpoint(last), limit: 1000)
      guard !events.isEmpty else { break }
      for event in events {
        if event.position.number != last + 1 { faults.append("position \(event.position) follows \(last)") }
        last = event.position.number
        let version = versions[event.stream, default: 0]
        if event.version != version + 1 { faults.append("\(event.stream): \(event.version) follows \(version)") }
        versions[event.stream] = event.version
        if places.updateValue((event.stream, event.version, last), forKey: event.id) != nil {
          faults.append("\(event.id) is stored twice")
        }
      }
    }
    for append in acknowledged {
      let count = append.ids.count
      for (offset, id) in append.ids.enumerated() {
        guard let place = places[id] else {
          faults.append("acknowledged event \(id) of \(append.stream) is lost")
          continue
        }
        let version = append.version - count + offset + 1
        let position = append.position - UInt64(count - offset - 1)
        if place.stream != append.stream || place.version != version || place.position != position {
          faults.append("\(id) was acknowledged at \(append.stream) \(version) (\(position)) and is at \(place)")
        }
      }
    }
    for (stream, version) in versions where try await store.version(of: stream) != version {
      faults.append("the head of \(stream) is not at \(version)")
    }
    return Array(faults.prefix(20))
  }
}
