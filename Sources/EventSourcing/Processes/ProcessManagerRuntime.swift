/// Process managers with all of their processes, as a value: events, deadlines and failures go in, commands come out.
///
/// It does nothing by itself and reads no clock: whoever drives it executes the commands. ``ProcessManagerRunner`` is
/// what runs a process manager over a store.
public struct ProcessManagerRuntime: Sendable {
  private struct Deadline: Sendable {
    var time: Date
    var manager: Int
    var correlation: String
    var name: String
  }

  private var machines: [any ProcessMachine]
  /// In the order in which they come; those of one time in the order of their scheduling.
  private var deadlines: [Deadline] = []

  /// Makes a runtime without any process.
  ///
  /// - Parameter managers: The process managers.
  public init(_ managers: [any ProcessManager.Type]) { machines = managers.map { makeMachine($0) } }

  /// Whether a process manager reacts to events of an aggregate.
  package func reacts(to aggregate: any Aggregate.Type) -> Bool {
    let type = ObjectIdentifier(aggregate)
    return machines.contains { $0.reacts(to: type) }
  }

  /// Takes an event that has been stored.
  ///
  /// - Parameters:
  ///   - envelope: What is known about the event.
  ///   - event: The event.
  ///   - aggregate: The aggregate whose event it is.
  ///   - now: The time.
  ///   - newID: Where new ids come from.
  /// - Returns: The commands to execute, in order.
  /// - Throws: What a reaction throws; that process is as it was.
  public mutating func observe(
    _ envelope: EventEnvelope, event: any DomainMessage, of aggregate: any Aggregate.Type, now: Date,
    newID: @escaping @Sendable () -> UUID
  ) throws -> [IssuedCommand] {
    var commands: [IssuedCommand] = []
    for index in machines.indices {
      guard
        let change = try machines[index].observe(
          envelope, event: event, of: ObjectIdentifier(aggregate), now: now, newID: newID)
      else { continue }
      note(change, manager: index)
      commands += change.commands
    }
    return commands
  }

  /// The time of the next deadline, nil where there is none.
  public var nextDeadline: Date? { deadlines.first?.time }

  /// Lets the next deadline come.
  ///
  /// - Parameter newID: Where new ids come from.
  /// - Returns: The deadline's time, and the commands to execute; nil where there is no deadline.
  /// - Throws: What the reaction throws; the deadline is over nevertheless.
  public mutating func fireNextDeadline(newID: @escaping @Sendable () -> UUID) throws
    -> (time: Date, commands: [IssuedCommand])?
  {
    guard !deadlines.isEmpty else { return nil }
    let deadline = deadlines.removeFirst()
    let change = try machines[deadline.manager].fire(
      deadline.name, correlation: deadline.correlation, at: deadline.time, newID: newID)
    guard let change else { return (deadline.time, []) }
    note(change, manager: deadline.manager)
    return (deadline.time, change.commands)
  }

  /// Tells a process manager that a command of its own has failed.
  ///
  /// - Parameters:
  ///   - command: The command.
  ///   - error: What it was refused with.
  ///   - now: The time.
  ///   - newID: Where new ids come from.
  /// - Returns: The commands to execute instead; nil where the process manager does not handle the failure.
  /// - Throws: What the reaction throws.
  public mutating func commandFailed(
    _ command: IssuedCommand, error: any Error, now: Date, newID: @escaping @Sendable () -> UUID
  ) throws -> [IssuedCommand]? {
    guard let index = machines.firstIndex(where: { $0.name == command.manager }),
      let change = try machines[index].fail(command, error: error, now: now, newID: newID)
    else { return nil }
    note(change, manager: index)
    return change.commands
  }

  private mutating func note(_ change: ProcessChange, manager: Int) {
    var fresh = change.deadlines
    if !deadlines.isEmpty {
      deadlines.removeAll { deadline in
        guard deadline.manager == manager, deadline.correlation == change.correlation else { return false }
        if fresh[deadline.name] == deadline.time {
          fresh[deadline.name] = nil
          return false
        }
        return true
      }
    }
    for (name, time) in fresh.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      let index = deadlines.partitioningIndex { $0.time > time }
      deadlines.insert(
        Deadline(time: time, manager: manager, correlation: change.correlation, name: name), at: index)
    }
  }
}

