import EventSourcing

/// The in-memory store without typed events: what any other store that holds values gives.
///
/// It hands on each call by itself: through a protocol's extension, as the tests' forwarding store does, a replay took
/// three to four times as long.
struct PlainStore: EventStore {
  let base: MemoryEventStore

  var capabilities: EventStoreCapabilities { base.capabilities }
  func append(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) async throws -> AppendResult {
    try await base.append(to: stream, events: events, expected: expected)
  }
  func readStream(_ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection) async throws
    -> [EventEnvelope]
  {
    try await base.readStream(stream, from: version, limit: limit, direction: direction)
  }
  func readAll(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
    try await base.readAll(after: checkpoint, limit: limit)
  }
  func version(of stream: StreamName) async throws -> Int { try await base.version(of: stream) }
  func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) async throws -> [StreamSummary] {
    try await base.streams(withPrefix: prefix, after: name, limit: limit)
  }
  func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws {
    try await base.waitForEvents(after: checkpoint, timeout: timeout)
  }
}
