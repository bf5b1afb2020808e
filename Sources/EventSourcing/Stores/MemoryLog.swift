/// What a ``MemoryEventStore`` holds, as a value whose copy is an undo point: streams of events and the one order of all.
struct MemoryLog: Sendable {
  struct Stream: Sendable {
    let name: StreamName
    var headers = ChunkedArray<EventHeader>()
    var payloads: PayloadColumn?

    init(_ name: StreamName) { self.name = name }

    mutating func append(_ event: NewEvent, position: Int) {
      if payloads != nil, !isKnownUniquelyReferenced(&payloads) { payloads = payloads?.copy() }
      PayloadColumn.append(event.payload, to: &payloads)
      headers.append(
        EventHeader(
          id: event.id, position: position, type: event.type, schemaVersion: event.schemaVersion,
          occurredAt: event.occurredAt, metadata: event.metadata))
    }

    /// The envelopes of successive events.
    ///
    /// They refer to the chunks as they stand. Only of the chunk that is being filled a few events are copied one by one,
    /// so that a few envelopes that somebody keeps do not have all of it copied when the next event comes.
    func addEnvelopes(_ range: Range<Int>, to envelopes: inout [EventEnvelope]) {
      let size = ChunkedArray<EventHeader>.chunkSize
      var start = range.lowerBound
      while start < range.upperBound {
        let chunk = start / size
        let end = min(range.upperBound, (chunk + 1) * size)
        let headers = headers.chunk(chunk)
        if headers.count == size || (end - start) * 4 >= headers.count,
          let page = payloads?.page(chunk: chunk, stream: name, headers: headers)
        {
          for index in (start - chunk * size)..<(end - chunk * size) { envelopes.append(EventEnvelope(page, index)) }
        } else {
          for index in start..<end { envelopes.append(envelope(at: index)) }
        }
        start = end
      }
    }

    private func envelope(at index: Int) -> EventEnvelope {
      let header = headers[index]
      return EventEnvelope(
        NewEvent(
          id: header.id, type: header.type, schemaVersion: header.schemaVersion, occurredAt: header.occurredAt,
          metadata: header.metadata, payload: payloads?.payload(at: index) ?? .json([])),
        stream: name, version: index + 1, position: Checkpoint(UInt64(header.position)))
    }
  }

  /// Where the event of a position is.
  struct Place: Sendable {
    private let streamNumber: UInt32
    private let versionNumber: UInt32

    init(stream: Int, version: Int) {
      streamNumber = UInt32(stream)
      versionNumber = UInt32(version)
    }

    var stream: Int { Int(streamNumber) }
    var version: Int { Int(versionNumber) }
  }

  private var numbers: [StreamName: Int] = [:]
  private var streams: [Stream] = []
  private var places = ChunkedArray<Place>()
  private var ids = EventIDIndex()
  private var sortedNames: [StreamName]?

  /// The position of the last event, 0 where there is none.
  var lastPosition: Int { places.count }

  func version(of name: StreamName) -> Int { numbers[name].map { streams[$0].headers.count } ?? 0 }

  // MARK: Appending

  mutating func append(_ events: [NewEvent], to name: StreamName, expected: ExpectedVersion) throws(EventStoreError)
    -> AppendResult
  {
    let check = try check(events, to: name, expected: expected)
    if let answer = check.answer { return answer }
    return add(events, to: name, number: check.number)
  }

  /// Appends events unless work beside it throws, which gets them as they will be stored and the position before them.
  mutating func append(
    _ events: [NewEvent], to name: StreamName, expected: ExpectedVersion,
    beside work: ([EventEnvelope], Checkpoint) throws -> Void
  ) throws -> AppendResult {
    let check = try check(events, to: name, expected: expected)
    if let answer = check.answer { return answer }
    let version = check.number.map { streams[$0].headers.count } ?? 0
    let envelopes = events.enumerated().map { offset, event in
      EventEnvelope(
        event, stream: name, version: version + offset + 1, position: Checkpoint(UInt64(places.count + offset + 1)))
    }
    try work(envelopes, Checkpoint(UInt64(places.count)))
    return add(events, to: name, number: check.number)
  }

