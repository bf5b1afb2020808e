/// Runs a process manager over a store: takes events, executes the commands sent, lets deadlines come.
///
/// A reaction's effects (the process's state, its deadlines, the commands it sends, and how far events have been
/// taken) are stored in one transaction; commands are executed from there, under ids of their own, by which one that
/// was executed before the process died is recognised. So each event has its effect once.
///
/// One runner of a process manager is enough. A second one beside it does no harm where commands succeed; where one
/// fails for the first and not for the second, both outcomes could take their course, so do not let two run for long.
///
/// Like a ``ProjectionRunner``, it stops where something is wrong: at an event or deadline that a reaction refuses, and
/// at a command that fails without an ``OnFailure``. The next run begins there again.
///
/// ```swift
/// let runner = ProcessManagerRunner(
///   TransferProcess.self, aggregates: [Account.self, Transfer.self], events: store, processes: store)
/// try await runner.run()
/// ```
public struct ProcessManagerRunner<Process: ProcessManager>: CatchingUp {
  private let aggregates: [any Aggregate.Type]
  private let events: any EventStore
  private let processes: any ViewStore
  private let environment: Environment
  private let start: Checkpoint
  private let batchSize: Int
  private let reactions = Process.reactions

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - manager: The process manager.
  ///   - aggregates: The aggregates that it sends commands to.
  ///   - events: Where events come from, and the events of its commands go.
  ///   - processes: Where its processes are kept.
  ///   - checkpoint: Behind which event it begins when it runs for the first time.
  ///   - environment: Where the time and new ids come from.
  ///   - batchSize: How many events are read at a time.
  public init(
    _ manager: Process.Type, aggregates: [any Aggregate.Type], events: any EventStore, processes: any ViewStore,
    after checkpoint: Checkpoint = .start, environment: Environment = .system, batchSize: Int = 100
  ) {
    self.aggregates = aggregates
    self.events = events
    self.processes = processes
    self.environment = environment
    start = checkpoint
    self.batchSize = max(batchSize, 1)
  }

  // MARK: Running

  /// Takes all events, executes all commands and lets all deadlines come that are due, until nothing is left to do.
  ///
  /// - Returns: The position of the last event taken.
  /// - Throws: ``ProcessManagerError`` where it has to stop; what a store throws.
  @discardableResult
  public func catchUp() async throws -> Checkpoint {
    while true {
      try await executeCommands()
      if try await takeEvents() { continue }
      if try await fireDeadline() { continue }
      return try await storage { try $0.generation.checkpoint }
    }
  }

  /// Runs until the task is cancelled.
  ///
  /// - Parameter pollInterval: How long to rely on the store's hint before looking again.
  /// - Throws: As ``catchUp()``, and `CancellationError`.
  public func run(pollInterval: Duration = .seconds(1)) async throws {
    while true {
      let checkpoint = try await catchUp()
      try Task.checkCancellation()
      var patience = pollInterval
      if let deadline = try await nextDeadline() {
        let seconds = max(0, deadline.timeIntervalSince(environment.now()))
        // A timer of the system may come early; a moment later is late enough.
        if seconds < 86_400 { patience = min(patience, .seconds(seconds) + .milliseconds(1)) }
      }
      try await events.waitForEvents(after: checkpoint, timeout: patience)
      try Task.checkCancellation()
    }
  }

  /// The time of the next deadline, nil where there is none.
  public func nextDeadline() async throws -> Date? { try await storage { try $0.firstDeadline()?.time } }

  /// The state of a process, nil where there is none or it has completed.
  ///
  /// - Parameter correlation: What ties its events together.
  public func process(_ correlation: Process.Correlation) async throws -> Process? {
    try await storage { try $0.instance(correlation)?.state }
  }

  private func storage<Result: Sendable>(
    _ body: @escaping @Sendable (ProcessStorage<Process>) throws -> Result
  ) async throws -> Result {
    try await processes.withViewTransaction { transaction in
      try body(ProcessStorage(transaction, startingAt: start))
    }
  }

  // MARK: Events

  /// Takes events up to the first that leads to a command.
  ///
  /// - Returns: False where there was none.
  private func takeEvents() async throws -> Bool {
    let checkpoint = try await storage { try $0.generation.checkpoint }
    let batch = try await events.readAll(after: checkpoint, limit: batchSize)
    guard !batch.isEmpty else { return false }
    let refused = try await take(batch[...], from: checkpoint)
    if let refused {
      // What stands before the refused event counts; the error comes from trying it alone.
      try await take(batch.prefix { $0.position != refused.position }, from: checkpoint)
      throw refused.error
    }
    return true
  }

  @discardableResult
  private func take(_ batch: ArraySlice<EventEnvelope>, from checkpoint: Checkpoint) async throws
    -> (position: Checkpoint, error: ProcessManagerError)?
  {
    guard !batch.isEmpty else { return nil }
    do {
      try await storage { storage in
        guard try storage.generation.checkpoint == checkpoint else { return }
        for envelope in batch {
          let commands: [IssuedCommand]
          do {
            commands = try react(to: envelope, in: storage)
          } catch {
            throw Refusal(position: envelope.position, error: stopped(at: envelope, by: error))
          }
          try storage.move(to: envelope.position)
          if !commands.isEmpty { break }
        }
      }
      return nil
    } catch let refusal as Refusal {
      return (refusal.position, refusal.error)
    }
  }

  private struct Refusal: Error {
    let position: Checkpoint
    let error: ProcessManagerError
  }

