package import EventSourcing

/// Runs one scenario: a value that takes a step and answers what came of it.
///
/// Scenarios share nothing but the domain's runtime. A copy of an engine over memory is an undo point.
package struct ScenarioEngine: Sendable {
  /// Where a scenario's events are kept.
  package enum Backing: Sendable {
    /// In the engine itself.
    case memory
    /// In a place of its own in a store.
    case space(any ScenarioSpace)
    /// In the engine, lying over a store's streams until they are committed.
    case overlay(any EventStore)
  }

  /// When scenarios start.
  package static let startOfTime = Date(timeIntervalSince1970: 946_684_800)
  /// How many commands process managers may issue in one act.
  package static let reactionLimit = 1_000

  package let runtime: DomainRuntime
  let backing: Backing
  /// Whether the engine keeps what it needs to run a command step again with a `meanwhile` that comes after it.
  let keepsCheckpoints: Bool

  /// Whether failures show the states before the act, of all streams.
  package var keepsStateBefore = true

  /// The time of the scenario.
  package internal(set) var clock: Date
  /// What goes with the commands that follow.
  package internal(set) var metadata = Metadata()
  /// Compares what came with what is stated, and keeps the values of names.
  var matcher: PatternMatcher
  /// All that was recorded, in order.
  package internal(set) var log = EventLog()
  var streams = StreamTable()
  var managers: ProcessManagerRuntime?
  var views: [ViewProgress?]
  var identities: GeneratedIdentities
  var act: Act?
  /// The number of acts that have been closed.
  var closedActs = 0
  /// The number of Then steps.
  var thens = 0
  /// The number of steps taken.
  var steps = 0
  /// Whether a failed Given, or a step that could not be run, leaves the rest without a meaning.
  var isBroken = false
  /// What is wrong with states that events led to since it was last noted.
  var found: [Finding] = []
  /// The findings that have been reported.
  var reported: [(kind: Failure.Kind, subject: String)] = []
  /// The failures of the step under way.
  var failures: [Failure] = []
  var checkpoint: CommandCheckpoint?
  /// The events that somebody else recorded during the command under way.
  var interfering: [Int] = []
  /// How many of the command's `meanwhile` took place.
  var interferencesUsed = 0
  /// How many commands process managers issued in the act or step under way.
  var reactions = 0
  /// How many of the log's events are no longer pending.
  var committed = 0
  /// Up to where an overlay sees a stream of its store: the past.
  var horizon: (stream: StreamName, version: Int)?

  /// The engine before a command step, and that step.
  struct CommandCheckpoint: Sendable {
    let engine: [ScenarioEngine]
    let step: Step
    let meanwhile: [Step]
  }

  /// Makes an engine for one scenario.
  ///
  /// - Parameters:
  ///   - runtime: The domain.
  ///   - backing: Where events are kept.
  ///   - identities: How new ids are made; by default they count up, or are random where events may be committed to a
  ///     store that has others.
  ///   - start: The time at the start.
  ///   - keepsCheckpoints: Whether a `meanwhile` may be handed in behind the step that it belongs to.
  package init(
    _ runtime: DomainRuntime, backing: Backing = .memory,
    identities: GeneratedIdentities.Source? = nil, start: Date = startOfTime, keepsCheckpoints: Bool = false
  ) {
    self.runtime = runtime
    matcher = PatternMatcher(model: runtime.model, now: start)
    self.backing = backing
    self.keepsCheckpoints = keepsCheckpoints
    clock = start
    managers = runtime.processManagers
    views = Array(repeating: nil, count: runtime.views.count)
    let source: GeneratedIdentities.Source =
      if case .overlay = backing { .environment(.system) } else { .counting(runtime.model.names) }
    self.identities = GeneratedIdentities(identities ?? source)
  }

  /// The values of names.
  package var bindings: [String: DynamicValue] {
    get { matcher.bindings }
    set { matcher.bindings = newValue }
  }

  /// The names of identities, remembered over the whole run.
  package var names: IdentityNames { runtime.model.names }

  // MARK: Steps

  /// Runs a whole scenario, each `meanwhile` together with the step that it belongs to.
  ///
  /// - Parameters:
  ///   - steps: The steps, Background first.
  ///   - first: The first step that has not been taken yet.
  ///   - location: Where the scenario stands.
  ///   - report: Is given each step's outcome, in order.
  /// - Returns: What is found at the end.
  package mutating func run(
    _ steps: [Step], from first: Int = 0, at location: SpecLocation, report: (Int, StepOutcome) -> Void
  ) async -> [Failure] {
    var index = first
    while index < steps.count {
      var end = index + 1
      while end < steps.count, steps[index].isCommand, steps[end].isMeanwhile { end += 1 }
      let meanwhile = Array(steps[(index + 1)..<end])
      let outcome = await take(steps[index], meanwhile: meanwhile)
      report(index, outcome)
      for later in (index + 1)..<end {
        report(later, StepOutcome(outcome.status == .skipped ? .skipped : .passed))
      }
      index = end
    }
    return await finish(at: location)
  }

  /// Takes a step.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - meanwhile: The `meanwhile` steps behind a command step, which count as taken with it.
  /// - Returns: What came of it.
  package mutating func take(_ step: Step, meanwhile: [Step] = []) async -> StepOutcome {
    let index = steps
    steps += 1 + meanwhile.count
    guard !isBroken else { return StepOutcome(.skipped) }
    failures.removeAll(keepingCapacity: true)
    var outcome = StepOutcome(.passed)
    let logged = log.count
    let slotsBefore = keepsCheckpoints ? streams.slots : []
    switch step.role {
    case .given:
      closeAct()
      reactions = 0
      await given(step, index: index, meanwhile: meanwhile, outcome: &outcome)
    case .when:
      if step.isMeanwhile { return await takeAgain(step, index: index) }
      await when(step, index: index, meanwhile: meanwhile, outcome: &outcome)
    case .then: await then(step, index: index, outcome: &outcome)
    }
    if log.count > logged {
      outcome.events = logged..<log.count
      outcome.slotsBefore = slotsBefore
    }
    if !failures.isEmpty {
      outcome.failures = failures
      if failures.contains(where: { $0.stepIndex == index }) { outcome.status = .failed }
    }
    return outcome
  }

  /// Ends the scenario.
  ///
  /// - Parameter location: Where the scenario stands.
  /// - Returns: What only shows now: events that no Then states, an act that no Then looks at, nothing asserted at all.
  package mutating func finish(at location: SpecLocation) async -> [Failure] {
    failures.removeAll(keepingCapacity: true)
    closeAct()
    if thens == 0, closedActs == 0, !isBroken, failures.isEmpty {
      failures.append(
        Failure(
          .undefined, "the scenario asserts nothing: it has no Then step",
          location: location))
    }
    if case .space(let space) = backing {
      do { try await space.close() } catch {
        failures.append(
          Failure(
            .stepFailed, "what the scenario recorded could not be removed from the store: \(ErrorText.describe(error))",
            location: location))
      }
    }
    return failures
  }

  /// Runs the command step before this `meanwhile` again, with it.
  private mutating func takeAgain(_ step: Step, index: Int) async -> StepOutcome {
    guard let checkpoint, let engine = checkpoint.engine.first else {
      failures.append(
        Failure(
          .stepFailed, "'meanwhile' belongs right behind the step of the command that it comes in between of",
          stepIndex: index, location: step.location))
      isBroken = true
      var outcome = StepOutcome(.failed)
      outcome.failures = failures
      return outcome
    }
    self = engine
    return await take(checkpoint.step, meanwhile: checkpoint.meanwhile + [step])
  }

  // MARK: Failures

  mutating func fail(
    _ kind: Failure.Kind, _ message: String, _ step: Step, _ index: Int, comparison: [ComparisonLine] = [],
    notes: [String] = []
  ) {
    failures.append(
      Failure(
        kind, runtime.model.names.withNames(message), stepIndex: index, location: step.location,
        comparison: comparison, stateBefore: act.map { describe($0.slotsBefore) } ?? [],
        notes: notes.map { runtime.model.names.withNames($0) }))
  }

  /// Notes what is wrong with the states behind the events that were recorded.
  mutating func noteFound(_ step: Step, _ index: Int) {
    if found.isEmpty { return }
    note(found, step, index)
    found.removeAll()
  }

  mutating func note(_ findings: [Finding], _ step: Step, _ index: Int) {
    for finding in findings {
      guard !reported.contains(where: { $0.kind == finding.kind && $0.subject == finding.subject }) else { continue }
      reported.append((finding.kind, finding.subject))
      fail(
        finding.kind, finding.message, step, index, comparison: finding.comparison, notes: finding.notes)
    }
  }
}

extension Step {
  /// Whether somebody else records something during the command step before.
  package var isMeanwhile: Bool { if case .meanwhile = action { true } else { false } }
  /// Whether the step executes commands.
  package var isCommand: Bool { if case .execute = action { true } else { false } }
}
