import EventSourcing
import EventSpec
import Testing

@Suite("Scenarios in Swift")
struct ScenarioTests {
  let home = UUID.named("home")
  let day = Date(timeIntervalSince1970: 1_800_000_000)

  @Test("passes where everything holds")
  func passes() async throws {
    try await Scenario(of: Parcel.self)
      .given(.packed(contents: ["book"]))
      .given(.weighed(grams: 3))
      .when(.send(to: home, by: day))
      .then(.sent(to: home, by: day, label: .named("generated-1")))
      .thenState(\.sentTo, home)
      .then(version: 3)
      .check()
  }

  @Test("takes several rounds of Given, When and Then")
  func rounds() async throws {
    try await Scenario(of: Parcel.self)
      .when(.pack(contents: ["a", "b"]))
      .then(.packed(contents: ["a", "b"]))
      .given(.weighed(grams: 3))
      .when(.split)
      .then(.packed(contents: ["a"]), .packed(contents: ["b"]))
      .when(.send(to: home, by: day), .weigh(grams: 7))
      .then(.sent(to: home, by: day, label: .named("generated-1")))
      .then(.weighed(grams: 7))
      .check()
  }

  @Test("expects errors")
  func errors() async throws {
    try await Scenario(of: Parcel.self).when(.send(to: home, by: day)).then(throws: .empty).check()
    try await Scenario(of: Parcel.self).when(.weigh(grams: 2_000))
      .then(throws: .tooHeavy(grams: 2_000, limit: 1_000)).check()
    try await Scenario(of: Parcel.self).when(.explode).then(errorText: "the cat sat on it").check()
    try await Scenario(of: Parcel.self).when(.explode).thenAnyError().check()
    // What earlier commands of the act recorded is stated beside the error; what comes behind it is not run.
    try await Scenario(of: Parcel.self).when(.weigh(grams: 1), .send(to: home, by: day), .weigh(grams: 2))
      .then(.weighed(grams: 1)).then(throws: .empty).then(version: 1).check()
  }

  @Test("fails where events are not exactly those stated")
  func differentEvents() async throws {
    let start = Scenario(of: Parcel.self).given(.packed(contents: ["a", "b"])).when(.split)
    let a = Parcel.Event.packed(contents: ["a"])
    let b = Parcel.Event.packed(contents: ["b"])
    try await start.then(a, b).check()
    #expect(await start.then(b, a).kinds.contains(.eventsDiffer), "swapped")
    #expect(await start.then(a).kinds == [.unexpectedEvents], "a prefix")
    #expect(await start.then(a, a).kinds == [.eventsDiffer], "[A, A] for [A, B]")
    #expect(await start.then(a, b, b).kinds == [.eventsDiffer], "one too few")
    #expect(await start.then(b).kinds.contains(.eventsDiffer), "the last only")
    #expect(await start.thenNoEvents().kinds == [.unexpectedEvents])
    #expect(await start.then(a).then(b).kinds == [])
    #expect(await start.then(a).then(.weighed(grams: 1)).then(b).kinds == [.eventsDiffer])
  }

  @Test("one missing event does not make the others differ")
  func alignment() async throws {
    let result = await Scenario(of: Parcel.self).given(.packed(contents: ["a", "b", "c"])).when(.split)
      .then(
        .packed(contents: ["a"]), .weighed(grams: 1), .packed(contents: ["b"]), .packed(contents: ["c"])
      ).run()
    let failure = try #require(result.failures.first)
    #expect(result.failures.count == 1)
    #expect(failure.comparison.map(\.mark) == [.same, .missing, .same, .same])
  }

  @Test("events in any order, and events among others")
  func looseForms() async throws {
    let start = Scenario(of: Parcel.self).given(.packed(contents: ["a", "b"])).when(.split)
    let a = Parcel.Event.packed(contents: ["a"])
    let b = Parcel.Event.packed(contents: ["b"])
    try await start.thenInAnyOrder().then(b, a).check()
    try await start.thenInAnyOrder().then(b).then(a).check()
    try await start.then(includes: b).check()
    #expect(await start.thenInAnyOrder().then(b).kinds == [.unexpectedEvents])
    #expect(await start.thenInAnyOrder().then(b, b).kinds.contains(.eventsDiffer))
    #expect(await start.then(includes: .weighed(grams: 1)).kinds == [.noSuchEvent])
    #expect(await start.then(includes: a).then(b).kinds == [.stepFailed])
    #expect(await start.then(a).thenInAnyOrder().then(b).kinds == [.stepFailed])
  }

  @Test("dates that differ fail")
  func dates() async throws {
    let start = Scenario(of: Parcel.self).given(time: day).when(.note)
    try await start.then(.noted(at: day)).check()
    #expect(await start.then(.noted(at: day + 0.001)).kinds == [.eventsDiffer])
  }

