import EventSourcing

/// The When steps in a row with all that came of them, and how far Then steps have looked at it.
struct Act: Sendable {
  /// The first When step.
  let firstStep: Int
  let firstLocation: SpecLocation
  /// The streams before the act.
  let slotsBefore: [StreamSlot]
  /// The time when its last command ran.
  var now: Date
  /// Its events, as places in the log.
  var events: [Int] = []
  /// The commands that process managers issued.
  var issued: [IssuedMessage] = []
  var failure: ActFailure?
  /// The step at which it failed.
  var failureStep = 0
  var failureLocation: SpecLocation?

  /// The Then steps that have looked at it.
  var thens = 0
  /// Whether a Then speaks of events or of an error, so that all events must be stated.
  var comparesEvents = false
  var comparesCommands = false
  var mode: EventMode?
  /// The last Then that speaks of events or an error, and of commands.
  var lastEventStep = 0
  var lastEventLocation: SpecLocation?
  var lastCommandStep = 0
  var lastCommandLocation: SpecLocation?
  /// How many of its events and issued commands have been stated.
  var eventCursor = 0
  var commandCursor = 0
  /// What Then steps stated so far, beside the events that were taken for it.
  var aligned: [(pattern: MessagePattern?, event: Int?)] = []
  /// What is stated in any order, and which event each takes.
  var unordered = EventAssignment()
  /// Whether a Then expects the failure.
  var failureIsExpected = false
  /// Whether the failure, or surplus events, have been reported.
  var failureIsReported = false
  var surplusIsReported = false

  /// How Then steps speak of events.
  enum EventMode: Sendable { case exact, anyOrder, include }

  var isLookedAt: Bool { thens > 0 }
}
