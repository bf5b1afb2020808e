import EventSourcing
import Synchronization
import Testing

@testable import EventSpec

@Suite("Checks that are always on")
struct AlwaysOnTests {
  @Test("an event that loses something when it is stored fails")
  func lossyEvent() async throws {
    let result = await Scenario(of: Lossy.self).when(.setPrice(0.125)).then(version: 1).run()
    let failure = try #require(result.failures.first)
    #expect(result.failures.map(\.kind) == [.codecLoss])
    #expect(failure.message.contains("PriceSet"))
    #expect(failure.stepIndex == 0)
    // The same event under Given.
    #expect(
      await Scenario(of: Lossy.self).given(.priceSet(Price(amount: 0.125))).then(version: 1).kinds == [.codecLoss])
    // What survives passes.
    try await Scenario(of: Lossy.self).when(.setPrice(0.5)).then(version: 1).check()
  }

  @Test("a state that loses a field in a snapshot fails")
  func lossyState() async throws {
    let result = await Scenario(of: Forgetful.self).given(.counted).when(.count).then(.counted).run()
    #expect(result.failures.contains { $0.kind == .codecLoss && $0.message.contains("Forgetful") })
    #expect(result.failures.contains { $0.kind == .snapshotDiffers })
  }

  @Test("a state that hides its loss behind its own == fails by what it decides")
  func hiddenLoss() async throws {
    let result = await Scenario(of: Pretender.self).given(.counted, .counted).when(.count).then(.counted).run()
    #expect(result.failures.map(\.kind).contains(.snapshotDiffers))
  }

  @Test("a decision that reads a clock fails")
  func clock() async throws {
    let result = await Scenario(of: Impure.self).when(.readClock).then(version: 1).run()
    #expect(result.failures.map(\.kind) == [.notDeterministic])
    #expect(result.failures.first?.message.contains("ReadClock") == true)
  }

  @Test("a decision that makes random values fails")
  func random() async throws {
    #expect(await Scenario(of: Impure.self).when(.makeID).then(version: 1).kinds == [.notDeterministic])
    #expect(await Scenario(of: Impure.self).when(.throwDice).thenAnyError().kinds == [.notDeterministic])
    try await Scenario(of: Impure.self).when(.useContext).then(version: 3).check()
  }

  @Test("a decision that goes by something global fails")
  func global() async throws {
    #expect(await Scenario(of: Impure.self).when(.countCalls).then(version: 1).kinds.contains(.notDeterministic))
  }

  @Test("a finding is reported once, and in every scenario")
  func everyScenario() async throws {
    for _ in 0..<3 {
      #expect(
        await Scenario(of: Lossy.self).given(.priceSet(Price(amount: 0.125))).when(.setPrice(0.125)).then(version: 2)
          .kinds == [.codecLoss])
    }
  }

  @Test("a command that loses something when it is stored fails")
  func lossyCommand() async throws {
    let result = await Scenario(of: Lossy.self).when(.round(Price(amount: 0.125))).then(version: 1).run()
    #expect(result.failures.map(\.kind) == [.codecLoss])
    #expect(result.failures.first?.message.contains("Round ") == true)
    try await Scenario(of: Lossy.self).when(.round(Price(amount: 0.5))).then(version: 1).check()
  }

  @Test("what can be written and not be read back fails, be it an event or a state")
  func unreadable() async throws {
    let event = await Scenario(of: Lossy.self).when(.setPrice(-0.5)).then(version: 1).run()
    #expect(event.failures.map(\.kind) == [.codecLoss])
    #expect(event.failures.first?.message.contains("cannot be read back") == true)
    let state = await Scenario(of: Hidden.self).given(.priced(amount: -0.5)).then(version: 1).run()
    #expect(state.failures.map(\.kind) == [.codecLoss])
    #expect(state.failures.first?.message.contains("cannot be read back from a snapshot") == true)
  }

  @Test("a state that loses something fails, though its events are stored without any code of their own")
  func exactEvents() async throws {
    let result = await Scenario(of: Hidden.self).given(.priced(amount: 0.125)).then(version: 1).run()
    #expect(result.failures.map(\.kind) == [.codecLoss])
    #expect(result.failures.first?.message.contains("state") == true)
    try await Scenario(of: Hidden.self).given(.priced(amount: 0.5)).then(version: 1).check()
  }

  @Test("a state that loses something fails, though the next event of the same act heals it")
  func healed() async throws {
    #expect(
      await Scenario(of: Hidden.self).when(.price([0.125, 0.5])).then(version: 2).kinds.contains(.codecLoss))
    try await Scenario(of: Hidden.self).when(.price([0.5, 0.5])).then(version: 2).check()
  }

  @Test("a decision that differs from a snapshot at the current version alone fails")
  func currentSnapshot() async throws {
    let result = await Scenario(of: Hidden.self).given(.waited, .armed).when(.fire).then(.fired).run()
    #expect(result.failures.map(\.kind) == [.snapshotDiffers])
    #expect(result.failures.first?.message.contains("at version 2") == true)
    #expect(result.failures.first?.stepIndex == 1)
  }

  @Test("a state that differs two events behind a snapshot fails")
  func olderSnapshot() async throws {
    let result = await Scenario(of: Hidden.self).given(.armed, .waited, .fired).then(version: 3).run()
    #expect(result.failures.map(\.kind) == [.snapshotDiffers])
    #expect(result.failures.first?.message.contains("at version 1") == true)
    #expect(result.failures.first?.stepIndex == 0)
    try await Scenario(of: Hidden.self).given(.armed, .waited).then(version: 2).check()
  }

  @Test("every scenario behind a Background fails by what is wrong with that")
  func background() async throws {
    let results = try await Self.run(
      """
      Feature: Background
        Background:
          Given Priced(amount: 0.125)
        Scenario: One
          Then version is 1
        Scenario: Two
          Then version is 1
      """)
    #expect(results.map { $0.failures.map(\.kind) } == [[.codecLoss], [.codecLoss]])
    #expect(results.map { $0.failures.first?.stepIndex } == [0, 0])
  }

  @Test("snapshots within a Background are gone on from in every scenario behind it")
  func behindBackground() async throws {
    let results = try await Self.run(
      """
      Feature: Background
        Background:
          Given Armed
          And Waited
        Scenario: One
          Given Fired
          Then version is 3
        Scenario: Two
          When Fire
          Then Fired
        Scenario: Three
          Given Priced(amount: 0.125)
          Then version is 3
        Scenario: Four
          Then version is 2
      """)
    #expect(
      results.map { $0.failures.map(\.kind) } == [
        [.snapshotDiffers], [.snapshotDiffers, .snapshotDiffers], [.codecLoss], [],
      ])
    #expect(results.map { $0.failures.first?.stepIndex } == [2, 2, 2, nil])
  }

  @Test("a stored event that leads to a state which loses something fails")
  func stored() async throws {
    let results = try await Self.run(
      """
      Feature: Stored
        Scenario: One
          Given stored "Priced" schema version 1
            ```json
            {"amount": 0.125}
            ```
          Then version is 1
      """)
    #expect(results.map { $0.failures.map(\.kind) } == [[.codecLoss]])
  }

  @Test("what is recorded under When, and what somebody else does meanwhile, is looked at as well")
  func recordedByOthers() async throws {
    let results = try await Self.run(
      """
      Feature: Others
        Scenario: One
          When Priced(amount: 0.125)
          Then version is 1
        Scenario: Two
          When Fire with 1 retry
          And meanwhile Priced(amount: 0.125)
          Then Missed
        Scenario: Three
          When Fire with 1 retry
          And meanwhile Guess
          Then Missed
      """)
    #expect(
      results.map { $0.failures.map(\.kind) } == [[.codecLoss], [.codecLoss, .snapshotDiffers], [.notDeterministic]])
    #expect(results.map { $0.failures.first?.stepIndex } == [0, 1, 1])
  }

  @Test("a command that a process manager issues is looked at as well")
  func issued() async throws {
    let results = try await Self.run(
      """
      Feature: Issued
        Scenario: One
          When Missed
          Then Hidden: version is 1
      """,
      domain: Domain("Issued") {
        Hidden.self; Lossy.self; Issuing.self
      })
    #expect(results.map { $0.failures.map(\.kind) } == [[.codecLoss]])
    #expect(results.first?.failures.first?.message.contains("Round ") == true)
  }

  private static func run(
    _ source: String, domain: Domain = Domain("Hidden") { Hidden.self }
  ) async throws -> [ScenarioResult] {
    let plan = SpecFilePlan(
      FoundSpec(path: "specs/a.feature"), content: Array(source.utf8), options: RunOptions(), keepsContent: false)
    let runner = ScenarioRunner(domain)
    var scratch = ScenarioRunner.Scratch()
    var results: [ScenarioResult] = []
    for entry in plan.entries { results.append(await runner.run(entry, of: plan, scratch: &scratch)) }
    try #require(!results.isEmpty && results.allSatisfy { $0.diagnostics.isEmpty })
    return results
  }
}