  /// Looks whether an append can be made.
  ///
  /// - Returns: The stream's number, nil for one that is not there; and what answers the append without storing anything.
  private func check(_ events: [NewEvent], to name: StreamName, expected: ExpectedVersion) throws(EventStoreError)
    -> (number: Int?, answer: AppendResult?)
  {
    try expected.requireSensible(for: name)
    let number = numbers[name]
    let version = number.map { streams[$0].headers.count } ?? 0
    if let repeated = try earlierResult(of: events, on: name, number: number, version: version, expected: expected) {
      return (number, repeated)
    }
    guard expected.accepts(version) else { throw .conflict(on: name, expected: expected, actual: version) }
    return (number, events.isEmpty ? AppendResult(version: version, position: .start) : nil)
  }

  private mutating func add(_ events: [NewEvent], to name: StreamName, number: Int?) -> AppendResult {
    let stream = number ?? addStream(name)
    for event in events { add(event, to: stream) }
    return AppendResult(version: streams[stream].headers.count, position: Checkpoint(UInt64(places.count)))
  }

  private mutating func addStream(_ name: StreamName) -> Int {
    numbers[name] = streams.count
    streams.append(Stream(name))
    sortedNames = nil
    return streams.count - 1
  }

  private mutating func add(_ event: NewEvent, to stream: Int) {
    let position = places.count + 1
    streams[stream].append(event, position: position)
    places.append(Place(stream: stream, version: streams[stream].headers.count))
    ids.insert(tag: EventIDIndex.tag(of: event.id), position: position)
  }

  /// The answer to an append that was made before, nil for a new one.
  private func earlierResult(
    of events: [NewEvent], on name: StreamName, number: Int?, version: Int, expected: ExpectedVersion
  ) throws(EventStoreError) -> AppendResult? {
    guard let first = events.first else { return nil }
    if events.count == 1 {
      if position(of: first.id) == nil { return nil }
    } else {
      try refuseRepetition(in: events, stream: name)
      guard events.contains(where: { position(of: $0.id) != nil }) else { return nil }
    }
    let found = events.map { position(of: $0.id) }
    guard let known = zip(events, found).first(where: { $0.1 != nil }) else { return nil }

    // One of the ids is stored: either all of the batch is, at its place, or the id has been used for something else.
    let start = found.first.flatMap { $0 }.map { places[$0 - 1] }
    let isSame = zip(events, found).enumerated().allSatisfy { offset, pair in
      guard let position = pair.1, let start else { return false }
      let place = places[position - 1]
      return place.stream == number && place.version == start.version + offset && isStored(pair.0, at: place)
    }
    if isSame, let start, expected.accepts(start.version - 1) {
      let last = start.version + events.count - 1
      let position = streams[start.stream].headers[last - 1].position
      return AppendResult(version: last, position: Checkpoint(UInt64(position)), wasAlreadyAppended: true)
    }
    if isSame, !expected.accepts(version) { throw .conflict(on: name, expected: expected, actual: version) }
    let place = known.1.map { places[$0 - 1] } ?? Place(stream: 0, version: 0)
    throw EventStoreError(
      .duplicateEvent,
      "event \(known.0.id.streamText) is stored already, as version \(place.version) of stream "
        + "'\(streams[place.stream].name)'" + (first.id == known.0.id ? " with other content" : ""),
      stream: name)
  }

  private func refuseRepetition(in events: [NewEvent], stream: StreamName) throws(EventStoreError) {
    var seen: Set<UUID> = []
    for event in events where !seen.insert(event.id).inserted {
      throw EventStoreError(
        .duplicateEvent, "event \(event.id.streamText) is twice in one append to stream '\(stream)'", stream: stream)
    }
  }

