extension Repository {
  /// Executes a command: loads the instance, decides, saves, and begins anew where somebody else was faster.
  ///
  /// Where the metadata have no correlation or causation, the command's own id stands for it.
  ///
  /// - Parameters:
  ///   - command: What is asked for.
  ///   - id: The instance.
  ///   - expected: What the caller expects of the stream; a conflict where it does not hold.
  ///   - retries: How often to decide again after a conflict.
  ///   - metadata: What travels with the command and its events.
  ///   - willSave: Is shown each attempt between its decision and its save; what it throws ends the execution.
  /// - Returns: The events, and where the stream stands.
  /// - Throws: What the aggregate refuses the command with; ``EventStoreError``, with code `conflict` where all attempts
  ///   met one. Nothing has been stored then.
  @discardableResult
  public func execute(
    _ command: A.Command, on id: A.ID, expected: ExpectedVersion? = nil, retries: Int = 3, metadata: Metadata = [:],
    willSave: (@Sendable (ExecutionAttempt<A>) async throws -> Void)? = nil
  ) async throws -> Execution<A> {
    try await execute(
      command, commandID: environment.newID(), on: id, expected: expected, retries: retries, metadata: metadata,
      eventID: { _ in environment.newID() }, willSave: willSave)
  }

  /// Executes a command that may have been executed before: its events have ids made from the command's.
  ///
  /// - Parameters:
  ///   - command: What is asked for.
  ///   - commandID: The command's id.
  ///   - id: The instance.
  ///   - checkpoint: A position before which the command cannot have been executed.
  ///   - metadata: What travels with the command and its events.
  /// - Returns: What came of it; nil where its events are stored already.
  func executeOnce(
    _ command: A.Command, commandID: UUID, on id: A.ID, since checkpoint: Checkpoint, metadata: Metadata
  ) async throws -> Execution<A>? {
    let firstID = UUID(of: "0", in: commandID)
    if try await isStored(firstID, in: A.stream(of: id), since: checkpoint) { return nil }
    do {
      return try await execute(
        command, commandID: commandID, on: id, expected: nil, retries: 20, metadata: metadata,
        eventID: { UUID(of: String($0), in: commandID) }, willSave: nil)
    } catch {
      // Somebody else may execute the same command at the same time; being second must not look like a failure.
      if try await isStored(firstID, in: A.stream(of: id), since: checkpoint) { return nil }
      throw error
    }
  }

  private func execute(
    _ command: A.Command, commandID: UUID, on id: A.ID, expected: ExpectedVersion?, retries: Int, metadata: Metadata,
    eventID: (Int) -> UUID, willSave: (@Sendable (ExecutionAttempt<A>) async throws -> Void)?
  ) async throws -> Execution<A> {
    let metadata = metadata.completed(by: commandID)
    var attempt = 1
    while true {
      var aggregate = try await load(id)
      if let expected, !expected.accepts(aggregate.version) {
        throw EventStoreError.conflict(on: aggregate.stream, expected: expected, actual: aggregate.version)
      }
      let context = CommandContext(
        id: id, now: environment.now(), metadata: metadata, identities: environment.newID)
      let events = try aggregate.handle(command, in: context)
      var newEvents: [NewEvent] = []
      newEvents.reserveCapacity(events.count)
      for event in events {
        newEvents.append(
          try codec.newEvent(event, id: eventID(newEvents.count), occurredAt: context.now, metadata: metadata))
      }
      if let willSave {
        try await willSave(
          ExecutionAttempt(number: attempt, stream: aggregate.stream, version: aggregate.version, events: events))
      }
      do {
        let envelopes = try await save(
          &aggregate, as: newEvents, expected: expected == .any ? .any : .exact(aggregate.version))
        return Execution(
          events: events, envelopes: envelopes, state: aggregate.state, version: aggregate.version, attempts: attempt)
      } catch let error as EventStoreError where error.code == .conflict && attempt <= retries {
        attempt += 1
      }
    }
  }

  /// Whether a stream holds an event, looked for from its end back to a position.
  private func isStored(_ event: UUID, in stream: StreamName, since checkpoint: Checkpoint) async throws -> Bool {
    var version = Int.max
    while true {
      let batch = try await store.readStream(stream, from: version, limit: 100, direction: .backwards)
      for envelope in batch {
        if envelope.position <= checkpoint { return false }
        if envelope.id == event { return true }
      }
      guard let last = batch.last, last.version > 1 else { return false }
      version = last.version - 1
    }
  }
}
