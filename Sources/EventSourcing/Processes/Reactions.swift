/// What a process manager does when.
public struct Reactions<Process: ProcessManager>: Sendable {
  let events: [When<Process>]
  let deadlines: [OnDeadline<Process>]
  let failures: [OnFailure<Process>]

  /// The names of the deadlines that it knows what to do at.
  package var deadlineNames: [String] { deadlines.map(\.name) }
  /// The aggregates whose events it reacts to.
  package var aggregates: [any Aggregate.Type] { events.map(\.aggregate) }
}

/// The reaction to the events of one aggregate.
public struct When<Process: ProcessManager>: Sendable {
  let aggregate: any Aggregate.Type
  let aggregateType: ObjectIdentifier
  let correlation: @Sendable (any DomainMessage, EventEnvelope) -> Process.Correlation?
  let react: @Sendable (inout Process, any DomainMessage, inout ProcessContext<Process>) throws -> Void
  let decode: @Sendable (EventEnvelope) throws -> [any DomainMessage]

  /// Reacts to the events of an aggregate.
  ///
  /// - Parameters:
  ///   - aggregate: The aggregate.
  ///   - correlation: Which process an event belongs to, which begins where there is none yet; nil for no process.
  ///   - reaction: What the process does.
  public init<Source: Aggregate>(
    _ aggregate: Source.Type,
    correlatedBy correlation: @escaping @Sendable (Source.Event, EventEnvelope) -> Process.Correlation?,
    _ reaction: @escaping @Sendable (inout Process, Source.Event, inout ProcessContext<Process>) throws -> Void
  ) {
    self.aggregate = aggregate
    aggregateType = ObjectIdentifier(aggregate)
    self.correlation = { event, envelope in
      exactly(Source.Event.self, event).flatMap { correlation($0, envelope) }
    }
    react = { process, event, context in
      guard let event = exactly(Source.Event.self, event) else { return }
      try reaction(&process, event, &context)
    }
    let codec = EventCodec<Source>()
    decode = { try codec.decode($0) }
  }
}

/// What happens when a deadline has come.
public struct OnDeadline<Process: ProcessManager>: Sendable {
  let name: String
  let react: @Sendable (inout Process, inout ProcessContext<Process>) throws -> Void

  /// Acts at a deadline that a reaction has scheduled.
  ///
  /// - Parameters:
  ///   - name: The deadline's name.
  ///   - reaction: What the process does.
  public init(
    _ name: String, _ reaction: @escaping @Sendable (inout Process, inout ProcessContext<Process>) throws -> Void
  ) {
    self.name = name
    react = reaction
  }
}

/// What happens when an aggregate refuses a command that the process has sent.
public struct OnFailure<Process: ProcessManager>: Sendable {
  let aggregateType: ObjectIdentifier
  let react: @Sendable (inout Process, any DomainMessage, any Error, inout ProcessContext<Process>) throws -> Void

  /// Reacts to the failure of commands to an aggregate.
  ///
  /// - Parameters:
  ///   - aggregate: The aggregate that refused.
  ///   - reaction: What the process does about the command and its error.
  public init<Target: Aggregate>(
    of aggregate: Target.Type,
    _ reaction:
      @escaping @Sendable (inout Process, Target.Command, any Error, inout ProcessContext<Process>) throws ->
      Void
  ) {
    aggregateType = ObjectIdentifier(aggregate)
    react = { process, command, error, context in
      guard let command = exactly(Target.Command.self, command) else { return }
      try reaction(&process, command, error, &context)
    }
  }
}

/// Makes reactions of their parts.
@resultBuilder
public enum ReactionsBuilder<Process: ProcessManager> {
  /// One reaction of whatever kind.
  public enum Part {
    /// To events.
    case event(When<Process>)
    /// To a deadline.
    case deadline(OnDeadline<Process>)
    /// To failures.
    case failure(OnFailure<Process>)
  }

  /// A reaction to events.
  public static func buildExpression(_ part: When<Process>) -> Part { .event(part) }
  /// A reaction to a deadline.
  public static func buildExpression(_ part: OnDeadline<Process>) -> Part { .deadline(part) }
  /// A reaction to failures.
  public static func buildExpression(_ part: OnFailure<Process>) -> Part { .failure(part) }

  /// All reactions.
  public static func buildBlock(_ parts: Part...) -> Reactions<Process> {
    Reactions(
      events: parts.compactMap { if case .event(let part) = $0 { part } else { nil } },
      deadlines: parts.compactMap { if case .deadline(let part) = $0 { part } else { nil } },
      failures: parts.compactMap { if case .failure(let part) = $0 { part } else { nil } })
  }
}
