internal import EventSourcing
internal import EventSpec

extension REPLSession {
  /// The stream that is open, which many a command needs.
  struct NoStream: Error, CustomStringConvertible {
    var description: String {
      "no stream is open; :open one, or type its first step, such as a command that creates it"
    }
  }

  func openStream() throws -> StreamReference {
    switch focus {
    case .known(let reference)?: return reference
    case .foreign(let name)?:
      throw SessionProblem("the domain has no aggregate for the stream '\(name)', so it has no state; :events shows it")
    case nil: throw NoStream()
    }
  }

  // MARK: State

  func showState(_ path: String) async throws -> REPLAnswer {
    let reference = try openStream()
    var engine = state.engine
    let value = try await engine.state(of: reference)
    let type = runtime.aggregates[reference.aggregate].schema.state
    var answer = REPLAnswer(.meta)
    if writesJSON {
      answer.result["stream"] = .string(reference.stream.text)
      answer.result["version"] = .integer(Int64(try await engine.version(of: reference)))
    }
    if path.isEmpty {
      if makesText { describe(value, type, in: &answer) }
      if writesJSON { answer.result["state"] = value.withDerivedValues }
      return answer
    }
    let found: (value: DynamicValue, type: TypeSchema)
    do { found = try ValuePath(path).value(in: value, type) } catch let problem {
      return .failure(.problem, problem.message, suggestion: problem.suggestion)
    }
    if makesText {
      if case .record = found.value, case .record = found.type.withoutOptional {
        describe(found.value, found.type, in: &answer)
      } else if case .array(let elements) = found.value, !elements.isEmpty {
        let element: TypeSchema =
          switch found.type.withoutOptional {
          case .array(let element), .set(let element): element
          default: found.type
          }
        for (index, value) in elements.enumerated() {
          answer.add(label: "[\(index)]", width: 4, text.render(value, element))
        }
      } else {
        answer.add("  " + text.render(found.value, found.type))
      }
    }
    if writesJSON {
      answer.result["path"] = .string(path)
      answer.result["value"] = found.value.withDerivedValues
    }
    return answer
  }

  func describe(_ value: DynamicValue, _ type: TypeSchema, in answer: inout REPLAnswer) {
    guard case .record(let record) = value else {
      answer.add("  " + text.render(value, type))
      return
    }
    let schema: [FieldSchema] = if case .record(let schema) = type.withoutOptional { schema.fields } else { [] }
    let width = min(24, record.fields.map { StyledText(stringLiteral: $0.name).displayWidth }.max() ?? 0)
    for field in record.fields {
      let type = schema.first { $0.name == field.name }?.type
      answer.add(
        label: field.name, width: width, type.map { text.render(field.value, $0) } ?? text.untyped(field.value),
        field.isDerived ? .dim : .plain)
    }
  }

  func diff(_ argument: String) async throws -> REPLAnswer {
    let numbers = argument.split { $0 == " " || $0 == "\t" }.map { Int($0) }
    guard numbers.count == 2, let first = numbers[0], let second = numbers[1] else {
      return Self.usage(.diff, "':diff' expects two event numbers")
    }
    let reference = try openStream()
    let before = try await state(of: reference, at: first)
    let after = try await state(of: reference, at: second)
    let aggregate = runtime.aggregates[reference.aggregate]
    let changes = StateDifference(text).changes(
      from: try aggregate.coded(before), to: try aggregate.coded(after), type: aggregate.schema.state)
    var answer = REPLAnswer(.meta)
    if changes.isEmpty { answer.add("  nothing differs", .dim) }
    answer.lines += changes.map(\.line)
    if writesJSON { answer.result["changes"] = .array(changes.map(\.record)) }
    return answer
  }

  // MARK: Events

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
    let own = log.indices.filter { log[$0].slot == index && range.contains(log[$0].version) }
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

  // MARK: Views

  func view(_ argument: String) async throws -> REPLAnswer {
    let parts = argument.split(maxSplits: 1) { $0 == " " || $0 == "\t" }.map(String.init)
    guard let name = parts.first else {
      return Self.usage(.view, "':view' expects a view: \(model.views.map(\.name).joined(separator: ", "))")
    }
    guard let index = model.views.firstIndex(where: { NormalizedName.areEqual($0.name.utf8, name.utf8) }) else {
      let nearest = NearestName.nearest(to: name, among: model.views.map(\.name))
      return .failure(
        .problem, "no view is called '\(name)'", suggestion: nearest.map { ":view \($0)" },
        notes: ["views: \(model.views.map(\.name).joined(separator: ", "))"])
    }
    let view = model.views[index]
    var key: DynamicValue?
    if parts.count == 2 {
      // The key is read as a Then step reads it.
      var resolver = state.resolver
      let step = "no \(view.name) for \(parts[1])"
      let place = SpecLocation(file: Self.file, line: 1, column: 1)
      let resolution = resolver.resolve(
        StepSource(
          keyword: .role(.then), keywordText: "Then", text: SourceText(step, line: 1, column: 1), location: place))
      guard case .expectView(let pattern)? = resolution.step?.action, case .constant(let value)? = pattern.key else {
        return .failure(
          .problem, resolution.diagnostics.first?.message ?? "'\(parts[1])' is no key of \(view.name)",
          notes: resolution.diagnostics.first?.notes ?? [])
      }
      key = value
    }
    let rows = try await withTimeline { timeline in
      try await timeline.withState { try await $0.engine.rows(ofView: index, key: key) }
    }
    var answer = REPLAnswer(.meta)
    if writesJSON { answer.result["rows"] = .array(rows.map(\.withDerivedValues)) }
    guard makesText else { return answer }
    if rows.isEmpty {
      answer.add("  no rows", .dim)
    } else if rows.count == 1, let row = rows.first {
      describe(row, view.row, in: &answer)
    } else {
      describe(rows, view, in: &answer)
    }
    return answer
  }

