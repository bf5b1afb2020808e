import EventSourcing

extension ScenarioEngine {
  /// Executes one command: loads its stream, decides, saves; decides again on a conflict as often as asked.
  ///
  /// - Returns: Why it failed; nil where it did not.
  /// - Throws: Where the command cannot even be made.
  mutating func transact(
    _ template: CommandTemplate, interferences: [Interference], _ step: Step, _ index: Int
  ) async throws -> ActFailure? {
    let command = try message(template.message)
    let reference = try reference(template.message.target)
    return await transact(
      command, on: reference, retries: template.retries, expected: template.expectedVersion, metadata: metadata,
      interferences: interferences, issuedBy: nil, step, index)
  }

  mutating func transact(
    _ command: CodedMessage, on reference: StreamReference, retries: Int, expected: Int?, metadata: Metadata,
    interferences: [Interference], issuedBy processManager: String?, _ step: Step, _ index: Int
  ) async -> ActFailure? {
    interfering.removeAll(keepingCapacity: true)
    interferencesUsed = 0
    var attempt = 0
    do {
      while true {
        if Task.isCancelled { throw EngineError.cancelled }
        let slot = isInMemory ? try touch(reference) : try await slot(reference)
        let node = streams.slots[slot].node
        let version = streams.slots[slot].version
        if let failure = streams.slots[slot].loadFailure { throw failure }
        if attempt < interferences.count {
          interferencesUsed += 1
          try await interfere(interferences[attempt], step, index)
        }
        if let expected, expected != version {
          throw EventStoreError.conflict(on: reference.stream, expected: .exact(expected), actual: version)
        }
        let decision = runtime.aggregates[reference.aggregate].decide(
          node, command, identity: streams.slots[slot].identity,
          context: DecisionContext(now: clock, metadata: metadata, identities: identities))
        identities = decision.identities
        if !decision.findings.isEmpty { note(decision.findings, step, index) }
        if let error = decision.error { throw error }
        if decision.events.isEmpty { return nil }
        do {
          if isInMemory {
            try record(decision.events, in: slot, expected: version, metadata: metadata)
          } else {
            try await append(decision.events, to: slot, expected: version, metadata: metadata)
          }
          noteFound(step, index)
          return nil
        } catch let error as EventStoreError where error.code == .conflict && attempt < retries {
          attempt += 1
        }
      }
    } catch {
      return failure(error, command, reference, processManager)
    }
  }

  /// Somebody else records something between a command's loading and its saving.
  private mutating func interfere(_ interference: Interference, _ step: Step, _ index: Int) async throws {
    guard case .meanwhile(let templates) = interference.step.action else { return }
    for template in templates {
      do {
        let message = try message(template)
        let slot = try await slot(reference(template.target))
        let events: [CodedMessage]
        switch template.kind {
        case .event: events = [message]
        case .command:
          let decision = runtime.aggregates[template.aggregate].decide(
            streams.slots[slot].node, message, identity: streams.slots[slot].identity,
            context: DecisionContext(now: clock, metadata: metadata, identities: identities))
          identities = decision.identities
          note(decision.findings, interference.step, interference.index)
          if let error = decision.error { throw error }
          events = decision.events
        }
        let first = log.count
        try await append(events, to: slot, expected: nil, metadata: metadata, otherConnection: true)
        interfering.append(contentsOf: first..<log.count)
        for event in events { note(event.findings, interference.step, interference.index) }
        noteFound(interference.step, interference.index)
      } catch {
        fail(
          .stepFailed, "this was to happen meanwhile, but failed: \(ErrorText.describe(error))", interference.step,
          interference.index)
      }
    }
  }

  /// What a Then step can know of an error.
  func failure(
    _ error: any Error, _ command: CodedMessage?, _ reference: StreamReference?, _ processManager: String?
  ) -> ActFailure {
    let kind: ActFailure.Kind =
      switch error {
      case let error as EventStoreError where error.code == .conflict: .conflict
      case let error as CodecError where error.code == .unknownEventType: .unknownEventType
      case is EngineError, is EventStoreError: .stopped
      default: .refused
      }
    var declared: (aggregate: Int, caseIndex: Int, payload: DynamicRecord)?
    if kind == .refused {
      for aggregate in aggregatesToAsk(reference) {
        guard let found = runtime.aggregates[aggregate].declaredError(error) else { continue }
        declared = (aggregate, found.caseIndex, found.payload)
        break
      }
    }
    let name = command.map { commandName($0) } ?? "the act"
    return ActFailure(
      kind: kind, error: error, text: ErrorText.describe(error), declared: declared, command: name, stream: reference,
      processManager: processManager)
  }

  private func aggregatesToAsk(_ reference: StreamReference?) -> [Int] {
    guard let reference else { return Array(runtime.aggregates.indices) }
    return [reference.aggregate] + runtime.aggregates.indices.filter { $0 != reference.aggregate }
  }
}
