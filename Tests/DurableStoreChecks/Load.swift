package import EventSourcing

/// What load processes append to, as an aggregate.
package struct Load: Aggregate {
  package typealias ID = Int

  package enum Command: DomainMessage { case load(number: Int, offset: Int) }
  package enum Event: DomainMessage { case loaded(number: Int, offset: Int) }

  /// How many events there are.
  package var count = 0
  /// The sum of their numbers.
  package var sum = 0

  package init() {}

  package func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .load(let number, let offset): [.loaded(number: number, offset: offset)]
    }
  }

  package mutating func apply(_ event: Event) {
    switch event {
    case .loaded(let number, _):
      count += 1
      sum += number
    }
  }
}

/// How many events each stream has: a row a stream.
package struct Loads: View, Equatable {
  package typealias Key = Int

  /// How many events.
  package var count: Int

  /// Why an event is refused.
  package struct Refusal: Error {}
  /// The offsets of events that are refused; handlers run on stores' own threads, where no task-local value is seen.
  static let refused = Monitor(Set<Int>())

  package static var projection: Projection<Self> {
    On(Load.self) { event, envelope, rows in
      guard case .loaded(_, let offset) = event, let id = envelope.stream.id.flatMap({ Int($0) }) else { return }
      if Self.refused.withLock({ $0.contains(offset) }) { throw Refusal() }
      if rows[id] == nil { try rows.insert(Self(count: 0), id: id) }
      try rows.update(id) { $0.count += 1 }
    }
  }
}
