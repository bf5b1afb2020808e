import EventSourcing

extension ScenarioEngine {
  // MARK: Given

  mutating func given(_ step: Step, index: Int, meanwhile: [Step], outcome: inout StepOutcome) async {
    if let first = meanwhile.first {
      fail(.stepFailed, "'meanwhile' belongs to a command under When", first, index + 1)
      isBroken = true
      return
    }
    do {
      switch step.action {
      case .record(let templates): try await recordHistory(templates, step, index)
      case .execute(let templates): try await executeHistory(templates, step, index, &outcome)
      case .stored(let template): try await store(template, step, index)
      case .nothingRecorded:
        if !log.isEmpty {
          fail(
            .historyFailed, "something has been recorded before: \(count(log.count, "event"))", step, index)
        }
      case .setTime(let time): try setClock(time, firing: false)
      case .passTime(let duration): clock = clock.addingTimeInterval(duration.seconds)
      case .metadata(let values): try setMetadata(values)
      case .bind(let name, let template):
        identities.reserved.insert(template)
        if bindings[name] == nil { bindings[name] = try value(template) }
      default: fail(.historyFailed, "this is nothing that can be given", step, index)
      }
    } catch {
      fail(.historyFailed, "this cannot be given: \(ErrorText.describe(error))", step, index)
    }
    if failures.contains(where: { $0.stepIndex == index && !$0.kind.isFinding }) { isBroken = true }
  }

  private mutating func recordHistory(_ templates: [MessageTemplate], _ step: Step, _ index: Int) async throws {
    for template in templates {
      let event = try message(template)
      let first = log.count
      let slot: Int
      if isInMemory {
        slot = try touch(reference(template.target))
        try record([event], in: slot, expected: nil, metadata: metadata)
      } else {
        slot = try await self.slot(reference(template.target))
        try await append([event], to: slot, expected: nil, metadata: metadata)
      }
      note(event.findings, step, index)
      noteFound(step, index)
      if managers != nil { _ = try observe(from: first) }
    }
  }

  private mutating func executeHistory(
    _ templates: [CommandTemplate], _ step: Step, _ index: Int, _ outcome: inout StepOutcome
  ) async throws {
    for template in templates {
      let first = log.count
      var result = try await transact(template, interferences: [], step, index)
      if result == nil { result = await react(from: first, to: &outcome.issuedCommands, step, index) }
      if let failure = result {
        outcome.refusal = failure
        fail(
          .historyFailed, "\(failure.command) was to have been executed, but failed: \(failure.phrase)", step, index)
        return
      }
    }
  }

  private mutating func store(_ template: StoredTemplate, _ step: Step, _ index: Int) async throws {
    let payload = try value(template.payload)
    identities.reserved.insert(template.payload)
    let slot = try await slot(reference(template.target))
    try await append(
      stored: NewEvent(
        id: eventIdentity(log.count), type: template.type, schemaVersion: template.schemaVersion, occurredAt: clock,
        metadata: metadata, payload: .json(JSONText.write(payload))),
      to: slot)
    noteFound(step, index)
    if managers != nil { _ = try observe(from: log.count - 1) }
  }

  private mutating func setMetadata(_ values: [String: ValueTemplate]) throws {
    for (key, template) in values { metadata[key] = text(try value(template)) }
  }

  /// The text of a value as metadata holds it.
  func text(_ value: DynamicValue) -> String {
    switch value {
    case .null: ""
    case .bool(let value): String(value)
    case .integer(let value): String(value)
    case .unsigned(let value): String(value)
    case .double(let value): String(value)
    case .decimal(let value): value.description
    case .string(let value): value
    case .uuid(let value): names.name(of: value) ?? value.streamText
    case .date(let value): ErrorText.time(value)
    case .duration, .array, .record: String(decoding: JSONText.write(value), as: UTF8.self)
    }
  }

  // MARK: When

