internal import EventSourcing
internal import EventSpec

/// A step of a session, as it was typed or loaded.
struct SessionStep: Sendable {
  /// The step as it is written, to be read again wherever the session is replayed.
  var source: StepSource
  /// The step as it was read.
  var step: Step
  /// The cells of its table.
  var table: [[String]] = []
  /// The content of its doc string.
  var docString: String?
  var mediaType: String?
}

/// What changes a session: everything else can be made of the list of these.
struct SessionEntry: Sendable {
  enum Change: Sendable {
    /// A step, with what somebody else did meanwhile.
    case step(SessionStep, meanwhile: [SessionStep])
    /// What was pending became a part of the past.
    case commit
    /// A stream became the one that steps speak of.
    case open(StreamFocus)
  }

  /// A stream's states before and behind the entry.
  struct EarlierState: Sendable {
    /// Where the stream stands among the session's.
    var slot: Int
    var before: StateNode
    var after: StateNode
    var version: Int
  }

  var change: Change
  /// The events that came about, as places in the engine's log.
  var events = 0..<0
  /// Those of them that are the act's.
  var emitted: [Int] = []
  /// The commands that process managers issued.
  var issued: [IssuedMessage] = []
  /// With what a command was refused.
  var refusal: ActFailure?
  /// What became of the streams that it changed.
  var states: [EarlierState] = []
  /// The time when it was done, and the time behind it.
  var clockBefore = Date.distantPast
  var clock = Date.distantPast
  /// Whether nothing is pending behind it.
  var isSettled = false

  init(_ change: Change) { self.change = change }

  var step: SessionStep? { if case .step(let step, _) = change { step } else { nil } }
}

/// The stream that a session is at.
enum StreamFocus: Sendable, Hashable {
  /// An instance of one of the domain's aggregates.
  case known(StreamReference)
  /// A stream of a store whose aggregate the domain does not have.
  case foreign(StreamName)

  var stream: StreamName {
    switch self {
    case .known(let reference): reference.stream
    case .foreign(let name): name
    }
  }

  var reference: StreamReference? { if case .known(let reference) = self { reference } else { nil } }
}
