import EventSourcing
import EventSpec
import Testing

@Suite("States that scenarios share")
struct SharedHistoryTests {
  private let aggregate: any AggregateRuntime

  init() throws {
    let domain = Domain("Test") { SharedCounter.self }
    aggregate = try #require(DomainRuntime(domain, model: DomainModel(domain)).aggregates.first)
  }

  private func event(_ event: SharedCounter.Event) throws -> CodedMessage { try aggregate.message(.event, event) }

  private func value(_ node: StateNode) -> Int? { (aggregate.state(node) as? SharedCounter)?.value }

  @Test("are those behind the same events")
  func same() throws {
    let first = aggregate.next(aggregate.initial, try event(.added(number: 3, why: "a")))
    let again = aggregate.next(aggregate.initial, try event(.added(number: 3, why: "a")))
    #expect(first === again)
    #expect(value(first) == 3)
  }

  @Test(
    "are not those behind others",
    arguments: [
      SharedCounter.Event.added(number: 4, why: "a"), .added(number: 3, why: "b"), .taken(number: 3, why: "a"),
      .added(number: 3, why: "a text that is too long to lie within the event"),
    ])
  func others(other: SharedCounter.Event) throws {
    let first = aggregate.next(aggregate.initial, try event(.added(number: 3, why: "a")))
    let second = aggregate.next(aggregate.initial, try event(other))
    #expect(first !== second)
    var expected = SharedCounter()
    expected.apply(other)
    #expect(value(second) == expected.value)
    // The first history comes again, behind another one.
    let third = aggregate.next(aggregate.initial, try event(.added(number: 3, why: "a")))
    #expect(value(third) == 3)
  }

  @Test("are not kept for histories that are long")
  func long() throws {
    var node = aggregate.initial
    var nodes: [StateNode] = []
    for _ in 0..<40 {
      node = aggregate.next(node, try event(.added(number: 1, why: "")))
      nodes.append(node)
    }
    #expect(value(node) == 40)
    var again = aggregate.initial
    for _ in 0..<40 { again = aggregate.next(again, try event(.added(number: 1, why: ""))) }
    #expect(value(again) == 40)
    #expect(again !== node)
  }

  @Test("are right on several threads at once")
  func threads() async throws {
    let aggregate = aggregate
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<4 {
        group.addTask {
          (0..<500).allSatisfy { round in
            let number = (task + round) % 3
            guard let event = try? aggregate.message(.event, SharedCounter.Event.added(number: number, why: "x")) else {
              return false
            }
            let node = aggregate.next(aggregate.next(aggregate.initial, event), event)
            return (aggregate.state(node) as? SharedCounter)?.value == 2 * number
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}

struct SharedCounter: Aggregate {
  enum Command: DomainMessage { case add(number: Int) }
  enum Event: DomainMessage {
    case added(number: Int, why: String)
    case taken(number: Int, why: String)
  }

  var value = 0

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .add(let number): [.added(number: number, why: "")]
    }
  }

  mutating func apply(_ event: Event) {
    switch event {
    case .added(let number, _): value += number
    case .taken(let number, _): value -= number
    }
  }
}
