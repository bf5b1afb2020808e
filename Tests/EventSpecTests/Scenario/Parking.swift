import EventSourcing

/// A car park that lets one car in at a time and throws those out that stay too long.
struct Gate: Aggregate {
  enum Command: DomainMessage {
    case letIn(car: String)
    case letOut(car: String)
  }
  enum Event: DomainMessage {
    case entered(car: String)
    case left(car: String, at: Date)
  }
  enum Failure: DomainError {
    case occupied(by: String)
    var description: String { "Occupied" }
  }

  var car: String?

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .letIn(let car):
      if let other = self.car { throw Failure.occupied(by: other) }
      return [.entered(car: car)]
    case .letOut(let car): return self.car == car ? [.left(car: car, at: context.now)] : []
    }
  }
  mutating func apply(_ event: Event) {
    switch event {
    case .entered(let car): self.car = car
    case .left: car = nil
    }
  }
}

struct Visitor: Aggregate {
  enum Command: DomainMessage {
    case arrive(at: UUID, car: String)
    case turnBack(reason: String)
    case echo(Int)
  }
  enum Event: DomainMessage {
    case arrived(at: UUID, car: String)
    case turnedBack(reason: String)
    case echoed(Int)
  }

  var isThere = false

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .arrive(let gate, let car): [.arrived(at: gate, car: car)]
    case .turnBack(let reason): [.turnedBack(reason: reason)]
    case .echo(let number): [.echoed(number)]
    }
  }
  mutating func apply(_ event: Event) { isThere = true }
}

struct Attendant: ProcessManager {
  var gate: UUID?
  var car = ""

  static var reactions: Reactions<Self> {
    When(Visitor.self, correlatedBy: { _, envelope in UUID(uuidString: String(envelope.stream.id ?? "")) }) {
      process, event, context in
      switch event {
      case .arrived(let gate, let car):
        process.gate = gate
        process.car = car
        context.send(.letIn(car: car), to: Gate.self, id: gate)
        context.schedule("too long", after: .seconds(3_600))
      case .turnedBack: context.complete()
      case .echoed(let number): context.send(.echo(number + 1), to: Visitor.self, id: context.correlation)
      }
    }
    OnDeadline("too long") { process, context in
      if let gate = process.gate { context.send(.letOut(car: process.car), to: Gate.self, id: gate) }
    }
    OnFailure(of: Gate.self) { process, _, error, context in
      guard process.car != "tank" else { throw error }
      context.send(.turnBack(reason: "\(error)"), to: Visitor.self, id: context.correlation)
    }
  }
}

struct Cars: View {
  var car: String
  var gate: UUID

  typealias Key = OnlyRow
  typealias RowID = String

  static var projection: Projection<Self> {
    On(Gate.self) { event, envelope, rows in
      switch event {
      case .entered(let car):
        let gate = UUID(uuidString: String(envelope.stream.id ?? "")) ?? UUID()
        try rows.insert(Self(car: car, gate: gate), id: car, key: .row)
      case .left(let car, _): rows.remove(car)
      }
    }
  }
}

let parking = Domain("Parking") {
  Visitor.self
  Gate.self
  Attendant.self
  Cars.self
}
