import EventSourcing
import Synchronization

/// A store with a fault of the kinds that stores have had, to see that the contract finds it.
final class FaultyStore: EventStore {
  enum Fault: String, CaseIterable {
    case losesTheLastEventOfABatch, doublesEvents, ignoresExpectations, ignoresExpectationsOfNoStream
    case reordersAllEvents, reordersAStream, forgetsEventIDs, recognisesIDsWithoutLooking, cutsAtNUL
    case storesPartOfARefusedBatch, showsPositionsLate, dropsFractions, foldsCase, matchesPrefixesAsPatterns
    case answersRepetitionsWithTheVersionNow, ignoresLimits, checksThenAppends
  }

  let fault: Fault
  private let base = MemoryEventStore()
  /// Positions that are taken and not visible yet, as behind a sequence whose transactions commit out of order.
  private let hidden = Mutex<Set<Checkpoint>>([])

  init(_ fault: Fault) { self.fault = fault }

  var capabilities: EventStoreCapabilities { base.capabilities }

  private func name(_ stream: StreamName) -> StreamName {
    switch fault {
    case .cutsAtNUL: StreamName(String(stream.text.prefix { $0 != "\0" }))
    case .foldsCase: StreamName(stream.text.lowercased())
    default: stream
    }
  }

  func append(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) async throws -> AppendResult {
    let stream = name(stream)
    var events = events
    var expected = expected
    switch fault {
    case .losesTheLastEventOfABatch where events.count > 1: events.removeLast()
    case .ignoresExpectations: expected = .any
    case .ignoresExpectationsOfNoStream where expected == .noStream: expected = .any
    case .forgetsEventIDs:
      for index in events.indices where index > 0 || expected == .any { events[index].id = UUID() }
    case .dropsFractions:
      for index in events.indices {
        let seconds = events[index].occurredAt.timeIntervalSince1970.rounded(.down)
        events[index].occurredAt = Date(timeIntervalSince1970: seconds)
      }
    default: break
    }
    do {
      if fault == .checksThenAppends {
        let version = try await base.version(of: stream)
        guard expected.accepts(version) else {
          throw EventStoreError.conflict(on: stream, expected: expected, actual: version)
        }
        await Task.yield()
        try await Task.sleep(for: .microseconds(200))
        expected = .any
      }
      var result = try await base.append(to: stream, events: events, expected: expected)
      switch fault {
      case .doublesEvents where events.count == 1 && !result.wasAlreadyAppended:
        events[0].id = UUID()
        result = try await base.append(to: stream, events: events, expected: .any)
      case .answersRepetitionsWithTheVersionNow where result.wasAlreadyAppended:
        result.version = try await base.version(of: stream)
      case .showsPositionsLate where result.position.number.isMultiple(of: 5):
        hidden.withLock { _ = $0.insert(result.position) }
        try await Task.sleep(for: .milliseconds(5))
        hidden.withLock { _ = $0.remove(result.position) }
      default: break
      }
      return result
    } catch let error as EventStoreError {
      if fault == .storesPartOfARefusedBatch, error.code == .duplicateEvent, let first = events.first {
        _ = try? await base.append(to: stream, events: [first], expected: .any)
      }
      if fault == .recognisesIDsWithoutLooking, error.code == .duplicateEvent {
        return AppendResult(
          version: try await base.version(of: stream), position: .start, wasAlreadyAppended: true)
      }
      throw error
    }
  }

  func readStream(_ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection) async throws
    -> [EventEnvelope]
  {
    let limit = fault == .ignoresLimits && limit > 0 ? .max : limit
    let events = try await base.readStream(name(stream), from: version, limit: limit, direction: direction)
    return fault == .reordersAStream ? events.sorted { $0.id.uuidString < $1.id.uuidString } : events
  }

  func readAll(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
    let events = try await base.readAll(after: checkpoint, limit: limit)
    if fault == .reordersAllEvents, events.count > 2 { return [events[1], events[0]] + events[2...] }
    let hidden = hidden.withLock { $0 }
    return events.filter { !hidden.contains($0.position) }
  }

  func version(of stream: StreamName) async throws -> Int { try await base.version(of: name(stream)) }

  func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) async throws -> [StreamSummary] {
    let prefix = fault == .matchesPrefixesAsPatterns ? String(prefix.prefix { $0 != "_" && $0 != "%" }) : prefix
    return try await base.streams(withPrefix: prefix, after: name, limit: limit)
  }

  func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws {
    try await base.waitForEvents(after: checkpoint, timeout: min(timeout, .milliseconds(10)))
  }
}
