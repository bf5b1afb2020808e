import EventSourcing

extension ScenarioEngine {
  /// Lets process managers see what was recorded.
  ///
  /// - Returns: What they issue.
  mutating func observe(from first: Int) throws -> [IssuedCommand] {
    var issued: [IssuedCommand] = []
    for place in first..<log.count {
      let index = streams.slots[log[place].slot].reference.aggregate
      guard runtime.isObserved[index] else { continue }
      let logged = log[place]
      let envelope = try envelope(logged)
      let aggregate = runtime.aggregates[index].type
      for event in logged.events {
        let now = clock
        let answer = try withIdentities { managers, newID in
          try managers.observe(envelope, event: event.erased, of: aggregate, now: now, newID: newID)
        }
        issued += answer ?? []
      }
    }
    return issued
  }

  /// Lets process managers react to what was recorded, and to what comes of that, until no command is left.
  ///
  /// - Returns: Why it failed; nil where it did not.
  mutating func react(
    from first: Int, to issued: inout [IssuedMessage], _ step: Step, _ index: Int
  ) async -> ActFailure? {
    guard managers != nil else { return nil }
    do {
      return await work(off: try observe(from: first), &issued, step, index)
    } catch {
      return failure(error, nil, nil, nil)
    }
  }

  /// Executes issued commands, in order, until none is left.
  mutating func work(
    off commands: [IssuedCommand], _ issued: inout [IssuedMessage], _ step: Step, _ index: Int
  ) async -> ActFailure? {
    var queue = commands[...]
    while let command = queue.popFirst() {
      if Task.isCancelled { return failure(EngineError.cancelled, nil, nil, command.manager) }
      reactions += 1
      guard reactions <= Self.reactionLimit else {
        return failure(EngineError.tooManyReactions(limit: Self.reactionLimit), nil, nil, command.manager)
      }
      do {
        guard let aggregate = runtime.index(of: command.aggregate) else {
          throw EngineError.unknownAggregate(command.aggregate.name)
        }
        let message = try runtime.aggregates[aggregate].message(.command, command.command)
        let reference = reference(to: command.stream, aggregate: aggregate)
        let record = IssuedMessage(stream: reference, command: message, processManager: command.manager)
        issued.append(record)
        act?.issued.append(record)
        note(message.findings, step, index)
        let first = log.count
        let failed = await transact(
          message, on: reference, retries: 0, expected: nil, metadata: command.metadata, interferences: [],
          issuedBy: command.manager, step, index)
        let now = clock
        if let failed {
          guard failed.kind != .stopped,
            let answer = try withIdentities({ managers, newID in
              try managers.commandFailed(command, error: failed.error, now: now, newID: newID)
            })
          else { return failed }
          queue.append(contentsOf: answer)
          continue
        }
        act?.events.append(contentsOf: first..<log.count)
        queue.append(contentsOf: try observe(from: first))
      } catch {
        return failure(error, nil, nil, command.manager)
      }
    }
    return nil
  }

  /// The stream that an issued command goes to, called as the scenario calls it.
  private func reference(to stream: StreamName, aggregate: Int) -> StreamReference {
    if let known = streams.index(of: stream) { return streams.slots[known].reference }
    let text = stream.text.dropFirst(runtime.aggregates[aggregate].type.streamCategory.count + 1)
    let display = UUID(uuidString: String(text)).flatMap { names.name(of: $0) } ?? String(text)
    return StreamReference(aggregate: aggregate, stream: stream, displayName: display)
  }

  private mutating func withIdentities<Result>(
    _ body: (inout ProcessManagerRuntime, @escaping @Sendable () -> UUID) throws -> Result?
  ) rethrows -> Result? {
    guard var managers else { return nil }
    let dispenser = IdentityDispenser(identities)
    // The runtime must not have a second owner while it changes.
    self.managers = nil
    defer {
      self.managers = managers
      identities = dispenser.rest
    }
    return try body(&managers) { dispenser.next() }
  }

  // MARK: Time

  /// Sets the clock, which never goes back.
  mutating func setClock(_ time: ValueTemplate, firing: Bool) throws {
    guard case .date(let date) = try value(time) else { throw EngineError.notATime }
    guard date >= clock else { throw EngineError.clockBackwards(from: clock, to: date) }
    clock = date
  }

  /// Moves the clock on; deadlines on the way come due in order, each at its own time.
  mutating func pass(
    to time: ValueTemplate, _ step: Step, _ index: Int, _ outcome: inout StepOutcome
  ) async throws {
    guard case .date(let date) = try value(time) else { throw EngineError.notATime }
    guard date >= clock else { throw EngineError.clockBackwards(from: clock, to: date) }
    while let deadline = managers?.nextDeadline, deadline <= date {
      if Task.isCancelled { throw EngineError.cancelled }
      clock = max(clock, deadline)
      act?.now = clock
      do {
        let due = try withIdentities { managers, newID in try managers.fireNextDeadline(newID: newID) }
        let failed = await work(off: due?.commands ?? [], &outcome.issuedCommands, step, index)
        if let failed {
          end(failed, step, index)
          return
        }
      } catch {
        end(failure(error, nil, nil, nil), step, index)
        return
      }
    }
    clock = date
    act?.now = date
  }
}
