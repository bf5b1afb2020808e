/// A store of events in streams, with optimistic concurrency.
///
/// The contract is what `EventSourcingTesting` checks; any store that passes it can stand behind everything here.
public protocol EventStore: Sendable {
  /// What this store can do.
  var capabilities: EventStoreCapabilities { get }

  /// Appends events to a stream, all or none.
  ///
  /// An append whose event ids the stream already holds at the expected place is answered as it was the first time.
  ///
  /// - Parameters:
  ///   - stream: The stream.
  ///   - events: The events, in order; with none, only the expectation is checked.
  ///   - expected: What the stream must look like.
  /// - Returns: Where the stream and the store stand afterwards.
  /// - Throws: ``EventStoreError`` with code `conflict` where the stream does not look so, `duplicateEvent` where an
  ///   id is stored already with other content, `invalidArgument` where the stream has no name or the expected version
  ///   is negative.
  func append(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) async throws -> AppendResult

  /// Reads events of one stream.
  ///
  /// - Parameters:
  ///   - stream: The stream; one that is not there has no events.
  ///   - version: The first version to read, going in the direction given.
  ///   - limit: How many at the most.
  ///   - direction: Towards newer or older events.
  /// - Returns: The events, contiguous, in the direction asked for.
  func readStream(_ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection) async throws
    -> [EventEnvelope]

  /// Reads events of all streams in the store's one order, the same for every reader.
  ///
  /// - Parameters:
  ///   - checkpoint: The last position seen; `.start` for none.
  ///   - limit: How many at the most.
  /// - Returns: The events behind it, without gaps.
  func readAll(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope]

  /// The version of a stream: the number of its events, 0 where there is none.
  func version(of stream: StreamName) async throws -> Int

  /// Lists streams by name.
  ///
  /// - Parameters:
  ///   - prefix: What the name starts with.
  ///   - name: The last name seen, nil for none.
  ///   - limit: How many at the most.
  /// - Returns: The streams behind it in the order of their names' UTF-8 bytes.
  func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) async throws -> [StreamSummary]

  /// Waits until there may be events behind a checkpoint, or the time is over.
  ///
  /// A hint only: it may return early, and a subscription reads again in any case.
  func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws
}

/// What the version of a stream must be for an append to go through.
public enum ExpectedVersion: Hashable, Sendable {
  /// Whatever it is.
  case any
  /// The stream has no events.
  case noStream
  /// The stream has an event.
  case streamExists
  /// The stream has exactly so many events.
  case exact(Int)
}

/// In which direction a stream is read.
public enum ReadDirection: Hashable, Sendable {
  /// From older events to newer ones.
  case forwards
  /// From newer events to older ones.
  case backwards
}

/// What an append came to.
public struct AppendResult: Hashable, Sendable {
  /// The stream's version behind the appended events.
  public var version: Int
  /// The position of the last appended event; `.start` where there was none.
  public var position: Checkpoint
  /// Whether the same events had been stored before.
  public var wasAlreadyAppended: Bool

  /// Makes a result.
  public init(version: Int, position: Checkpoint, wasAlreadyAppended: Bool = false) {
    self.version = version
    self.position = position
    self.wasAlreadyAppended = wasAlreadyAppended
  }
}

/// A stream's name and version.
public struct StreamSummary: Hashable, Sendable {
  /// The stream.
  public var stream: StreamName
  /// The number of its events.
  public var version: Int

  /// Makes a summary.
  public init(stream: StreamName, version: Int) {
    self.stream = stream
    self.version = version
  }
}

/// What a store can do, so that its users need not guess.
public struct EventStoreCapabilities: OptionSet, Sendable {
  /// The bits of the set.
  public let rawValue: Int
  /// Makes a set of its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// All events stand in one order.
  public static let totalOrder = EventStoreCapabilities(rawValue: 1)
  /// Positions are integers without gaps.
  public static let densePositions = EventStoreCapabilities(rawValue: 2)
  /// View rows can be written in the appending transaction.
  public static let inlineProjections = EventStoreCapabilities(rawValue: 4)
  /// A repeated append is recognised by its event ids, at any later time.
  public static let strongIdempotency = EventStoreCapabilities(rawValue: 8)
}
