import EventSourcing
import Testing

@testable import EventSpec

@Suite("Scenarios over stores")
struct StoreTests {
  let day = Date(timeIntervalSince1970: 1_800_000_000)
  let gate = UUID.named("gate")

  @Test("a scenario in a store comes to what it comes to in memory")
  func space() async throws {
    let start = Scenario(of: Parcel.self).given(.packed(contents: ["a", "b"]))
    try await start.when(.split).then(.packed(contents: ["a"]), .packed(contents: ["b"])).then(version: 3)
      .thenState(\.contents, ["b"]).check(in: MemoryScenarioSpace())
    try await start.when(.weigh(grams: 1)).meanwhile(.noted(at: day)).thenConflict().then(version: 2)
      .check(in: MemoryScenarioSpace())
    try await start.when(.weigh(grams: 1), retries: 1).meanwhile(.noted(at: day)).then(.weighed(grams: 1))
      .check(in: MemoryScenarioSpace())
    let differing = await start.when(.split).then(.packed(contents: ["a"])).run(in: MemoryScenarioSpace())
    #expect(differing.failures.map(\.kind) == [.unexpectedEvents])
    try await Scenario(of: Visitor.self, in: parking).when(.arrive(at: gate, car: "red"))
      .then(.arrived(at: gate, car: "red")).then(Gate.self, gate, .entered(car: "red"))
      .then(Cars.self, for: .row, shows: Cars(car: "red", gate: gate)).check(in: MemoryScenarioSpace())
    let unknown = await Scenario(of: Gate.self, id: gate).given(stored: "Flew", schemaVersion: 1, json: "{}")
      .when(.letIn(car: "blue")).thenAnyError().run(in: MemoryScenarioSpace())
    #expect(unknown.status == .passed)
  }

  @Test("a copy of an engine is not touched by what its origin does later")
  func undo() async throws {
    var engine = ScenarioEngine(try runtime(Parcel.self))
    _ = await engine.take(step(.given, .record([event(.packed(contents: ["a"]))])))
    let before = engine
    _ = await engine.take(step(.when, .execute([command(.weigh(grams: 1))])))
    #expect(engine.log.count == 2)
    engine = before
    #expect(engine.log.count == 1)
    #expect(try await engine.version(of: reference) == 1)
  }

  @Test("a meanwhile that comes later runs the command before it again")
  func lateMeanwhile() async throws {
    var engine = ScenarioEngine(try runtime(Parcel.self), keepsCheckpoints: true)
    let first = await engine.take(step(.when, .execute([command(.weigh(grams: 1))])))
    #expect(first.refusal == nil)
    let again = await engine.take(step(.when, .meanwhile([event(.noted(at: day))])))
    #expect(again.refusal?.kind == .conflict)
    #expect(await engine.take(step(.then, .expectConflict)).status == .passed)
    #expect(await engine.finish(at: place).isEmpty)
  }

  @Test("what lies over a store is seen, committed and left alone in the past")
  func overlay() async throws {
    let runtime = try runtime(Parcel.self)
    let store = MemoryEventStore()
    var seed = ScenarioEngine(runtime, backing: .overlay(store))
    for event in [Parcel.Event.packed(contents: ["a"]), .weighed(grams: 1), .weighed(grams: 2)] {
      _ = await seed.take(step(.given, .record([self.event(event)])))
    }
    #expect(seed.pendingEvents.count == 3)
    try await seed.commitPending()
    #expect(seed.pendingEvents.isEmpty)
    #expect(try await store.version(of: reference.stream) == 3)

    var engine = ScenarioEngine(runtime, backing: .overlay(store))
    _ = await engine.take(step(.when, .execute([command(.weigh(grams: 9))])))
    #expect(engine.pendingEvents.count == 1)
    #expect(try await engine.version(of: reference) == 4)
    #expect(try await engine.events(of: reference).map(\.version) == [1, 2, 3, 4])
    #expect(try await store.version(of: reference.stream) == 3)

    var past = try await engine.past(at: 2, of: reference)
    #expect(try await past.version(of: reference) == 2)
    #expect(try await past.state(of: reference).value(at: [.field("grams")]) == .integer(1))
    _ = await past.take(step(.when, .execute([command(.weigh(grams: 5))])))
    #expect(try await past.version(of: reference) == 3)

    // Somebody else was faster.
    var other = ScenarioEngine(runtime, backing: .overlay(store))
    _ = await other.take(step(.when, .execute([command(.weigh(grams: 7))])))
    try await other.commitPending()
    await #expect(throws: EventStoreError.self) { try await engine.commitPending() }
    #expect(engine.pendingEvents.count == 1)
  }

  @Test("a step that cannot be run says so and leaves the rest")
  func brokenSteps() async throws {
    var engine = ScenarioEngine(try runtime(Parcel.self))
    let template = MessageTemplate(
      kind: .command, aggregate: 0, caseIndex: 1, target: .bound(aggregate: 0, name: "nobody"),
      payload: .constant(.record(DynamicRecord([.init("grams", .integer(1))]))), location: place)
    let outcome = await engine.take(step(.when, .execute([CommandTemplate(message: template)])))
    #expect(outcome.failures.map(\.kind) == [.stepFailed])
    #expect(outcome.failures.first?.message.contains("$nobody") == true)
    #expect(await engine.take(step(.then, .expectNoEvents(nil))).status == .skipped)

    engine = ScenarioEngine(try runtime(Parcel.self))
    let early = await engine.take(step(.then, .expectNoEvents(nil)))
    #expect(early.failures.map(\.kind) == [.stepFailed])
  }

  // MARK: Steps by hand

  private let place = SpecLocation(file: "parcels.feature", line: 1, column: 1)

  private var reference: StreamReference {
    StreamReference(aggregate: 0, stream: Parcel.stream(of: .named("parcel")), displayName: "parcel")
  }

  private func runtime<A: Aggregate>(_ type: A.Type) throws -> DomainRuntime {
    let domain = Domain("Test") { type }
    return DomainRuntime(domain, model: DomainModel(domain))
  }

  private func step(_ role: StepRole, _ action: StepAction) -> Step {
    Step(role: role, keyword: "", text: "", location: place, action: action)
  }

  private func event(_ event: Parcel.Event) -> MessageTemplate {
    MessageTemplate(
      kind: .event, aggregate: 0, caseIndex: 0, target: .known(reference), payload: .constant(.null), message: event,
      location: place)
  }

  private func command(_ command: Parcel.Command) -> CommandTemplate {
    CommandTemplate(
      message: MessageTemplate(
        kind: .command, aggregate: 0, caseIndex: 0, target: .known(reference), payload: .constant(.null),
        message: command, location: place))
  }
}