/// What a reaction came to.
struct ProcessChange: Sendable {
  var correlation: String
  var deadlines: [String: Date]
  var commands: [IssuedCommand]
}

/// One process manager with its processes, whatever its type.
private protocol ProcessMachine: Sendable {
  var name: String { get }
  func reacts(to aggregate: ObjectIdentifier) -> Bool
  mutating func observe(
    _ envelope: EventEnvelope, event: any DomainMessage, of aggregate: ObjectIdentifier, now: Date,
    newID: @escaping @Sendable () -> UUID
  ) throws -> ProcessChange?
  mutating func fire(_ deadline: String, correlation: String, at time: Date, newID: @escaping @Sendable () -> UUID)
    throws -> ProcessChange?
  mutating func fail(
    _ command: IssuedCommand, error: any Error, now: Date, newID: @escaping @Sendable () -> UUID
  ) throws -> ProcessChange?
}

private func makeMachine<Process: ProcessManager>(_ type: Process.Type) -> any ProcessMachine { Machine<Process>() }

private struct Machine<Process: ProcessManager>: ProcessMachine {
  let reactions = Process.reactions
  var instances: [Process.Correlation: ProcessInstance<Process>] = [:]

  var name: String { Process.name }

  func reacts(to aggregate: ObjectIdentifier) -> Bool { reactions.events.contains { $0.aggregateType == aggregate } }

  mutating func observe(
    _ envelope: EventEnvelope, event: any DomainMessage, of aggregate: ObjectIdentifier, now: Date,
    newID: @escaping @Sendable () -> UUID
  ) throws -> ProcessChange? {
    for when in reactions.events where when.aggregateType == aggregate {
      guard let correlation = when.correlation(event, envelope) else { continue }
      var instance = instances[correlation] ?? ProcessInstance()
      instance.metadata = envelope.metadata.following(envelope)
      let commands = try instance.react(correlation: correlation, now: now, newID: newID) { process, context in
        try when.react(&process, event, &context)
      }
      return keep(instance, correlation, commands)
    }
    return nil
  }

  mutating func fire(_ deadline: String, correlation: String, at time: Date, newID: @escaping @Sendable () -> UUID)
    throws -> ProcessChange?
  {
    guard let correlation = Process.Correlation(streamText: correlation), var instance = instances[correlation] else {
      return nil
    }
    instance.deadlines[deadline] = nil
    instances[correlation] = instance
    guard let handler = reactions.deadlines.first(where: { $0.name == deadline }) else {
      throw ProcessManagerError.unknownDeadline(deadline, manager: Process.name, known: reactions.deadlineNames)
    }
    let commands = try instance.react(correlation: correlation, now: time, newID: newID, handler.react)
    return keep(instance, correlation, commands)
  }

  mutating func fail(
    _ command: IssuedCommand, error: any Error, now: Date, newID: @escaping @Sendable () -> UUID
  ) throws -> ProcessChange? {
    let aggregate = ObjectIdentifier(command.aggregate)
    guard let correlation = Process.Correlation(streamText: command.correlation),
      var instance = instances[correlation],
      let handler = reactions.failures.first(where: { $0.aggregateType == aggregate })
    else { return nil }
    let commands = try instance.react(correlation: correlation, now: now, newID: newID) { process, context in
      try handler.react(&process, command.command, error, &context)
    }
    return keep(instance, correlation, commands)
  }

  private mutating func keep(
    _ instance: ProcessInstance<Process>, _ correlation: Process.Correlation, _ commands: [IssuedCommand]
  ) -> ProcessChange {
    instances[correlation] = instance.isComplete ? nil : instance
    return ProcessChange(correlation: correlation.streamText, deadlines: instance.deadlines, commands: commands)
  }
}