  @Test("an error that does not come, an error nobody expects, another error")
  func errorFailures() async throws {
    #expect(
      await Scenario(of: Parcel.self).when(.weigh(grams: 1)).then(throws: .empty).kinds
        == [.errorMissing, .unexpectedEvents])
    #expect(await Scenario(of: Parcel.self).when(.split).thenAnyError().kinds == [.errorMissing])
    #expect(await Scenario(of: Parcel.self).when(.explode).then(version: 0).kinds == [.unexpectedError])
    #expect(await Scenario(of: Parcel.self).when(.explode).then(throws: .empty).kinds == [.errorDiffers])
    #expect(
      await Scenario(of: Parcel.self).when(.weigh(grams: 2_000)).then(throws: .tooHeavy(grams: 1, limit: 1)).kinds
        == [.errorDiffers])
    #expect(await Scenario(of: Parcel.self).when(.explode).then(.weighed(grams: 1)).kinds == [.eventsDiffer])
    #expect(await Scenario(of: Parcel.self).when(.explode).thenConflict().kinds == [.conflictMissing])
  }

  @Test("an act that nobody looks at is undefined")
  func vacuous() async throws {
    #expect(await Scenario(of: Parcel.self).when(.note).run().status == .undefined)
    #expect(await Scenario(of: Parcel.self).given(.weighed(grams: 1)).run().status == .undefined)
    #expect(await Scenario(of: Parcel.self).run().status == .undefined)
    let second = await Scenario(of: Parcel.self).when(.note).then(version: 1).when(.split).run()
    #expect(second.status == .undefined)
    #expect(second.failures.first?.stepIndex == 2)
    try await Scenario(of: Parcel.self).given(.weighed(grams: 1)).thenState(\.grams, 1).check()
  }

  @Test("a history that fails leaves the rest undone")
  func failedHistory() async throws {
    let result = await Scenario(of: Parcel.self).given(executed: .explode).when(.note).then(version: 1).run()
    #expect(result.failures.map(\.kind) == [.historyFailed])
    #expect(result.steps.map(\.status) == [.failed, .skipped, .skipped])
  }

  @Test("all failures are collected, each with its place and the state before")
  func collected() async throws {
    let result = await Scenario(of: Parcel.self).given(.weighed(grams: 5)).when(.weigh(grams: 6))
      .then(.weighed(grams: 7)).then(version: 9).thenState(\.grams, 1).run()
    #expect(result.failures.map(\.kind) == [.eventsDiffer, .versionDiffers, .stateDiffers])
    #expect(result.failures.compactMap(\.stepIndex) == [2, 3, 4])
    let failure = try #require(result.failures.first)
    #expect(failure.stateBefore.first?.version == 1)
    #expect(failure.stateBefore.first?.fields.first { $0.name == "grams" }?.value == "5")
    #expect(failure.comparison.contains { $0.label == "grams" && $0.expected == "7" && $0.actual == "6" })
  }

  @Test("somebody else records meanwhile")
  func conflicts() async throws {
    let start = Scenario(of: Parcel.self).given(.packed(contents: ["a"]))
    try await start.when(.weigh(grams: 1)).meanwhile(.noted(at: day)).thenConflict().then(version: 2).check()
    try await start.when(.weigh(grams: 1), retries: 1).meanwhile(.noted(at: day))
      .then(.weighed(grams: 1)).then(version: 3).check()
    try await start.when(.weigh(grams: 1), retries: 1).meanwhile(.noted(at: day)).meanwhile(executed: .note)
      .thenConflict().then(version: 3).check()
    try await start.when(.split, retries: 1).meanwhile(.packed(contents: ["x", "y"]))
      .then(.packed(contents: ["x"]), .packed(contents: ["y"])).check()
    try await start.when(.weigh(grams: 1), atVersion: 0).thenConflict().check()
    try await start.when(.weigh(grams: 1), atVersion: 1).then(.weighed(grams: 1)).check()
    #expect(await start.when(.weigh(grams: 1)).thenConflict().kinds == [.conflictMissing, .unexpectedEvents])
    #expect(
      await start.when(.weigh(grams: 1)).meanwhile(.noted(at: day)).then(version: 2).kinds == [.unexpectedConflict])
    #expect(
      await start.when(.weigh(grams: 1)).meanwhile(.noted(at: day)).thenAnyError().kinds == [.unexpectedConflict])
    #expect(
      await start.when(.weigh(grams: 1)).meanwhile(.noted(at: day)).meanwhile(.noted(at: day)).thenConflict().kinds
        == [.stepFailed])
  }

  @Test("time and metadata")
  func timeAndMetadata() async throws {
    let start = Date(timeIntervalSince1970: 946_684_800)
    try await Scenario(of: Parcel.self).when(.note).then(.noted(at: start)).check()
    try await Scenario(of: Parcel.self).when(passes: .seconds(60)).when(.note).then(.noted(at: start + 60)).check()
    #expect(
      await Scenario(of: Parcel.self).given(time: start - 1).when(.note).then(version: 1).kinds == [.historyFailed])
    let metadata = Scenario(of: Parcel.self).given(metadata: ["user": "alice", "x": "y"]).when(.note)
    try await metadata.then(metadata: ["user": "alice"]).check()
    #expect(await metadata.then(metadata: ["user": "bob"]).kinds == [.metadataDiffers])
  }

  @Test("generated ids pass over names that the scenario uses")
  func generatedIdentities() async throws {
    try await Scenario(of: Parcel.self).given(.packed(contents: ["a"]))
      .when(.send(to: .named("generated-1"), by: day))
      .then(.sent(to: .named("generated-1"), by: day, label: .named("generated-2")))
      .check()
  }

  @Test("the thrown error lists all failures in words")
  func thrownError() async throws {
    do {
      try await Scenario(of: Parcel.self, "a parcel").when(.weigh(grams: 6)).then(.weighed(grams: 7)).check()
      Issue.record("nothing was thrown")
    } catch let error as ScenarioFailed {
      #expect(error.description.contains("'a parcel' does not hold"))
      #expect(error.description.contains("≠ grams: expected 7, got 6"))
      #expect(error.description.contains("ScenarioTests.swift:"))
    }
  }
}

extension Scenario {
  /// The kinds of all failures.
  var kinds: [Failure.Kind] { get async { await run().failures.map(\.kind) } }
}
