import EventSourcing
import Synchronization

/// A domain in which everything is wrong that the checks which are always on can find.
let faulty = Domain("Faulty") {
  Forgetful.self
  Coin.self
  Echo.self
  EchoProcess.self
  Ghost.self
}

/// Decides by something global.
struct Coin: Aggregate {
  enum Command: DomainMessage { case toss }
  enum Event: DomainMessage { case headsCame, tailsCame }

  static let tosses = Atomic(0)

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    Self.tosses.add(1, ordering: .relaxed).newValue % 2 == 0 ? [.headsCame] : [.tailsCame]
  }
  mutating func apply(_ event: Event) {}
}

/// Answers, and is asked again, without end.
struct Echo: Aggregate {
  enum Command: DomainMessage { case call }
  enum Event: DomainMessage { case called(echoID: UUID) }

  func handle(_ command: Command, in context: Context) throws -> [Event] { [.called(echoID: context.id)] }
  mutating func apply(_ event: Event) {}
}

struct EchoProcess: ProcessManager {
  static var reactions: Reactions<Self> {
    When(
      Echo.self,
      correlatedBy: { event, _ in
        switch event {
        case .called(let echoID): echoID
        }
      }
    ) { _, _, context in
      context.send(.call, to: Echo.self, id: context.correlation)
    }
  }
}

/// Emits an event that its schema does not list.
struct Ghost: Aggregate {
  enum Command: DomainMessage { case haunt }
  enum Event: DomainMessage {
    case seen, unseen

    static var schema: MessageSchema {
      MessageSchema(typeName: "Ghost.Event", cases: [CaseSchema(name: "seen", storedName: "Seen", fields: [])])
    }
  }

  func handle(_ command: Command, in context: Context) throws -> [Event] { [.unseen] }
  mutating func apply(_ event: Event) {}
}
