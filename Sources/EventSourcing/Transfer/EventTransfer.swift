/// Moves events from where they are to a file or a store, in order and with all that is known of them.
public struct EventTransfer: Sendable {
  /// How far a transfer has come.
  public struct Progress: Sendable, Equatable {
    /// The number of events moved.
    public var events = 0
    /// The number of events that had been moved before.
    public var skipped = 0
    /// The position of the last event, in its source.
    public var checkpoint = Checkpoint.start

    /// Nothing moved yet.
    public init() {}
  }

  private let source: any EventSource
  private let batchSize: Int
  private let report: @Sendable (Progress) -> Void

  /// Makes a transfer.
  ///
  /// - Parameters:
  ///   - source: Where the events come from.
  ///   - batchSize: How many events are held in memory at a time.
  ///   - report: Called after each batch.
  public init(
    from source: any EventSource, batchSize: Int = 1000, report: @escaping @Sendable (Progress) -> Void = { _ in }
  ) {
    self.source = source
    self.batchSize = max(1, batchSize)
    self.report = report
  }

  /// Writes the events to a file as NDJSON, and goes on where an earlier export into the same file ended.
  ///
  /// - Parameter path: The file; `-` for standard output.
  /// - Returns: What was moved.
  /// - Throws: ``TransferError`` where the file cannot be written or its last line is no event; the source's errors.
  @discardableResult
  public func export(to path: String) async throws -> Progress {
    let file = try LineFile(appendingTo: path)
    var progress = Progress()
    if let last = try file.lastWholeLine() {
      let event: EventEnvelope
      do {
        event = try EventLine.read(last)
      } catch let error as TransferError {
        throw TransferError(
          .disagreement, "'\(path)' holds something else, its last line is no event: \(error.message)")
      }
      progress.checkpoint = event.position
      try await check(event, in: path)
    }
    var lines: [UInt8] = []
    while true {
      let events = try await source.events(after: progress.checkpoint, limit: batchSize)
      guard let last = events.last else { break }
      lines.removeAll(keepingCapacity: true)
      for event in events { try EventLine.write(event, to: &lines) }
      try file.write(lines)
      progress.events += events.count
      progress.checkpoint = last.position
      report(progress)
    }
    try file.synchronize()
    return progress
  }

  /// Looks whether the event at which an earlier export ended is in the source.
  private func check(_ event: EventEnvelope, in path: String) async throws {
    guard event.position > .start else { return }
    let before = Checkpoint(event.position.number - 1, others: event.position.others)
    let found = try await source.events(after: before, limit: 1).first
    guard let found, found.id == event.id, found.position == event.position else {
      throw TransferError(
        .disagreement,
        "'\(path)' ends with event \(event.id.streamText) at position \(event.position), which is not there in the "
          + "source: export into another file")
    }
  }

  /// Appends the events to a store, and goes on where an earlier import ended.
  ///
  /// The store must be empty or begin with the very events that are imported; nothing is changed where it does not.
  ///
  /// - Parameter store: The store.
  /// - Returns: What was moved.
  /// - Throws: ``TransferError`` with code `disagreement` where the store holds other events, `brokenStream` where the
  ///   versions of a stream have a gap; the errors of source and store.
  @discardableResult
  public func importEvents(into store: any EventStore) async throws -> Progress {
    var progress = Progress()
    var present = PresentEvents(store)
    var number = 0
    while true {
      let events = try await source.events(after: progress.checkpoint, limit: batchSize)
      guard let last = events.last else { break }
      var fresh: [EventEnvelope] = []
      for event in events {
        number += 1
        guard fresh.isEmpty, let stored = try await present.next() else {
          fresh.append(event)
          continue
        }
        guard Self.isSame(event, stored) else {
          throw TransferError(
            .disagreement,
            "the target holds other events: its event at position \(stored.position) is '\(stored.type)' in stream "
              + "'\(stored.stream)' version \(stored.version), event \(number) of the source is '\(event.type)' in stream "
              + "'\(event.stream)' version \(event.version)", line: number)
        }
        progress.skipped += 1
      }
      if !fresh.isEmpty {
        try await Self.append(fresh, to: store)
        progress.events += fresh.count
      }
      progress.checkpoint = last.position
      report(progress)
    }
    if let stored = try await present.next() {
      throw TransferError(
        .disagreement,
        "the target holds more events than the source: behind the last one there is '\(stored.type)' in stream "
          + "'\(stored.stream)' at position \(stored.position)")
    }
    return progress
  }

  private static func append(_ events: [EventEnvelope], to store: any EventStore) async throws {
    do {
      if let store = store as? any BulkAppending {
        try await store.appendAll(events)
      } else {
        try await appendOneByOne(events, to: store)
      }
    } catch let error as EventStoreError where error.code == .conflict {
      throw TransferError(
        .brokenStream,
        "the versions of stream '\(error.stream?.text ?? "")' have a gap or go backwards: \(error.message)")
    }
  }

  /// Neighbouring events of one stream go in one append, so that the order of all events is kept.
  private static func appendOneByOne(_ events: [EventEnvelope], to store: any EventStore) async throws {
    var rest = events[...]
    while let first = rest.first {
      var count = 0
      for event in rest {
        guard event.stream == first.stream, event.version == first.version + count else { break }
        count += 1
      }
      let run = rest.prefix(count)
      rest = rest.dropFirst(count)
      _ = try await store.append(
        to: first.stream, events: run.map(NewEvent.init), expected: .exact(first.version - 1))
    }
  }

  private static func isSame(_ event: EventEnvelope, _ stored: EventEnvelope) -> Bool {
    event.id == stored.id && event.stream == stored.stream && event.version == stored.version
      && event.type == stored.type && event.schemaVersion == stored.schemaVersion
      && event.metadata == stored.metadata && event.payload.hasSameContent(as: stored.payload)
  }
}

/// A store that takes many events of many streams in one transaction.
public protocol BulkAppending: EventStore {
  /// Appends events in their order, all or none.
  ///
  /// - Parameter events: The events; their versions must go on where their streams end, their positions are given anew.
  /// - Throws: ``EventStoreError`` with code `conflict` where a version does not go on, `duplicateEvent` where an id is
  ///   stored already.
  func appendAll(_ events: [EventEnvelope]) async throws
}

extension NewEvent {
  /// The event of an envelope, without its place.
  package init(_ envelope: EventEnvelope) {
    self.init(
      id: envelope.id, type: envelope.type, schemaVersion: envelope.schemaVersion, occurredAt: envelope.occurredAt,
      metadata: envelope.metadata, payload: envelope.payload)
  }
}

/// The events that a store holds before an import, one after the other.
private struct PresentEvents {
  private let store: any EventStore
  private var batch: ArraySlice<EventEnvelope> = []
  private var checkpoint = Checkpoint.start
  private var isOver = false

  init(_ store: any EventStore) { self.store = store }

  mutating func next() async throws -> EventEnvelope? {
    if batch.isEmpty, !isOver {
      batch = try await store.readAll(after: checkpoint, limit: 1000)[...]
      if let last = batch.last { checkpoint = last.position } else { isOver = true }
    }
    return batch.popFirst()
  }
}
