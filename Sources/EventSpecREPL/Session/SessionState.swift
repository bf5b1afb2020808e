internal import EventSourcing
internal import EventSpec

/// All that a session has come to: a value, so that a copy is a point to return to.
struct SessionState: Sendable {
  var engine: ScenarioEngine
  var resolver: StepResolver
  /// The stream that steps without a stream speak of.
  private(set) var focus: StreamFocus?
  var histories = StateHistories()
  /// Whether the act under way is a part of the past, so that the next command begins another one.
  private var isActCommitted = false
  /// Whether what is recorded without a command is history at once, as where there is no store.
  let settlesHistory: Bool

  init(engine: ScenarioEngine, resolver: StepResolver, settlesHistory: Bool) {
    self.engine = engine
    self.resolver = resolver
    self.settlesHistory = settlesHistory
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
    entry.states = noteStates(behind: entry.events)
    if step.step.role == .when { entry.emitted = Array(engine.actEvents.dropFirst(emittedBefore)) }
    entry.issued = outcome.issuedCommands
    entry.refusal = outcome.refusal
    if settlesHistory, step.step.role == .given { engine.settle() }
    if focus == nil, let first = engine.touchedStreams.first { setFocus(.known(first.reference)) }
    return outcome
  }

  // MARK: States

  /// The states before some of the log's events, by stream; those behind them are noted.
  private mutating func noteStates(behind events: Range<Int>) -> [SessionEntry.EarlierState] {
    var changed: [Int] = []
    for logged in engine.log[events] where !changed.contains(logged.slot) { changed.append(logged.slot) }
    let slots = engine.touchedStreams
    return changed.compactMap { index in
      guard slots.indices.contains(index) else { return nil }
      let slot = slots[index]
      let before = histories.last(index)?.node ?? engine.runtime.aggregates[slot.reference.aggregate].initial
      histories.note(index, version: slot.version, node: slot.node)
      return SessionEntry.EarlierState(slot: index, before: before, after: slot.node, version: slot.version)
    }
  }

  /// Reads a stream of a store, keeping states on the way, so that the past can be gone to quickly.
  mutating func load(_ reference: StreamReference, from store: any EventStore) async throws {
    if engine.isLoaded(reference) { return }
    let aggregate = engine.runtime.aggregates[reference.aggregate]
    var node = aggregate.initial
    var version = 0
    var history = StateHistories.History()
    do {
      while true {
        let batch = try await store.readStream(reference.stream, from: version + 1, limit: 1_000, direction: .forwards)
        for envelope in batch {
          for event in try aggregate.events(of: envelope) { node = aggregate.next(node, event) }
          version = envelope.version
          history.note(version: version, node: node)
        }
        if batch.count < 1_000 { break }
        try Task.checkCancellation()
      }
    } catch let error as CodecError {
      // The engine tells of it wherever the stream is used.
      _ = error
      _ = try await engine.version(of: reference)
      return
    }
    guard let slot = engine.place(reference, node: node, version: version) else {
      _ = try await engine.version(of: reference)
      return
    }
    histories.set(slot, history)
  }
}
