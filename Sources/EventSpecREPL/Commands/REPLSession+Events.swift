internal import EventSourcing
internal import EventSpec

/// Events, and where they come from.
extension REPLSession {
  func events(_ argument: String) async throws -> REPLAnswer {
    let words = argument.split { $0 == " " || $0 == "\t" }
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count, numbers.count <= 2 else {
      return Self.usage(.events, "':events' expects event numbers, or nothing")
    }
    var answer = REPLAnswer(.meta)
    var listed: [DynamicValue] = []
    let range =
      (numbers.first ?? 1)...max(numbers.first ?? 1, numbers.last.flatMap { numbers.count == 2 ? $0 : nil } ?? .max)
    if case .foreign(let name)? = focus {
      guard let storage else { throw NoStream() }
      let limit = range.upperBound == .max ? Int.max : range.count
      for envelope in try await storage.store.readStream(name, from: max(1, range.lowerBound), limit: limit) {
        if makesText { answer.lines.append(line(envelope)) }
        if writesJSON { listed.append(record(envelope)) }
      }
    } else {
      let reference = try openStream()
      var range = range
      if numbers.isEmpty, makesText {
        // Of a long stream the end is what one looks for.
        var engine = state.engine
        let earlier = try await engine.version(of: reference) - Self.mostEvents
        if earlier > 0 {
          range = earlier + 1...range.upperBound
          answer.add("    … \(earlier) earlier; ':events 1 \(min(earlier, Self.mostEvents))' shows the first", .dim)
        }
      }
      for shown in try await shownEvents(of: reference, range) {
        if makesText { answer.lines.append(shown.line) }
        if writesJSON { listed.append(shown.record) }
      }
    }
    if answer.lines.isEmpty, makesText { answer.add("  no events", .dim) }
    if writesJSON { answer.result["events"] = .array(listed) }
    return answer
  }

  /// How many events are listed where no range is given.
  private static let mostEvents = 500

  private func shownEvents(
    of reference: StreamReference, _ range: ClosedRange<Int>
  ) async throws -> [(line: StyledText, record: DynamicValue)] {
    var engine = state.engine
    let version = try await engine.version(of: reference)
    let pendingStart = engine.log.count - engine.pendingEvents.count
    let index = engine.touchedIndex(of: reference.stream) ?? -1
    let log = engine.log
    let own = log.places(of: index, range)
    var shown: [(StyledText, DynamicValue)] = []
    let firstLogged = engine.firstLogged(index)?.version ?? version + 1
    if let storage, firstLogged > range.lowerBound {
      let last = min(firstLogged - 1, range.upperBound)
      let first = max(1, range.lowerBound)
      if last >= first {
        for envelope in try await storage.store.readStream(reference.stream, from: first, limit: last - first + 1) {
          shown.append((line(envelope, of: reference), writesJSON ? record(envelope) : .null))
        }
      }
    }
    for logged in own.map({ log[$0] }) {
      let isPending = logged.index >= pendingStart
      shown.append(
        (
          line(logged, isPending: isPending, in: engine),
          writesJSON ? record(logged, isPending: isPending, in: engine) : .null
        ))
    }
    return shown
  }

  /// An event of a store, as a spec has it where the domain knows it.
  private func line(_ envelope: EventEnvelope, of reference: StreamReference? = nil) -> StyledText {
    var line = StyledText()
    line.append("    ")
    line.append("\(envelope.version) ", .dim)
    if let reference, let events = try? runtime.aggregates[reference.aggregate].events(of: envelope), !events.isEmpty {
      line.append(events.map(written).joined(separator: "; "), .bold)
      return line
    }
    line.append(envelope.type, .bold)
    if envelope.schemaVersion != 1 { line.append(" (schema version \(envelope.schemaVersion))", .dim) }
    line.append(" " + payloadText(envelope))
    return line
  }

  private func written(_ envelope: EventEnvelope, of reference: StreamReference?) -> String {
    let events = reference.flatMap { try? runtime.aggregates[$0.aggregate].events(of: envelope) } ?? []
    return events.isEmpty ? payloadText(envelope) : events.map(written).joined(separator: "; ")
  }

  func line(of envelope: EventEnvelope, focus: StreamFocus) -> StyledText { line(envelope, of: focus.reference) }