/// A price that is stored in tenths, and read only where it is none below zero.
struct Price: Codable, Sendable {
  var amount: Double

  init(amount: Double) { self.amount = amount }
  init(from decoder: any Decoder) throws {
    amount = Double(try Int(from: decoder)) / 10
    if amount < 0 { throw Debt() }
  }
  func encode(to encoder: any Encoder) throws { try Int(amount * 10).encode(to: encoder) }

  struct Debt: Error {}
}

struct Lossy: Aggregate {
  enum Command: DomainMessage { case setPrice(Double), round(Price) }
  enum Event: DomainMessage { case priceSet(Price) }

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .setPrice(let amount): [.priceSet(Price(amount: amount))]
    case .round(let price): [.priceSet(Price(amount: price.amount.rounded()))]
    }
  }
  mutating func apply(_ event: Event) {}
}

struct Forgetful: Aggregate {
  enum Command: DomainMessage { case count }
  enum Event: DomainMessage { case counted }
  enum CodingKeys: CodingKey { case visible }

  var visible = 0
  var hidden = 0

  func handle(_ command: Command, in context: Context) throws -> [Event] { [.counted] }
  mutating func apply(_ event: Event) {
    visible += 1
    hidden += 1
  }
}

struct Pretender: Aggregate, Equatable {
  enum Command: DomainMessage { case count }
  enum Event: DomainMessage { case counted, full }
  enum CodingKeys: CodingKey { case visible }

