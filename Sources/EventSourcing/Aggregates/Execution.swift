/// What executing a command came to.
public struct Execution<A: Aggregate>: Sendable {
  /// The events, in order.
  public var events: [A.Event]
  /// The events as they were stored.
  public var envelopes: [EventEnvelope]
  /// The state behind the events.
  public var state: A
  /// The stream's version behind the events.
  public var version: Int
  /// How often it was decided: one more than the conflicts met.
  public var attempts: Int
}

/// One attempt at executing a command, when it has been decided and nothing is stored yet.
public struct ExecutionAttempt<A: Aggregate>: Sendable {
  /// 1 for the first attempt.
  public var number: Int
  /// The stream.
  public var stream: StreamName
  /// The version on which it was decided.
  public var version: Int
  /// The events that are to be stored.
  public var events: [A.Event]
}
