import EventSourcing
import EventSpec
import Testing

@Suite("Process managers, views and time in scenarios")
struct ProcessScenarioTests {
  let gate = UUID.named("gate")
  let visitor = UUID.named("visitor")
  let start = Date(timeIntervalSince1970: 946_684_800)

  @Test("issued commands are executed, and their events are the act's")
  func reactions() async throws {
    let scenario = Scenario(of: Visitor.self, in: parking).when(.arrive(at: gate, car: "red"))
    try await scenario
      .then(.arrived(at: gate, car: "red"))
      .then(Gate.self, gate, .entered(car: "red"))
      .then(Gate.self, gate, issued: .letIn(car: "red"))
      .then(Cars.self, for: .row, shows: Cars(car: "red", gate: gate))
      .check()
    #expect(await scenario.then(.arrived(at: gate, car: "red")).kinds == [.unexpectedEvents])
    #expect(await scenario.then(version: 1).thenNoCommands().kinds == [.commandsDiffer])
    #expect(
      await scenario.then(version: 1).then(Gate.self, gate, issued: .letIn(car: "blue")).kinds == [.commandsDiffer])
    #expect(
      await scenario.then(version: 1).then(Cars.self, for: .row, shows: Cars(car: "blue", gate: gate)).kinds
        == [.viewDiffers])
  }

  @Test("Given events issue nothing; Given commands do")
  func history() async throws {
    try await Scenario(of: Visitor.self, in: parking).given(.arrived(at: gate, car: "red"))
      .then(Cars.self, for: .row).check()
    try await Scenario(of: Visitor.self, in: parking).given(executed: .arrive(at: gate, car: "red"))
      .then(Cars.self, for: .row, shows: Cars(car: "red", gate: gate)).check()
  }

  @Test("events recorded in the act are seen, but are not its events")
  func recordedEvents() async throws {
    try await Scenario(of: Visitor.self, in: parking).when(recorded: .arrived(at: gate, car: "red"))
      .then(Gate.self, gate, .entered(car: "red")).check()
  }

  @Test("a failed command goes to its process manager, else fails the act")
  func failures() async throws {
    let occupied = Scenario(of: Visitor.self, in: parking).given(Gate.self, gate, .entered(car: "blue"))
    try await occupied.when(.arrive(at: gate, car: "red"))
      .then(.arrived(at: gate, car: "red"), .turnedBack(reason: "Occupied"))
      .then(Gate.self, gate, issued: .letIn(car: "red"))
      .then(Visitor.self, visitor, issued: .turnBack(reason: "Occupied"))
      .check()
    try await occupied.when(.arrive(at: gate, car: "tank"))
      .then(.arrived(at: gate, car: "tank")).then(errorText: "Occupied").check()
  }

  @Test("deadlines come due at their own time")
  func deadlines() async throws {
    let scenario = Scenario(of: Visitor.self, in: parking).given(executed: .arrive(at: gate, car: "red"))
    try await scenario.when(passes: .seconds(7_200))
      .then(Gate.self, gate, .left(car: "red", at: start + 3_600))
      .then(Gate.self, gate, issued: .letOut(car: "red")).check()
    try await scenario.when(passes: .seconds(3_599)).thenNoEvents().thenNoCommands().check()
    // Given sets the clock and fires nothing; what is overdue comes with the next When.
    try await scenario.given(time: start + 7_200).when(passes: .seconds(0))
      .then(Gate.self, gate, .left(car: "red", at: start + 7_200)).check()
  }

  @Test("reactions without end fail the act")
  func endless() async throws {
    #expect(
      await Scenario(of: Visitor.self, in: parking).when(.echo(1)).then(includes: .echoed(3)).kinds
        == [.tooManyReactions])
  }

  @Test("an aggregate or view that the domain lacks is refused")
  func foreign() async throws {
    #expect(await Scenario(of: Parcel.self, in: parking).when(.note).then(version: 1).kinds == [.unresolved])
    #expect(await Scenario(of: Gate.self).then(Cars.self, for: .row).kinds == [.unresolved])
  }

  @Test("an event in stored form is read as the domain reads it; an unknown type is an error of its own")
  func storedForm() async throws {
    let json = #"{"car": "red"}"#
    try await Scenario(of: Gate.self, id: gate).given(stored: "Entered", schemaVersion: 1, json: json)
      .when(.letIn(car: "blue")).then(throws: .occupied(by: "red")).check()
    let unknown = Scenario(of: Gate.self, id: gate).given(stored: "Flew", schemaVersion: 1, json: json)
    #expect(await unknown.when(.letIn(car: "blue")).then(version: 1).kinds == [.unexpectedError])
    #expect(await unknown.thenState(\.car, nil).kinds == [.stateDiffers])
  }
}
