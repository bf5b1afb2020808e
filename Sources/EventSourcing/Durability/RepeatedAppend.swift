/// An event that a store holds under an id that an append brings.
package struct StoredCopy: Sendable {
  /// The stream's name as columns hold it.
  package var storedName: String
  /// Its number in the stream.
  package var version: Int
  /// Its position.
  package var position: UInt64
  /// The event.
  package var event: EncodedEvent

  /// Makes a copy of what was read.
  package init(storedName: String, version: Int, position: UInt64, event: EncodedEvent) {
    self.storedName = storedName
    self.version = version
    self.position = position
    self.event = event
  }
}

extension PendingAppend {
  /// The answer where the stream does not look as expected or an id is stored already; nil where the append can be made.
  ///
  /// - Parameters:
  ///   - copies: The events that are stored under the append's ids.
  ///   - version: The version of the stream.
  package func answer(copies: [UUID: StoredCopy], version: Int) -> AppendOutcome? {
    let known = events.first { copies[$0.id] != nil }
    guard let known, let copy = copies[known.id] else {
      if expected.accepts(version) { return nil }
      return .failure(.conflict(on: stream, expected: expected, actual: version))
    }
    if let result = earlierResult(copies) {
      if expected.accepts(result.version - events.count) { return .success(result) }
      if !expected.accepts(version) { return .failure(.conflict(on: stream, expected: expected, actual: version)) }
    }
    return .failure(
      EventStoreError(
        .duplicateEvent,
        "event \(known.id.streamText) is stored already, as version \(copy.version) of stream "
          + "'\(StoredName.read(copy.storedName))'" + (copy.event == known ? "" : " with other content"),
        stream: stream))
  }

  /// What the append came to when it was made before, nil where its events do not all stand together in its stream.
  private func earlierResult(_ copies: [UUID: StoredCopy]) -> AppendResult? {
    guard let first = events.first, let start = copies[first.id] else { return nil }
    var last = start
    for (offset, event) in events.enumerated() {
      guard let copy = copies[event.id], copy.storedName.utf8.elementsEqual(storedName.utf8),
        copy.version == start.version + offset, event.hasContent(of: copy.event)
      else { return nil }
      last = copy
    }
    return AppendResult(version: last.version, position: Checkpoint(last.position), wasAlreadyAppended: true)
  }
}

extension EncodedEvent {
  /// Whether a stored event says the same; JSON may differ in its writing.
  fileprivate func hasContent(of other: EncodedEvent) -> Bool {
    if self == other { return true }
    return type == other.type && schemaVersion == other.schemaVersion && occurredAt == other.occurredAt
      && metadata == other.metadata
      && EventPayload.json(payload).hasSameContent(as: .json(other.payload))
  }
}
