internal import EventSourcing
internal import EventSpec

extension REPLSession {
  /// Reads a step and takes it.
  func answer(toStep unit: InputUnit) async -> REPLAnswer {
    if case .foreign(let name)? = focus {
      return .failure(
        .problem, "the domain has no aggregate for the stream '\(name)', so steps cannot speak of it",
        notes: [":events shows what it holds; :open goes to another stream"])
    }
    let read: SessionStep
    var resolver = past?.timeline.state.resolver ?? present.state.resolver
    switch StepReading(unit).source {
    case .failure(let diagnostics): return mistyped(diagnostics.list, unit)
    case .success(let typed):
      let resolution = resolver.resolve(typed.source)
      guard let step = resolution.step else { return mistyped(resolution.diagnostics, unit) }
      read = SessionStep(
        source: typed.source, step: step, table: typed.table, docString: typed.docString, mediaType: typed.mediaType)
    }
    if let problem = problem(with: read.step) { return problem }
    if read.step.isMeanwhile { return await take(meanwhile: read, unit) }
    do {
      if let storage { try await load(targets(of: read.step.action), from: storage.store) }
      let (entry, outcome) = try await withTimeline { timeline in
        try await timeline.perform(.step(read, meanwhile: []), reading: resolver) { outcome in
          outcome.map { Self.isKept($0, of: read.step) } ?? true
        }
      }
      noteTaken(read)
      return answer(read, entry, outcome)
    } catch {
      return .failure(.problem, "\(error)")
    }
  }

  /// Does something with the timeline that is looked at.
  func withTimeline<Result>(_ body: (inout Timeline) async throws -> Result) async rethrows -> Result {
    // Taken out for the while, so that it has one owner.
    if var place = past {
      past = nil
      defer { past = place }
      return try await body(&place.timeline)
    }
    return try await body(&present)
  }

  /// Why a step has no place in the session as it is.
  private func problem(with step: Step) -> REPLAnswer? {
    guard step.role == .given else { return nil }
    if storage != nil, past == nil {
      switch step.action {
      case .record, .execute, .stored, .nothingRecorded:
        return .failure(
          .problem, "the history of a store's stream is the store's own",
          notes: ["'When …' records it beside the store, pending until :commit or :discard"])
      default: break
      }
    }
    let pending = place.pending
    guard pending > 0 else { return nil }
    return .failure(
      .problem,
      "history comes before what is pending: \(pending) \(pending == 1 ? "event is" : "events are") not committed",
      notes: [past == nil ? ":commit or :discard them first" : ":undo what was tried first"])
  }

  /// Whether a step stays in the session: checks that do not hold, and what could not be done, do not.
  private static func isKept(_ outcome: StepOutcome, of step: Step) -> Bool {
    outcome.status != .failed || (step.role != .then && ownFailures(outcome, step).allSatisfy { isFinding($0.kind) })
  }

  /// The failures of the step itself; others are about earlier ones.
  static func ownFailures(_ outcome: StepOutcome, _ step: Step) -> [Failure] {
    outcome.failures.filter { $0.location == step.location }
  }

  static func isFinding(_ kind: Failure.Kind) -> Bool {
    switch kind {
    case .codecLoss, .notDeterministic, .snapshotDiffers, .unregisteredEvent: true
    default: false
    }
  }

  private func take(meanwhile read: SessionStep, _ unit: InputUnit) async -> REPLAnswer {
    let entries = timeline.entries
    guard let last = entries.last, case .step(let step, let earlier) = last.change, step.step.isCommand else {
      return .failure(.problem, "'meanwhile' belongs right behind the command that it comes in between of")
    }
    do {
      let outcomes = try await withTimeline { timeline in
        try await timeline.replace(from: entries.count - 1, with: [.step(step, meanwhile: earlier + [read])])
      }
      guard let entry = timeline.entries.last else { return REPLAnswer(.step) }
      return answer(step, entry, outcomes.last)
    } catch {
      return .failure(.problem, "\(error)")
    }
  }

  /// Steps that were loaded with a scenario are offered until they have been taken.
  private func noteTaken(_ step: SessionStep) {
    guard let next = upcoming.first else { return }
    if next.hasSuffix(step.source.text.text) || next.hasPrefix(step.source.keywordText + " " + step.source.text.text) {
      upcoming.removeFirst()
    }
  }

  // MARK: Streams of a store

  func targets(of action: StepAction) -> [StreamReference] {
    let targets: [StreamTarget] =
      switch action {
      case .record(let templates), .meanwhile(let templates): templates.map(\.target)
      case .execute(let commands): commands.map(\.message.target)
      case .expectState(let target, _), .expectVersion(let target, _): [target]
      default: []
      }
    return targets.compactMap { if case .known(let reference) = $0 { reference } else { nil } }
  }

  func load(_ references: [StreamReference], from store: any EventStore) async throws {
    for reference in references {
      try await withTimeline { timeline in
        try await timeline.withState { try await $0.load(reference, from: store) }
      }
    }
  }
}
