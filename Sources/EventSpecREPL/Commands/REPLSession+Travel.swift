internal import EventSourcing
internal import EventSpec

extension REPLSession {
  func travel(to argument: String) async throws -> REPLAnswer {
    guard !argument.isEmpty else {
      return Self.usage(.at, "':at' expects an event's number, 0 for the time before the first one, or a time")
    }
    let reference: StreamReference
    switch present.state.focus {
    case .known(let known)?: reference = known
    case .foreign?, nil: reference = try openStream()
    }
    let latest = try await latestVersion(of: reference)
    let number: Int
    if let stated = Int(argument) {
      guard (0...latest).contains(stated) else {
        return .failure(
          .problem, "\(display(reference)) has \(latest) \(latest == 1 ? "event" : "events"), so there is no \(stated)")
      }
      number = stated
    } else {
      guard let time = time(argument) else {
        return Self.usage(
          .at, "'\(argument)' is no event's number, and no time such as 2026-01-31 or 2026-01-31T09:30:00Z")
      }
      number = try await version(of: reference, at: time, latest: latest)
    }
    return try await travel(to: number, of: latest, in: reference)
  }

  private func travel(to number: Int, of latest: Int, in reference: StreamReference) async throws -> REPLAnswer {
    var engine = try await pastEngine(at: number, of: reference)
    if storage != nil, let time = try await time(of: max(number, 1), in: reference) { engine.turnClock(to: time) }
    var state = SessionState(
      engine: engine, resolver: StepResolver(domain: model), settlesHistory: true, store: storage?.store)
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

  /// The time that a text says, as a step would read it.
  private func time(_ text: String) -> Date? {
    var resolver = StepResolver(domain: model)
    let step = StepSource(
      keyword: .role(.given), keywordText: "Given", text: SourceText("the time is " + text, line: 1, column: 1),
      location: SpecLocation(file: Self.file, line: 1, column: 1))
    switch resolver.resolve(step).step?.action {
    case .setTime(.constant(.date(let date)))?: return date
    case .setTime(.now(let offset))?:
      let length = offset.components
      return present.state.engine.clock.addingTimeInterval(Double(length.seconds) + Double(length.attoseconds) / 1e18)
    default: return nil
    }
  }

  /// How many of a stream's events had happened by a time, where each happened at the time of the one before or later.
  ///
  /// - Complexity: O(log *n*) reads.
  private func version(of reference: StreamReference, at time: Date, latest: Int) async throws -> Int {
    var low = 0
    var high = latest
    while low < high {
      let middle = (low + high) / 2
      guard let happened = try await self.time(of: middle + 1, in: reference) else { return low }
      if happened <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// When an event of the present happened; nil where there is none of that number.
  private func time(of version: Int, in reference: StreamReference) async throws -> Date? {
    let state = present.state
    if let slot = state.engine.touchedIndex(of: reference.stream),
      let logged = state.engine.logged(slot, version)
    {
      return logged.occurredAt
    }
    return try await storage?.store.readStream(reference.stream, from: version, limit: 1).first?.occurredAt
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
    let engine = present.state.engine
    return engine.touchedIndex(of: reference.stream).map { engine.touchedStreams[$0].version } ?? 0
  }

  /// The state behind so many events of a stream, of the present or the past that is looked at.
  func state(of reference: StreamReference, at version: Int) async throws -> StateNode {
    let state = present.state
    guard let slot = state.engine.touchedIndex(of: reference.stream) else {
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
    guard let slot = engine.touchedIndex(of: reference.stream) else { return engine }
    let log = engine.log
    let cut = log.places(of: slot, (version + 1)...(.max), most: 1).first ?? log.count
    // Behind the cut a stream is where the last of its events before the cut left it.
    let firstBehind = log.firstVersions(of: slots.count, from: cut)
    var states: [(node: StateNode, version: Int)?] = []
    for index in slots.indices {
      let target = index == slot ? version : firstBehind[index].map { $0 - 1 } ?? slots[index].version
      states.append((try await node(of: index, at: target, in: state), target))
    }
    return try engine.rewound(
      to: cut, states: states, of: reference, managers: state.managers.last { $0.count <= cut })
  }

  /// The state of a stream at a version, from the nearest one that is known.
  private func node(of slot: Int, at version: Int, in state: SessionState) async throws -> StateNode {
    let stream = state.engine.touchedStreams[slot]
    if version == stream.version { return stream.node }
    let aggregate = runtime.aggregates[stream.reference.aggregate]
    var (known, node) = state.histories.nearest(slot, version) ?? (0, aggregate.initial)
    if known == version { return node }
    if let storage {
      let firstLogged = state.engine.firstLogged(slot)?.version ?? stream.version + 1
      let last = min(version, firstLogged - 1)
      while known < last {
        let batch = try await storage.store.readStream(
          stream.reference.stream, from: known + 1, limit: min(1_000, last - known))
        if batch.isEmpty { break }
        node = try aggregate.next(node, folding: batch)
        known += batch.count
      }
    }
    guard known < version else { return node }
    let log = state.engine.log
    for place in log.places(of: slot, (known + 1)...version) {
      for event in log[place].events { node = aggregate.next(node, event) }
    }
    return node
  }
}

extension ScenarioEngine {
  /// The first event of a stream that is in the log.
  func firstLogged(_ slot: Int) -> LoggedEvent? {
    log.places(of: slot, 0...(.max), most: 1).first.map { log[$0] }
  }

  /// An event of a stream, where it is in the log.
  func logged(_ slot: Int, _ version: Int) -> LoggedEvent? {
    log.places(of: slot, version...version, most: 1).first.map { log[$0] }
  }
}
