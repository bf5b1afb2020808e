/// Something that events can be read from in one order: a store, or tables that something else wrote.
public protocol EventSource: Sendable {
  /// Reads events behind a position.
  ///
  /// - Parameters:
  ///   - checkpoint: The last position seen; `.start` for none.
  ///   - limit: How many at the most.
  /// - Returns: The events in order; none only where there are no more.
  func events(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope]
}

/// A store as a source of events.
public struct StoreSource: EventSource {
  private let store: any EventStore

  /// Makes a source.
  ///
  /// - Parameter store: The store.
  public init(_ store: any EventStore) { self.store = store }

  /// Reads events of the store.
  public func events(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
    try await store.readAll(after: checkpoint, limit: limit)
  }
}

/// Lines of NDJSON as a source of events, in the order in which they stand.
///
/// It can be read once, from the front: the checkpoints given are not looked at.
public final class LineSource: EventSource {
  private let state: Monitor<State>

  private struct State {
    var file: LineFile
    var number = 0
    /// The numbers of lines without an event.
    var blanks: [Int] = []
  }

  /// Opens a file, `-` for standard input.
  ///
  /// - Throws: ``TransferError`` with code `file`.
  public init(path: String) throws { state = Monitor(State(file: try LineFile(reading: path))) }

  /// Reads the next lines.
  public func events(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
    try state.withLock { state in
      var events: [EventEnvelope] = []
      while events.count < limit, let line = try state.file.nextLine() {
        state.number += 1
        if line.allSatisfy({ $0 == 0x20 || $0 == 0x0d || $0 == 0x09 }) {
          state.blanks.append(state.number)
          continue
        }
        events.append(try EventLine.read(line, number: state.number))
      }
      return events
    }
  }

  /// The number of the line on which an event stands.
  ///
  /// - Parameter number: The event's number, from 1, among those that were read.
  func line(ofEvent number: Int) -> Int {
    state.withLock { state in
      var line = number
      for blank in state.blanks where blank <= line { line += 1 }
      return line
    }
  }
}
