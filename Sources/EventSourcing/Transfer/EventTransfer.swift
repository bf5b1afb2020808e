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
          throw disagreement(event, number, with: stored)
        }
        progress.skipped += 1
      }
      if !fresh.isEmpty {
        try await append(fresh, upTo: number, to: store)
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

  /// Appends what is new.
  ///
  /// - Parameter last: The number of the last of the events in the source.
  private func append(_ events: [EventEnvelope], upTo last: Int, to store: any EventStore) async throws {
    do {
      if let store = store as? any BulkAppending {
        try await store.appendAll(events)
      } else {
        try await Self.appendOneByOne(events, to: store)
      }
    } catch let error as EventStoreError where error.code == .conflict || error.code == .duplicateEvent {
      throw broken(events, upTo: last, error)
    }
  }

  // MARK: What is wrong

  /// An event of the source as people find it: by its line, else by its number.
  private func place(_ number: Int) -> String {
    (source as? LineSource).map { "line \($0.line(ofEvent: number))" } ?? "event \(number)"
  }

  /// The event with which the versions of a stream stop going on by one, as an error.
  private func broken(_ events: [EventEnvelope], upTo last: Int, _ error: EventStoreError) -> TransferError {
    let own = events.enumerated().filter { $0.element.stream == error.stream }
    let steps = zip(own, own.dropFirst()).map {
      (before: $0.element.version, index: $1.offset, version: $1.element.version)
    }
    var culprit = steps.first { $0.version != $0.before + 1 }
    if culprit == nil, error.code == .conflict, let first = own.first {
      culprit = (error.actual ?? 0, first.offset, first.element.version)
    }
    if culprit == nil, error.code == .duplicateEvent, let first = own.first {
      if let repeated = own.first(where: { error.message.contains($0.element.id.streamText) }) {
        let number = last - events.count + repeated.offset + 1
        return TransferError(.brokenStream, "\(place(number)) repeats an id: \(error.message)", line: number)
      }
      culprit = (first.element.version, first.offset, first.element.version)
    }
    guard let (before, index, version) = culprit else {
      return TransferError(.brokenStream, "the events do not go on where the target ends: \(error.message)")
    }
    let missing = before + 2 == version ? "version \(before + 1) is" : "versions \(before + 1) to \(version - 1) are"
    let reason =
      version <= before
      ? "it stands twice in the source, or in another order" : "\(missing) missing before it"
    let number = last - events.count + index + 1
    return TransferError(
      .brokenStream,
      "\(place(number)) has version \(version) of stream '\(error.stream?.text ?? "")' behind version \(before): \(reason)",
      line: number)
  }

  private func disagreement(_ event: EventEnvelope, _ number: Int, with stored: EventEnvelope) -> TransferError {
    let isSamePlace = event.stream == stored.stream && event.version == stored.version && event.type == stored.type
    guard isSamePlace else {
      return TransferError(
        .disagreement,
        "the target holds other events: its event at position \(stored.position) is '\(stored.type)' in stream "
          + "'\(stored.stream)' version \(stored.version), \(place(number)) of the source is '\(event.type)' in stream "
          + "'\(event.stream)' version \(event.version)", line: number)
    }
    var differences: [String] = []
    func compare(_ name: String, _ left: String, _ right: String) {
      guard left != right else { return }
      let start = zip(left, right).prefix { $0 == $1 }.count
      differences.append(
        "\(name) is \(Self.cut(left, at: start)) in the target and \(Self.cut(right, at: start)) in the source")
    }
    compare("id", stored.id.streamText, event.id.streamText)
    compare("schemaVersion", "\(stored.schemaVersion)", "\(event.schemaVersion)")
    if stored.metadata != event.metadata {
      compare(
        "metadata", String(decoding: MetadataText.write(stored.metadata), as: UTF8.self),
        String(decoding: MetadataText.write(event.metadata), as: UTF8.self))
    }
    if !event.payload.hasSameContent(as: stored.payload) {
      compare("payload", Self.text(of: stored.payload), Self.text(of: event.payload))
    }
    return TransferError(
      .disagreement,
      "the target holds other events: '\(event.type)', version \(event.version) of stream '\(event.stream)', is not the same "
        + "at position \(stored.position) of the target and on \(place(number)) of the source: "
        + differences.joined(separator: "; "), line: number)
  }

  private static func text(of payload: EventPayload) -> String {
    (try? payload.jsonBytes()).map { String(decoding: $0, as: UTF8.self) } ?? "no JSON"
  }

  /// So much of a text as a message has room for, around a place in it.
  private static func cut(_ text: String, at place: Int) -> String {
    guard text.count > 300 else { return text }
    let before = max(0, place - 100)
    let rest = text.dropFirst(before)
    return (before > 0 ? "…" : "") + rest.prefix(200) + (rest.count > 200 ? "…" : "")
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
      let result = try await store.append(
        to: first.stream, events: run.map(NewEvent.init), expected: .exact(first.version - 1))
      if result.wasAlreadyAppended {
        throw EventStoreError(
          .duplicateEvent, "events of stream '\(first.stream)' are stored already", stream: first.stream)
      }
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
