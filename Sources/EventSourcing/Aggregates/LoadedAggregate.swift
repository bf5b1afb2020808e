/// One aggregate instance in memory: its state, and the events that it has decided and nobody has stored yet.
public struct LoadedAggregate<A: Aggregate>: Sendable {
  /// The identity of the instance.
  public let id: A.ID
  /// The number of stored events behind the state; pending ones are not counted.
  public private(set) var version: Int
  /// The state, pending events included.
  public private(set) var state: A
  /// The events that have been decided and not collected, in order.
  public private(set) var pendingEvents: [A.Event] = []

  /// Makes an instance of which nothing has happened.
  ///
  /// - Parameter id: The identity.
  public init(id: A.ID) { self.init(id: id, state: A(), version: 0) }

  /// Makes an instance from its history.
  ///
  /// - Parameters:
  ///   - id: The identity.
  ///   - history: All of its events, in order.
  public init(id: A.ID, history: [A.Event]) {
    self.init(id: id)
    replay(history[...])
  }

  /// Makes an instance from its state at a version, as a snapshot holds it.
  ///
  /// - Parameters:
  ///   - id: The identity.
  ///   - state: The state.
  ///   - version: The number of events behind it.
  public init(id: A.ID, state: A, version: Int) {
    self.id = id
    self.state = state
    self.version = version
  }

  /// The name of the stream that holds its events.
  public var stream: StreamName { A.stream(of: id) }

  /// Folds stored events into the state.
  ///
  /// - Parameter events: The events behind ``version``, in order.
  public mutating func replay(_ events: ArraySlice<A.Event>) {
    state.apply(contentsOf: events)
    version += events.count
  }

  /// Folds one stored event into the state.
  ///
  /// - Parameter event: The event behind ``version``.
  public mutating func replay(_ event: A.Event) {
    state.apply(event)
    version += 1
  }

  /// Folds what one stored event has become into the state: several events, or none.
  mutating func replayStored(_ events: [A.Event]) {
    state.apply(contentsOf: events[...])
    version += 1
  }

  /// Decides a command on the state and applies the events, which are pending from then on.
  ///
  /// - Parameters:
  ///   - command: What is asked for.
  ///   - context: What the decision may know of the world.
  /// - Returns: The events.
  /// - Throws: What the aggregate throws; nothing has changed then.
  @discardableResult
  public mutating func handle(_ command: A.Command, in context: CommandContext<A.ID>) throws -> [A.Event] {
    let events = try state.handle(command, in: context)
    state.apply(contentsOf: events[...])
    pendingEvents.append(contentsOf: events)
    return events
  }

  /// Hands over the pending events, which count as stored from then on.
  ///
  /// - Returns: The events, in order.
  public mutating func collectPendingEvents() -> [A.Event] {
    let events = pendingEvents
    pendingEvents = []
    version += events.count
    return events
  }
}
