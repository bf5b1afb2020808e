package import EventSourcing

/// What a session, a scenario under construction, asks of its engine beyond what a scenario does.
extension ScenarioEngine {
  /// The events of the act under way, as places in the log.
  package var actEvents: [Int] { act?.events ?? [] }

  /// Whether a Then step has looked at the act under way, so that a When step begins another one.
  package var actIsLookedAt: Bool { act?.isLookedAt ?? false }

  /// Lets the act go on behind a failure that no Then step has looked at.
  package mutating func forgiveFailure() {
    guard act?.failure != nil, act?.isLookedAt == false else { return }
    act?.failure = nil
    act?.failureLocation = nil
    act?.failureIsReported = false
  }

  /// Ends the act under way, whatever of it no Then step has looked at.
  package mutating func endAct() { act = nil }

  /// Whether no deadline is to come, so that the passing of time has no effect.
  package var isStill: Bool { managers?.nextDeadline == nil }

  /// Makes all that was recorded history.
  package mutating func settle() { committed = log.count }

  /// Sets the clock without anything coming due, backwards too: where real streams are looked at, time is that of the
  /// world, or that of the event which the past ends with.
  package mutating func turnClock(to time: Date) { clock = time }

  /// Where a stream stands among those that were touched; nil where it was not.
  ///
  /// - Complexity: O(1).
  package func touchedIndex(of stream: StreamName) -> Int? { streams.index(of: stream) }

  /// Whether a stream's events are known.
  package func isLoaded(_ reference: StreamReference) -> Bool {
    streams.index(of: reference.stream).map { streams.slots[$0].version > 0 } ?? false
  }

  /// Makes a stream known that was read from the store under the engine.
  ///
  /// - Parameters:
  ///   - reference: The stream.
  ///   - node: The state behind its events.
  ///   - version: The number of its events.
  /// - Returns: Where it stands among the streams; nil where its name holds no identity.
  package mutating func place(_ reference: StreamReference, node: StateNode, version: Int) -> Int? {
    let index: Int
    if let known = streams.index(of: reference.stream) {
      index = known
    } else {
      guard let identity = runtime.aggregates[reference.aggregate].identity(of: reference.stream) else { return nil }
      index = streams.insert(StreamSlot(reference: reference, identity: identity, node: node))
    }
    streams.slots[index].node = node
    streams.slots[index].version = version
    streams.slots[index].storedVersion = version
    return index
  }

  /// The engine as it was when its log was shorter, made of states that are known.
  ///
  /// - Parameters:
  ///   - count: The number of events in the log.
  ///   - states: The streams' states and versions at that time, in their order; a stream of a store that has none is
  ///     read again when it is needed.
  ///   - reference: The stream of which no later event must be seen.
  ///   - managers: What process managers had come to at that time or before it; nil for nothing yet.
  /// - Throws: What a process manager throws.
  package func rewound(
    to count: Int, states: [(node: StateNode, version: Int)?], of reference: StreamReference,
    managers milestone: ManagersMilestone? = nil
  ) throws -> ScenarioEngine {
    var past = self
    past.act = nil
    past.isBroken = false
    past.log.truncate(to: count)
    past.committed = past.log.count
    past.clock = past.log.last?.occurredAt ?? (count < log.count ? log.first?.occurredAt ?? clock : clock)
    past.views = Array(repeating: nil, count: runtime.views.count)
    for index in past.streams.slots.indices {
      let state = index < states.count ? states[index] : nil
      past.streams.slots[index].node =
        state?.node ?? runtime.aggregates[past.streams.slots[index].reference.aggregate].initial
      past.streams.slots[index].version = state?.version ?? 0
      past.streams.slots[index].storedVersion = min(past.streams.slots[index].storedVersion, state?.version ?? 0)
      past.streams.slots[index].loadFailure = nil
      if past.streams.slots[index].reference.stream == reference.stream {
        past.horizon = (reference.stream, state?.version ?? 0)
      }
    }
    past.managers = milestone?.managers ?? runtime.processManagers
    let seen = milestone?.count ?? 0
    if past.managers != nil, count > seen { _ = try past.observe(from: seen) }
    return past
  }

  /// What process managers have come to so far; nil where the domain has none.
  package var managersMilestone: ManagersMilestone? {
    managers.map { ManagersMilestone(count: log.count, managers: $0) }
  }
}

/// What process managers had come to when so many events were in the log.
package struct ManagersMilestone: Sendable {
  /// The number of events that they had seen.
  package let count: Int
  let managers: ProcessManagerRuntime
}
