internal import EventSourcing
internal import EventSpec

extension REPLSession {
  func travel(to argument: String) async throws -> REPLAnswer {
    guard let number = Int(argument), number >= 0 else {
      return Self.usage(.at, "':at' expects an event's number, 0 for the time before the first one")
    }
    guard case .known(let reference)? = present.state.focus else { throw NoStream() }
    let latest = try await latestVersion(of: reference)
    guard number <= latest else {
      return .failure(
        .problem, "\(display(reference)) has \(latest) \(latest == 1 ? "event" : "events"), so there is no \(number)")
    }
    let engine = try await pastEngine(at: number, of: reference)
    var state = SessionState(engine: engine, resolver: StepResolver(domain: model), settlesHistory: true)
    for slot in engine.touchedStreams { state.resolver.name(slot.reference) }
    state.setFocus(.known(reference))
    for (index, slot) in engine.touchedStreams.enumerated() {
      state.histories.note(index, version: slot.version, node: slot.node)
    }
    past = PastTimeline(
      reference: reference, latest: latest, timeline: Timeline(state, keepsEveryState: storage != nil))
    var answer = REPLAnswer(.meta)
    if number > 0 {
      let shown = try await events("\(number) \(number)")
      answer.lines += shown.lines
    } else {
      answer.add("  before the first event", .dim)
    }
    let value = try runtime.aggregates[reference.aggregate].coded(try await self.state(of: reference, at: number))
    if makesText { describe(value, runtime.aggregates[reference.aggregate].schema.state, in: &answer) }
    if writesJSON {
      answer.result["version"] = .integer(Int64(number))
      answer.result["state"] = value.withDerivedValues
    }
    return answer
  }

  func comeBack() -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    if past == nil {
      answer.add("  it is the present already", .dim)
    } else {
      past = nil
      answer.add("  back in the present", .dim)
    }
    return answer
  }

  private func latestVersion(of reference: StreamReference) async throws -> Int {
    if let storage {
      try await present.withState { try await $0.load(reference, from: storage.store) }
    }
    return present.state.engine.touchedStreams.first { $0.reference.stream == reference.stream }?.version ?? 0
  }

  /// The state behind so many events of a stream, of the present or the past that is looked at.
  func state(of reference: StreamReference, at version: Int) async throws -> StateNode {
    let state = present.state
    guard let slot = state.engine.touchedStreams.firstIndex(where: { $0.reference.stream == reference.stream }) else {
      if version == 0 { return runtime.aggregates[reference.aggregate].initial }
      throw SessionProblem("\(display(reference)) has no event \(version)")
    }
    let latest = state.engine.touchedStreams[slot].version
    guard (0...latest).contains(version) else {
      throw SessionProblem("\(display(reference)) has no event \(version); it is at version \(latest)")
    }
    return try await node(of: slot, at: version, in: state)
  }

  /// The engine as it was behind so many events of a stream.
  private func pastEngine(at version: Int, of reference: StreamReference) async throws -> ScenarioEngine {
    let state = present.state
    let engine = state.engine
    let slots = engine.touchedStreams
    guard let slot = slots.firstIndex(where: { $0.reference.stream == reference.stream }) else { return engine }
    let cut = engine.log.firstIndex { $0.slot == slot && $0.version > version } ?? engine.log.count
    // Behind the cut a stream is where the last of its events before the cut left it.
    var firstBehind: [Int: Int] = [:]
    for logged in engine.log[cut...] where firstBehind[logged.slot] == nil { firstBehind[logged.slot] = logged.version }
    var states: [(node: StateNode, version: Int)?] = []
    for index in slots.indices {
      let target = index == slot ? version : firstBehind[index].map { $0 - 1 } ?? slots[index].version
      states.append((try await node(of: index, at: target, in: state), target))
    }
    return try engine.rewound(to: cut, states: states, of: reference)
  }

  /// The state of a stream at a version, from the nearest one that is known.
  private func node(of slot: Int, at version: Int, in state: SessionState) async throws -> StateNode {
    let stream = state.engine.touchedStreams[slot]
    if version == stream.version { return stream.node }
    let aggregate = runtime.aggregates[stream.reference.aggregate]
    var (known, node) = state.histories.nearest(slot, version) ?? (0, aggregate.initial)
    if known == version { return node }
    if let storage {
      let firstLogged = state.engine.log.first { $0.slot == slot }?.version ?? stream.version + 1
      let last = min(version, firstLogged - 1)
      while known < last {
        let batch = try await storage.store.readStream(
          stream.reference.stream, from: known + 1, limit: min(1_000, last - known))
        if batch.isEmpty { break }
        for envelope in batch {
          for event in try aggregate.events(of: envelope) { node = aggregate.next(node, event) }
        }
        known += batch.count
      }
    }
    for logged in state.engine.log where logged.slot == slot && logged.version > known && logged.version <= version {
      for event in logged.events { node = aggregate.next(node, event) }
    }
    return node
  }

  // MARK: Stores

  func rebase() async throws -> REPLAnswer {
    guard storage != nil else {
      return .failure(.problem, "without a store nobody else writes, so there is nothing to rebase on")
    }
    guard past == nil else { return .failure(.problem, "come back from the past first", notes: [":now"]) }
    var root = emptyState()
    if let reference = present.state.focus?.reference, let storage {
      try await root.load(reference, from: storage.store)
      root.setFocus(.known(reference))
    }
    await present.rebase(on: root)
    var answer = REPLAnswer(.meta)
    for entry in present.entries where entry.refusal != nil {
      answer.add("  refused now: \(entry.step?.source.text.text ?? "") (\(entry.refusal?.text ?? ""))", .yellow)
    }
    let pending = pending()
    answer.lines += pending.lines
    answer.result = pending.result
    return answer
  }

  func follow() async throws -> REPLAnswer {
    guard let storage else { return .failure(.problem, "without a store nobody else writes; :follow needs --store") }
    guard let focus else { throw NoStream() }
    var answer = REPLAnswer(.meta)
    var version = try await storage.store.version(of: focus.stream)
    var position = try await storage.store.readStream(focus.stream, from: version, limit: 1).first?.position ?? .start
    var count = 0
    do {
      while true {
        try Task.checkCancellation()
        let batch = try await storage.store.readStream(focus.stream, from: version + 1, limit: 1_000)
        for envelope in batch {
          report(line(of: envelope, focus: focus))
          version = envelope.version
          position = envelope.position
          count += 1
        }
        if batch.isEmpty {
          try await storage.store.waitForEvents(after: position, timeout: .seconds(1))
          // Events of other streams end the waiting too.
          try await Task.sleep(for: .milliseconds(50))
        }
      }
    } catch is CancellationError {}
    if present.state.pendingCount == 0, past == nil, case .known(let reference) = focus {
      var root = emptyState()
      try await root.load(reference, from: storage.store)
      root.setFocus(focus)
      present = Timeline(root, keepsEveryState: true)
    }
    answer.add("  \(count) \(count == 1 ? "event" : "events") came", .dim)
    return answer
  }
}
