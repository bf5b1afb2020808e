internal import EventSourcing
internal import EventSpec

/// All that a session has come to: a value, so that a copy is a point to return to.
struct SessionState: Sendable {
  var engine: ScenarioEngine
  var resolver: StepResolver
  /// The stream that steps without a stream speak of.
  private(set) var focus: StreamFocus?
  var histories = StateHistories()
  /// What process managers had come to, once in a few hundred events.
  private(set) var managers: [ManagersMilestone] = []
  private static let managersSpacing = 256
  /// Whether the act under way is a part of the past, so that the next command begins another one.
  private var isActCommitted = false
  /// Whether what is recorded without a command is history at once, as where there is no store.
  let settlesHistory: Bool
  /// The store over which the session lies.
  private let store: (any EventStore)?
  /// The time of the world, where what is done may be committed to a store; nil where time is the session's own.
  private let now: (@Sendable () -> Date)?

  init(
    engine: ScenarioEngine, resolver: StepResolver, settlesHistory: Bool, store: (any EventStore)? = nil,
    now: (@Sendable () -> Date)? = nil
  ) {
    self.engine = engine
    self.resolver = resolver
    self.settlesHistory = settlesHistory
    self.store = store
    self.now = now
  }

  mutating func setFocus(_ focus: StreamFocus?) {
    self.focus = focus
    if let reference = focus?.reference { resolver.name(reference) }
    resolver.focus = focus?.reference
  }

  /// The number of events that are not committed.
  var pendingCount: Int { engine.pendingEvents.count }

  /// Does what an entry says, and notes in it what came of that.
  ///
  /// - Parameters:
  ///   - entry: The entry.
  ///   - isRead: Whether its step has been read with this state's resolver already.
  /// - Returns: What came of a step; nil for anything else.
  mutating func apply(_ entry: inout SessionEntry, isRead: Bool = false) async throws -> StepOutcome? {
    followTheWorld()
    entry.clockBefore = engine.clock
    defer { entry.clock = engine.clock }
    switch entry.change {
    case .commit:
      try await engine.commitPending()
      isActCommitted = true
      return nil
    case .open(let focus):
      setFocus(focus)
      return nil
    case .step(let step, let meanwhile):
      if !isRead { for source in [step.source] + meanwhile.map(\.source) { _ = resolver.resolve(source) } }
      return await take(step, meanwhile: meanwhile, &entry)
    }
  }

  /// Moves the clock on to the time of the world, unless something pending was decided at an earlier one.
  private mutating func followTheWorld() {
    guard let now, pendingCount == 0 else { return }
    let time = Date(timeIntervalSince1970: now().timeIntervalSince1970.rounded(.down))
    if time > engine.clock { engine.turnClock(to: time) }
  }

  private mutating func take(
    _ step: SessionStep, meanwhile: [SessionStep], _ entry: inout SessionEntry
  ) async -> StepOutcome {
    // A refused command that no Then speaks of is not a part of the act.
    if step.step.role != .then { engine.forgiveFailure() }
    if isActCommitted, step.step.role == .when {
      engine.endAct()
      isActCommitted = false
    }
    let first = engine.log.count
    let emittedBefore = step.step.role == .when && !engine.actIsLookedAt ? engine.actEvents.count : 0
    let outcome = await engine.take(step.step, meanwhile: meanwhile.map(\.step))
    entry.events = first..<engine.log.count
    entry.states = await noteStates(behind: entry.events)
    if engine.log.count - (managers.last?.count ?? 0) >= Self.managersSpacing, let milestone = engine.managersMilestone
    {
      managers.append(milestone)
    }
    if step.step.role == .when { entry.emitted = Array(engine.actEvents.dropFirst(emittedBefore)) }
    entry.issued = outcome.issuedCommands
    entry.refusal = outcome.refusal
    if settlesHistory, step.step.role == .given { engine.settle() }
    if focus == nil, let first = engine.touchedStreams.first { setFocus(.known(first.reference)) }
    return outcome
  }

  // MARK: States

  /// The states before some of the log's events, by stream; those behind them are noted.
  private mutating func noteStates(behind events: Range<Int>) async -> [SessionEntry.EarlierState] {
    var changed: [(slot: Int, firstVersion: Int)] = []
    for logged in engine.log[events] where !changed.contains(where: { $0.slot == logged.slot }) {
      changed.append((logged.slot, logged.version))
    }
    let slots = engine.touchedStreams
    var states: [SessionEntry.EarlierState] = []
    for (index, firstVersion) in changed where slots.indices.contains(index) {
      let slot = slots[index]
      if histories.last(index) == nil, firstVersion > 1 {
        await noteStored(slot.reference, index, upTo: firstVersion - 1)
      }
      let before = histories.last(index)?.node ?? engine.runtime.aggregates[slot.reference.aggregate].initial
      histories.note(index, version: slot.version, node: slot.node)
      states.append(SessionEntry.EarlierState(slot: index, before: before, after: slot.node, version: slot.version))
    }
    return states
  }

  /// Notes the states of a stream that the engine has read by itself, as where a process manager's command went to it.
  ///
  /// What cannot be read is left out: the engine has told of it.
  private mutating func noteStored(_ reference: StreamReference, _ slot: Int, upTo version: Int) async {
    guard let store else { return }
    let aggregate = engine.runtime.aggregates[reference.aggregate]
    if let read = try? await Self.read(reference, of: aggregate, from: store, upTo: version) {
      histories.set(slot, read.history)
    }
  }

  /// Reads a stream of a store, keeping states on the way.
  private static func read(
    _ reference: StreamReference, of aggregate: any AggregateRuntime, from store: any EventStore, upTo last: Int = .max
  ) async throws -> (node: StateNode, version: Int, history: StateHistories.History) {
    var node = aggregate.initial
    var version = 0
    var history = StateHistories.History()
    while version < last {
      let limit = min(1_000, last - version)
      let batch = try await store.readStream(reference.stream, from: version + 1, limit: limit, direction: .forwards)
      for start in stride(from: 0, to: batch.count, by: StateHistories.History.spacing) {
        let part = Array(batch[start..<min(batch.count, start + StateHistories.History.spacing)])
        node = try aggregate.next(node, folding: part)
        version += part.count
        history.note(version: version, node: node)
      }
      if batch.count < limit { break }
      try Task.checkCancellation()
    }
    return (node, version, history)
  }

  /// Reads a stream of a store, keeping states on the way, so that the past can be gone to quickly.
  mutating func load(_ reference: StreamReference, from store: any EventStore) async throws {
    if engine.isLoaded(reference) { return }
    let aggregate = engine.runtime.aggregates[reference.aggregate]
    do {
      let read = try await Self.read(reference, of: aggregate, from: store)
      if let slot = engine.place(reference, node: read.node, version: read.version) {
        histories.set(slot, read.history)
        return
      }
    } catch is CodecError {}
    // The engine tells of what is wrong wherever the stream is used.
    _ = try await engine.version(of: reference)
  }
}