  func payloadText(_ envelope: EventEnvelope) -> String {
    switch envelope.payload {
    case .json(let bytes): String(decoding: bytes, as: UTF8.self)
    case .value(let message): "\(message)"
    }
  }

  func record(_ envelope: EventEnvelope) -> DynamicValue {
    var record = DynamicRecord([
      .init("stream", .string(envelope.stream.text)), .init("version", .integer(Int64(envelope.version))),
      .init("pending", .bool(false)), .init("type", .string(envelope.type)),
      .init("schemaVersion", .integer(Int64(envelope.schemaVersion))), .init("id", .uuid(envelope.id)),
      .init("position", .string(envelope.position.description)),
      .init("occurredAt", .string(text.untyped(.date(envelope.occurredAt)))),
    ])
    if case .json(let bytes) = envelope.payload, let tree = try? JSONText.read(bytes) { record["payload"] = tree }
    return .record(record)
  }

  func pending() -> REPLAnswer {
    let engine = state.engine
    var answer = REPLAnswer(.meta)
    let pending = engine.pendingEvents
    if makesText { for logged in pending { answer.lines.append(line(logged, isPending: true, in: engine)) } }
    if pending.isEmpty { answer.add("  nothing is pending", .dim) }
    if writesJSON { answer.result["events"] = .array(pending.map { record($0, isPending: true, in: engine) }) }
    return answer
  }

  func why(_ argument: String) async throws -> REPLAnswer {
    guard let number = Int(argument) else { return Self.usage(.why, "':why' expects an event's number") }
    if case .foreign(let name)? = focus, let storage {
      guard number > 0, let envelope = try await storage.store.readStream(name, from: number, limit: 1).first else {
        return .failure(.problem, "'\(name)' has no event \(number)")
      }
      return why(envelope, of: nil)
    }
    let reference = try openStream()
    var engine = state.engine
    let version = try await engine.version(of: reference)
    guard (1...max(version, 1)).contains(number), version > 0 else {
      return .failure(.problem, "\(display(reference)) has no event \(number); it is at version \(version)")
    }
    guard let slot = engine.touchedIndex(of: reference.stream), let logged = engine.logged(slot, number) else {
      guard let storage,
        let envelope = try await storage.store.readStream(reference.stream, from: number, limit: 1).first
      else { return .failure(.problem, "\(display(reference)) has no event \(number)") }
      return why(envelope, of: reference)
    }
    var facts: [(String, String)] = [("event", written(logged))]
    if let entry = timeline.entries.first(where: { $0.events.contains(logged.index) }), let step = entry.step {
      let words = (step.source.keywordText.isEmpty ? "" : step.source.keywordText + " ") + step.source.text.text
      switch step.step.action {
      case .execute: facts.append(("command", words))
      default: facts.append(("step", words))
      }
      if let issued = entry.issued.first(where: { $0.stream == reference }) {
        facts.append(("issued by", "\(issued.processManager): \(written(issued))"))
      }
    } else {
      facts.append(("step", "before what is looked at"))
    }
    facts.append(("time", text.untyped(.date(logged.occurredAt))))
    facts.append(("metadata", metadataText(logged.metadata)))
    facts.append(("id", logged.id.uuidString.lowercased()))
    return answer(with: facts, logged.metadata)
  }

  private func why(_ envelope: EventEnvelope, of reference: StreamReference?) -> REPLAnswer {
    let facts = [
      ("event", written(envelope, of: reference)), ("type", envelope.type),
      ("time", text.untyped(.date(envelope.occurredAt))), ("metadata", metadataText(envelope.metadata)),
      ("id", envelope.id.uuidString.lowercased()), ("position", envelope.position.description),
    ]
    return answer(with: facts, envelope.metadata)
  }

  private func answer(with facts: [(String, String)], _ metadata: Metadata) -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    for (label, value) in facts { answer.add(label: label, width: 9, value) }
    guard writesJSON else { return answer }
    // 'command' is the meta-command, as in any answer to one.
    let keys = ["command": "step", "issued by": "issuedBy"]
    for (label, value) in facts { answer.result[keys[label] ?? label] = .string(value) }
    let entries = metadata.values.sorted { $0.key < $1.key }
    answer.result["metadata"] = .record(DynamicRecord(entries.map { .init($0.key, .string($0.value)) }))
    return answer
  }

  private func metadataText(_ metadata: Metadata) -> String {
    metadata.values.isEmpty
      ? "none" : metadata.values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
  }
}
