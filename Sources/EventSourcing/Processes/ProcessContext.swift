/// What a process manager's reaction may know of the world, and what it may ask for.
public struct ProcessContext<Process: ProcessManager>: Sendable {
  enum Request: Sendable {
    case send(aggregate: any Aggregate.Type, stream: StreamName, command: any DomainMessage)
    case schedule(name: String, time: Date)
    case cancel(name: String)
    case complete
  }

  /// The process.
  public let correlation: Process.Correlation
  /// The time: that of the event, of the deadline, or of the failure.
  public let now: Date
  /// What came with the event, and goes with the commands.
  public let metadata: Metadata
  private let identities: @Sendable () -> UUID
  private(set) var requests: [Request] = []

  init(
    correlation: Process.Correlation, now: Date, metadata: Metadata, identities: @escaping @Sendable () -> UUID
  ) {
    self.correlation = correlation
    self.now = now
    self.metadata = metadata
    self.identities = identities
  }

  /// A fresh identity.
  ///
  /// - Returns: An id that no earlier call gave.
  public func newID() -> UUID { identities() }

  /// Sends a command; commands are executed in the order of their sending, when the reaction is over.
  ///
  /// - Parameters:
  ///   - command: What is asked for.
  ///   - aggregate: The aggregate that is asked.
  ///   - id: The instance.
  public mutating func send<Target: Aggregate>(_ command: Target.Command, to aggregate: Target.Type, id: Target.ID) {
    requests.append(.send(aggregate: aggregate, stream: Target.stream(of: id), command: command))
  }

  /// Schedules a deadline, in place of an earlier one of the same name.
  ///
  /// - Parameters:
  ///   - name: The deadline's name.
  ///   - duration: After what time it comes.
  public mutating func schedule(_ name: String, after duration: Duration) {
    let (seconds, attoseconds) = duration.components
    schedule(name, at: now.addingTimeInterval(TimeInterval(seconds) + TimeInterval(attoseconds) * 1e-18))
  }

  /// Schedules a deadline, in place of an earlier one of the same name.
  ///
  /// - Parameters:
  ///   - name: The deadline's name.
  ///   - time: When it comes.
  public mutating func schedule(_ name: String, at time: Date) { requests.append(.schedule(name: name, time: time)) }

  /// Cancels a deadline, where it is scheduled.
  ///
  /// - Parameter name: The deadline's name.
  public mutating func cancel(_ name: String) { requests.append(.cancel(name: name)) }

  /// Ends the process: its state is forgotten and its deadlines are cancelled.
  public mutating func complete() { requests.append(.complete) }
}
