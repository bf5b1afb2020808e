package import EventSourcing

/// What came of one step.
package struct StepOutcome: Sendable {
  /// What the step came to.
  package var status: ResultStatus
  /// What is wrong; it may be about an earlier step, which the failure then names.
  package var failures: [Failure] = []
  /// The events that came about, as places in the engine's log.
  package var events = 0..<0
  /// The commands that process managers issued, in order.
  package var issuedCommands: [IssuedMessage] = []
  /// With what a command was refused.
  package var refusal: ActFailure?
  /// The streams before the step, where the engine keeps checkpoints.
  package var slotsBefore: [StreamSlot] = []

  package init(_ status: ResultStatus) { self.status = status }
}

/// A command that a process manager issued.
package struct IssuedMessage: Sendable {
  /// The stream that it went to.
  package let stream: StreamReference
  /// The command.
  package let command: CodedMessage
  /// Who issued it.
  package let processManager: String
}

/// Why an act failed.
package struct ActFailure: Sendable {
  /// What kind of error it is, as Then steps tell them apart.
  package enum Kind: Sendable, Hashable {
    /// The stream was not at the expected version.
    case conflict
    /// A stored event's type is unknown.
    case unknownEventType
    /// Anything else that was thrown.
    case refused
    /// The engine or the store gave up: reactions without end, cancelled, not to be reached.
    case stopped
  }

  /// What kind of error it is.
  package let kind: Kind
  /// The error itself.
  package let error: any Error
  /// The text of the error.
  package let text: String
  /// The error's aggregate, case and payload, where the aggregate declares it.
  package let declared: (aggregate: Int, caseIndex: Int, payload: DynamicRecord)?
  /// The command that failed, as in `PlaceOrder`.
  package let command: String
  /// The stream that it was for.
  package let stream: StreamReference?
  /// Whether a process manager issued the command.
  package let processManager: String?
}
