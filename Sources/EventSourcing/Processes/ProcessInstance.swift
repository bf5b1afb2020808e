/// One process: its state, its deadlines and what travels with its commands.
struct ProcessInstance<Process: ProcessManager>: Sendable {
  var state = Process()
  /// The time of each deadline by name.
  var deadlines: [String: Date] = [:]
  /// The metadata of the last event, which go on with what a deadline leads to.
  var metadata: Metadata = [:]
  var isComplete = false

  /// Runs a reaction and does what it asks for; where it throws, nothing has changed.
  ///
  /// - Returns: The commands that it sends, in order.
  mutating func react(
    correlation: Process.Correlation, now: Date, newID: @escaping @Sendable () -> UUID,
    _ reaction: (inout Process, inout ProcessContext<Process>) throws -> Void
  ) rethrows -> [IssuedCommand] {
    var context = ProcessContext<Process>(correlation: correlation, now: now, metadata: metadata, identities: newID)
    var changed = state
    try reaction(&changed, &context)
    state = changed

    var commands: [IssuedCommand] = []
    for request in context.requests {
      switch request {
      case .send(let aggregate, let stream, let command):
        commands.append(
          IssuedCommand(
            id: newID(), aggregate: aggregate, stream: stream, command: command, metadata: metadata,
            manager: Process.name, correlation: correlation.streamText))
      case .schedule(let name, let time): deadlines[name] = time
      case .cancel(let name): deadlines[name] = nil
      case .complete:
        isComplete = true
        deadlines = [:]
      }
    }
    return commands
  }
}

extension Metadata {
  /// What travels with the commands that an event leads to.
  func following(_ envelope: EventEnvelope) -> Metadata {
    var metadata = self
    let id = envelope.id.streamText
    metadata.correlation = metadata.correlation ?? id
    metadata.causation = id
    return metadata
  }
}