  mutating func when(_ step: Step, index: Int, meanwhile: [Step], outcome: inout StepOutcome) async {
    if act?.isLookedAt ?? false { closeAct() }
    if keepsCheckpoints, step.isCommand {
      var engine = self
      engine.checkpoint = nil
      engine.steps = index
      checkpoint = CommandCheckpoint(engine: [engine], step: step, meanwhile: meanwhile)
    }
    if act == nil {
      reactions = 0
      act = Act(
        firstStep: index, firstLocation: step.location, slotsBefore: keepsStateBefore ? streams.slots : [], now: clock)
    }
    guard act?.failure == nil else {
      outcome.status = .skipped
      return
    }
    do {
      switch step.action {
      case .record(let templates): try await recordMeanwhileActing(templates, step, index, &outcome)
      case .execute(let templates): try await execute(templates, step, index, meanwhile, &outcome)
      case .setTime(let time): try await pass(to: time, step, index, &outcome)
      case .passTime(let duration):
        try await pass(to: .constant(.date(clock.addingTimeInterval(duration.seconds))), step, index, &outcome)
      case .metadata(let values): try setMetadata(values)
      case .bind(let name, let template):
        identities.reserved.insert(template)
        if bindings[name] == nil { bindings[name] = try value(template) }
      case .stored(let template):
        try await store(template, step, index)
        if managers != nil {
          await end(react(from: log.count - 1, to: &outcome.issuedCommands, step, index), step, index)
        }
      default:
        fail(.stepFailed, "this is nothing that can be done", step, index)
        isBroken = true
      }
    } catch {
      fail(.stepFailed, "this cannot be done: \(ErrorText.describe(error))", step, index)
      isBroken = true
    }
    outcome.refusal = act?.failure
  }

  /// An act that failed ends.
  mutating func end(_ failure: ActFailure?, _ step: Step, _ index: Int) {
    guard let failure else { return }
    act?.failure = failure
    act?.failureStep = index
    act?.failureLocation = step.location
  }

  private mutating func recordMeanwhileActing(
    _ templates: [MessageTemplate], _ step: Step, _ index: Int, _ outcome: inout StepOutcome
  ) async throws {
    for template in templates where act?.failure == nil {
      let event = try message(template)
      let slot = try await slot(reference(template.target))
      let first = log.count
      try await append([event], to: slot, expected: nil, metadata: metadata)
      note(event.findings, step, index)
      noteFound(step, index)
      if managers != nil { end(await react(from: first, to: &outcome.issuedCommands, step, index), step, index) }
    }
  }

  private mutating func execute(
    _ templates: [CommandTemplate], _ step: Step, _ index: Int, _ meanwhile: [Step], _ outcome: inout StepOutcome
  ) async throws {
    var interferences = meanwhile.map { Interference(step: $0, index: index + 1) }
    for position in interferences.indices { interferences[position].index += position }
    for template in templates where act?.failure == nil {
      act?.now = clock
      let first = log.count
      var failure = try await transact(template, interferences: interferences, step, index)
      for event in first..<log.count where !interfering.contains(event) { act?.events.append(event) }
      interferences = Array(interferences.dropFirst(interferencesUsed))
      if failure == nil, managers != nil {
        failure = await react(from: first, to: &outcome.issuedCommands, step, index)
      }
      end(failure, step, index)
    }
    if let left = interferences.first {
      fail(
        .stepFailed, "this never took place: the command came to its end before it loaded the stream so often",
        left.step, left.index, notes: ["a second 'meanwhile' needs a retry: 'with 1 retry'"])
    }
  }
}

/// Something that somebody else records during a command.
struct Interference: Sendable {
  let step: Step
  var index: Int
}

extension Failure.Kind {
  /// Whether it comes from a check that is always on, so that the steps behind it still have their meaning.
  var isFinding: Bool {
    switch self {
    case .codecLoss, .notDeterministic, .snapshotDiffers, .unregisteredEvent: true
    default: false
    }
  }
}

extension ActFailure {
  /// The failure as part of a sentence.
  var phrase: String {
    switch kind {
    case .conflict: "conflict: \(text)"
    case .unknownEventType, .refused, .stopped: "error \"\(text)\""
    }
  }
}

/// `1 event`, `2 events`.
func count(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
