import EventSourcing
import EventSpec
import Synchronization
import Testing

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
}

/// A price that is stored in tenths.
struct Price: Codable, Sendable {
  var amount: Double

  init(amount: Double) { self.amount = amount }
  init(from decoder: any Decoder) throws { amount = Double(try Int(from: decoder)) / 10 }
  func encode(to encoder: any Encoder) throws { try Int(amount * 10).encode(to: encoder) }
}

struct Lossy: Aggregate {
  enum Command: DomainMessage { case setPrice(Double) }
  enum Event: DomainMessage { case priceSet(Price) }

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .setPrice(let amount): [.priceSet(Price(amount: amount))]
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