  var visible = 0
  var hidden = 0

  static func == (left: Self, right: Self) -> Bool { left.visible == right.visible }

  func handle(_ command: Command, in context: Context) throws -> [Event] { hidden >= 2 ? [.counted] : [.full] }
  mutating func apply(_ event: Event) {
    visible += 1
    hidden += 1
  }
}

/// Events that nothing can be wrong with, and a state that keeps some of what they say from being stored.
struct Hidden: Aggregate, Equatable {
  enum Command: DomainMessage { case fire, guess, price([Double]) }
  enum Event: DomainMessage { case armed, waited, fired, missed, priced(amount: Double) }
  enum CodingKeys: CodingKey { case isReady, hits, price }

  /// Is not stored.
  var isArmed = false
  /// Is stored, and does not count for `==`.
  var isReady = false
  var hits = 0
  var price = Price(amount: 0)

  static func == (left: Self, right: Self) -> Bool {
    left.hits == right.hits && left.price.amount == right.price.amount
  }

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .fire: isArmed || isReady ? [.fired] : [.missed]
    case .guess: [.priced(amount: Double(UInt32.random(in: 0...UInt32.max)))]
    case .price(let amounts): amounts.map { .priced(amount: $0) }
    }
  }

  mutating func apply(_ event: Event) {
    switch event {
    case .armed: isArmed = true
    case .waited: (isArmed, isReady) = (false, isArmed)
    case .fired: hits += isReady ? 1 : 0
    case .missed: break
    case .priced(let amount): price = Price(amount: amount)
    }
  }
}

/// Issues a command that loses something.
struct Issuing: ProcessManager {
  static var reactions: Reactions<Self> {
    When(
      Hidden.self,
      correlatedBy: { event, envelope in
        if case .missed = event { envelope.id } else { nil }
      }
    ) { _, _, context in
      context.send(.round(Price(amount: 0.125)), to: Lossy.self, id: context.correlation)
    }
  }
}

struct Impure: Aggregate {
  enum Command: DomainMessage { case readClock, makeID, throwDice, useContext, countCalls }
  enum Event: DomainMessage {
    case clockRead(Date)
    case idMade(UUID)
    case called(Int)
  }
  struct Dice: Error {
    var eyes = UInt64.random(in: 0...UInt64.max)
  }

  static let calls = Atomic(0)

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .readClock: [.clockRead(Date())]
    case .makeID: [.idMade(UUID())]
    case .throwDice: throw Dice()
    case .useContext: [.clockRead(context.now), .idMade(context.newID()), .idMade(context.newID())]
    case .countCalls: [.called(Self.calls.add(1, ordering: .relaxed).newValue)]
    }
  }
  mutating func apply(_ event: Event) {}
}