  private func position(of id: UUID) -> Int? {
    ids.position(tag: EventIDIndex.tag(of: id)) { position in
      let place = places[position - 1]
      return streams[place.stream].headers[place.version - 1].id == id
    }
  }

  private func isStored(_ event: NewEvent, at place: Place) -> Bool {
    let stored = streams[place.stream].headers[place.version - 1]
    guard
      stored.type == event.type, stored.schemaVersion == event.schemaVersion, stored.occurredAt == event.occurredAt,
      stored.metadata == event.metadata, let payload = streams[place.stream].payloads?.payload(at: place.version - 1)
    else { return false }
    return payload.hasSameContent(as: event.payload)
  }

  // MARK: Reading

  func read(_ name: StreamName, from version: Int, limit: Int, direction: ReadDirection) throws(EventStoreError)
    -> [EventEnvelope]
  {
    try refuseNegative(limit)
    guard let number = numbers[name], limit > 0 else { return [] }
    let stream = streams[number]
    let count = stream.headers.count
    var envelopes: [EventEnvelope] = []
    switch direction {
    case .forwards:
      let start = max(version, 1) - 1
      guard start < count else { return [] }
      let end = start + min(limit, count - start)
      envelopes.reserveCapacity(end - start)
      stream.addEnvelopes(start..<end, to: &envelopes)
    case .backwards:
      let end = min(version, count)
      guard end > 0 else { return [] }
      let start = end - min(limit, end)
      envelopes.reserveCapacity(end - start)
      stream.addEnvelopes(start..<end, to: &envelopes)
      envelopes.reverse()
    }
    return envelopes
  }

  func readAll(after checkpoint: Checkpoint, limit: Int) throws(EventStoreError) -> [EventEnvelope] {
    try refuseNegative(limit)
    guard checkpoint.number < UInt64(places.count) else { return [] }
    let start = Int(checkpoint.number)
    let end = start + min(limit, places.count - start)
    var envelopes: [EventEnvelope] = []
    envelopes.reserveCapacity(end - start)
    var index = start
    while index < end {
      // Successive events of one stream are taken together.
      let first = places[index]
      var count = 1
      while index + count < end, places[index + count].stream == first.stream { count += 1 }
      streams[first.stream].addEnvelopes((first.version - 1)..<(first.version - 1 + count), to: &envelopes)
      index += count
    }
    return envelopes
  }

  func typedEvents<Event: DomainMessage>(of name: StreamName, as type: Event.Type, from version: Int)
    -> TypedEvents<Event>?
  {
    guard let number = numbers[name] else { return TypedEvents(chunks: [], version: 0) }
    guard let column = streams[number].payloads, column.messageType == ObjectIdentifier(Event.self) else { return nil }
    let messages = unsafeDowncast(column, to: TypedColumn<Event>.self).messages
    return TypedEvents(chunks: messages.chunks(from: max(version, 1) - 1), version: messages.count)
  }

  mutating func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) throws(EventStoreError)
    -> [StreamSummary]
  {
    try refuseNegative(limit)
    let names = sortedNames ?? numbers.keys.sorted(by: StreamName.precedes)
    sortedNames = names
    let prefixBytes = Array(prefix.utf8)
    // Names with a prefix stand together; the first one is found by halving.
    var start = names.partitioningIndex { !$0.text.utf8.lexicographicallyPrecedes(prefixBytes) }
    if let name { start = max(start, names.partitioningIndex { StreamName.precedes(name, $0) }) }
    var summaries: [StreamSummary] = []
    for name in names[start...].prefix(limit) {
      guard name.text.utf8.starts(with: prefixBytes) else { break }
      summaries.append(StreamSummary(stream: name, version: version(of: name)))
    }
    return summaries
  }

  private func refuseNegative(_ limit: Int) throws(EventStoreError) {
    guard limit >= 0 else { throw EventStoreError(.invalidArgument, "a limit must not be negative, it is \(limit)") }
  }
}

extension Array {
  /// The first index whose element a test holds for, where it holds for all behind it too.
  ///
  /// - Complexity: O(log *n*).
  func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