  private func describe(_ rows: [DynamicValue], _ view: ViewModel, in answer: inout REPLAnswer) {
    let fields = view.fields.fields
    var cells = [fields.map(\.name)]
    for row in rows {
      guard case .record(let record) = row else { continue }
      cells.append(fields.map { field in record[field.name].map { text.render($0, field.type) } ?? "" })
    }
    // What has no order of its own is shown in one that does not change.
    if !view.isOrdered { cells[1...].sort { $0.lexicographicallyPrecedes($1) } }
    let widths = fields.indices.map { column in
      min(40, cells.map { StyledText(stringLiteral: $0[column]).displayWidth }.max() ?? 0)
    }
    for (index, row) in cells.enumerated() {
      var line = StyledText()
      line.append("  | ", .dim)
      for (column, cell) in row.enumerated() {
        line.append(cell, index == 0 ? .bold : .plain)
        let width = StyledText(stringLiteral: cell).displayWidth
        line.append(String(repeating: " ", count: max(0, widths[column] - width)))
        line.append(column == row.count - 1 ? " |" : " | ", .dim)
      }
      answer.lines.append(line)
    }
  }

  // MARK: Streams

  func streams(_ wanted: String) async throws -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    var listed: [DynamicValue] = []
    let engine = state.engine
    let most = 200
    var found: [(stream: StreamName, label: String, version: Int)] = engine.touchedStreams.map { slot in
      (slot.reference.stream, display(slot.reference), slot.version)
    }
    if let storage, past == nil {
      let known = Set(found.map(\.stream))
      var last: StreamName?
      while found.count <= most {
        let batch = try await storage.store.streams(withPrefix: "", after: last, limit: 500)
        for summary in batch where !known.contains(summary.stream) {
          let label = reference(to: summary.stream).map(display) ?? summary.stream.text
          if wanted.isEmpty || Self.has(label, wanted) || Self.has(summary.stream.text, wanted) {
            found.append((summary.stream, label, summary.version))
          }
        }
        last = batch.last?.stream
        if batch.count < 500 { break }
        try Task.checkCancellation()
      }
    }
    if !wanted.isEmpty { found.removeAll { !Self.has($0.label, wanted) && !Self.has($0.stream.text, wanted) } }
    let width = min(48, found.map { StyledText(stringLiteral: $0.label).displayWidth }.max() ?? 0)
    for stream in found.prefix(most) {
      var line = StyledText()
      line.append(stream.stream == focus?.stream ? "  * " : "    ", .green)
      line.append(stream.label, .cyan)
      let used = StyledText(stringLiteral: stream.label).displayWidth
      line.append(String(repeating: " ", count: max(0, width - used) + 2))
      line.append("\(stream.version) \(stream.version == 1 ? "event" : "events")", .dim)
      answer.lines.append(line)
      if writesJSON {
        listed.append(
          .record(
            DynamicRecord([
              .init("stream", .string(stream.stream.text)), .init("name", .string(stream.label)),
              .init("version", .integer(Int64(stream.version))),
            ])))
      }
    }
    if found.count > most { answer.add("    … more; ':streams TEXT' shows those whose name has a text", .dim) }
    if found.isEmpty { answer.add(wanted.isEmpty ? "  no streams" : "  no stream has '\(wanted)' in its name", .dim) }
    if writesJSON { answer.result["streams"] = .array(listed) }
    return answer
  }

  private static func has(_ name: String, _ part: String) -> Bool {
    name.lowercased().firstRange(of: part.lowercased()) != nil
  }

  /// A stream of the store as an instance of an aggregate; nil where the domain has none for it.
  func reference(to stream: StreamName) -> StreamReference? {
    let candidates = model.aggregates.indices.filter { stream.text.hasPrefix(model.aggregates[$0].category + "-") }
    let longest = candidates.max { model.aggregates[$0].category.utf8.count < model.aggregates[$1].category.utf8.count }
    guard let index = longest, runtime.aggregates[index].identity(of: stream) != nil else { return nil }
    let id = String(stream.text.dropFirst(model.aggregates[index].category.count + 1))
    let name = UUID(uuidString: id).flatMap { model.names.name(of: $0) } ?? id
    return StreamReference(aggregate: index, stream: stream, displayName: name)
  }

  // MARK: The session

  func history() -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    let entries = timeline.entries
    var steps: [DynamicValue] = []
    var role: StepRole?
    for entry in entries {
      switch entry.change {
      case .step(let step, let meanwhile):
        for step in [step] + meanwhile {
          let lines = SessionText.lines(of: step, behind: role)
          role = step.step.role
          for line in lines { answer.add("  " + line, entry.refusal == nil ? .plain : .dim) }
          steps.append(.string(lines.joined(separator: "\n")))
        }
      case .commit:
        answer.add("  :commit", .dim)
        steps.append(.string(":commit"))
      case .open(let focus):
        let line = ":open " + (focus.reference.map(display) ?? text.instance(focus.stream.text))
        answer.add("  " + line, .dim)
        steps.append(.string(line))
      }
    }
    if entries.isEmpty { answer.add("  nothing has been done", .dim) }
    if writesJSON { answer.result["steps"] = .array(steps) }
    return answer
  }
}

/// Something that cannot be done, in one sentence.
struct SessionProblem: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

extension DynamicValue {
  /// The value with its derived values as if they were stored, so that they are written too.
  var withDerivedValues: DynamicValue {
    switch self {
    case .array(let elements): .array(elements.map(\.withDerivedValues))
    case .record(let record):
      .record(DynamicRecord(record.fields.map { .init($0.name, $0.value.withDerivedValues) }))
    default: self
    }
  }
}