  private func react(to envelope: EventEnvelope, in storage: ProcessStorage<Process>) throws -> [IssuedCommand] {
    var issued: [IssuedCommand] = []
    for when in reactions.events where envelope.stream.isIn(category: when.aggregate.streamCategory) {
      var isTaken = false
      for event in try when.decode(envelope) {
        guard let correlation = when.correlation(event, envelope) else { continue }
        isTaken = true
        var instance = try storage.instance(correlation) ?? ProcessInstance()
        let before = instance.deadlines
        instance.metadata = envelope.metadata.following(envelope)
        let commands = try instance.react(
          correlation: correlation, now: envelope.occurredAt, newID: environment.newID
        ) { process, context in
          try when.react(&process, event, &context)
        }
        try storage.keep(instance, correlation, deadlinesBefore: before)
        for command in commands { try storage.add(command, since: envelope.position, knowing: aggregates) }
        issued += commands
      }
      if isTaken { break }
    }
    return issued
  }

  private func stopped(at envelope: EventEnvelope, by error: any Error) -> ProcessManagerError {
    if let error = error as? ProcessManagerError { return error }
    return ProcessManagerError(
      .stopped, manager: Process.name,
      "process manager \(Process.name) stopped before \(envelope.type), version \(envelope.version) of stream "
        + "'\(envelope.stream)' (position \(envelope.position)): \(error)",
      underlying: error)
  }

  // MARK: Deadlines

  /// Lets the next deadline come where it is due.
  ///
  /// - Returns: False where none is.
  private func fireDeadline() async throws -> Bool {
    let now = environment.now()
    return try await storage { storage in
      guard let deadline = try storage.firstDeadline(), deadline.time <= now else { return false }
      guard let correlation = Process.Correlation(streamText: deadline.correlation),
        var instance = try storage.instance(correlation)
      else {
        try storage.remove(deadline)
        return true
      }
      let before = instance.deadlines
      instance.deadlines[deadline.name] = nil
      guard let handler = reactions.deadlines.first(where: { $0.name == deadline.name }) else {
        throw ProcessManagerError.unknownDeadline(
          deadline.name, manager: Process.name, known: reactions.deadlineNames)
      }
      do {
        let commands = try instance.react(
          correlation: correlation, now: deadline.time, newID: environment.newID, handler.react)
        try storage.keep(instance, correlation, deadlinesBefore: before)
        let checkpoint = try storage.generation.checkpoint
        for command in commands { try storage.add(command, since: checkpoint, knowing: aggregates) }
      } catch {
        throw ProcessManagerError(
          .stopped, manager: Process.name,
          "process manager \(Process.name) stopped at deadline '\(deadline.name)' of process '\(deadline.correlation)': "
            + "\(error)",
          underlying: error)
      }
      return true
    }
  }

  // MARK: Commands

  private func executeCommands() async throws {
    while let stored = try await storage({ try $0.firstCommand() }) {
      let command = try stored.issued(by: Process.name, among: aggregates)
      do {
        try await execute(command, of: command.aggregate, since: stored.since)
      } catch let error as EventStoreError {
        // The store's trouble, not the aggregate's answer: the command stays where it is.
        throw error
      } catch let error as CancellationError {
        throw error
      } catch {
        try await failed(command, stored, error)
        continue
      }
      try await storage { try $0.remove(stored) }
    }
  }

  private func execute<Target: Aggregate>(
    _ issued: IssuedCommand, of aggregate: Target.Type, since checkpoint: Checkpoint
  ) async throws {
    guard let command = exactly(Target.Command.self, issued.command),
      let text = issued.stream.text.dropCategory(Target.streamCategory), let id = Target.ID(streamText: text)
    else {
      throw EventStoreError(
        .corrupt, "a command of process manager \(Process.name) goes to '\(issued.stream)', which is no \(Target.name)",
        stream: issued.stream)
    }
    let repository = Repository<Target>(
      store: events, snapshots: events as? any SnapshotStore, environment: environment)
    _ = try await repository.executeOnce(
      command, commandID: issued.id, on: id, since: checkpoint, metadata: issued.metadata)
  }

  private func failed(_ command: IssuedCommand, _ stored: StoredCommand, _ error: any Error) async throws {
    let now = environment.now()
    let aggregate = ObjectIdentifier(command.aggregate)
    let unhandled = ProcessManagerError(
      .commandFailed, manager: Process.name,
      "a command of process manager \(Process.name) failed, and it does not handle that: \(stored.type) to stream "
        + "'\(command.stream)', process '\(command.correlation)': \(error)",
      underlying: error)
    guard let handler = reactions.failures.first(where: { $0.aggregateType == aggregate }),
      let correlation = Process.Correlation(streamText: command.correlation)
    else { throw unhandled }
    try await storage { storage in
      // Somebody else may have been here.
      guard try storage.contains(stored) else { return }
      guard var instance = try storage.instance(correlation) else { throw unhandled }
      let before = instance.deadlines
      let commands: [IssuedCommand]
      do {
        commands = try instance.react(correlation: correlation, now: now, newID: environment.newID) {
          process, context in
          try handler.react(&process, command.command, error, &context)
        }
      } catch {
        throw unhandled
      }
      try storage.remove(stored)
      try storage.keep(instance, correlation, deadlinesBefore: before)
      let checkpoint = try storage.generation.checkpoint
      for command in commands { try storage.add(command, since: checkpoint, knowing: aggregates) }
    }
  }
}

extension String {
  /// What stands behind a category and a hyphen, nil where the text does not begin so.
  fileprivate func dropCategory(_ category: String) -> String? {
    guard hasPrefix(category + "-") else { return nil }
    return String(dropFirst(category.count + 1))
  }
}
