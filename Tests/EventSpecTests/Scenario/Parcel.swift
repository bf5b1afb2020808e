import EventSourcing

/// An aggregate that does what it should.
struct Parcel: Aggregate {
  enum Command: DomainMessage {
    case pack(contents: [String])
    case weigh(grams: Int)
    case send(to: UUID, by: Date)
    case split
    case note
    case fail(reason: String)
    case explode
  }

  enum Event: DomainMessage {
    case packed(contents: [String])
    case weighed(grams: Int)
    case sent(to: UUID, by: Date, label: UUID)
    case noted(at: Date)
  }

  enum Failure: DomainError {
    case empty
    case tooHeavy(grams: Int, limit: Int)
    case failed(reason: String)

    var description: String {
      switch self {
      case .empty: "Nothing to send"
      case .tooHeavy(let grams, let limit): "\(grams) g are more than \(limit) g"
      case .failed(let reason): reason
      }
    }
  }

  struct Unexpected: Error, CustomStringConvertible {
    var description: String { "the cat sat on it" }
  }

  var contents: [String] = []
  var grams: Int?
  var sentTo: UUID?
  var notes = 0

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .pack(let contents): return [.packed(contents: contents)]
    case .weigh(let grams):
      guard grams <= 1_000 else { throw Failure.tooHeavy(grams: grams, limit: 1_000) }
      return [.weighed(grams: grams)]
    case .send(let receiver, let date):
      guard !contents.isEmpty else { throw Failure.empty }
      return [.sent(to: receiver, by: date, label: context.newID())]
    case .split: return contents.map { .packed(contents: [$0]) }
    case .note: return [.noted(at: context.now)]
    case .fail(let reason): throw Failure.failed(reason: reason)
    case .explode: throw Unexpected()
    }
  }

  mutating func apply(_ event: Event) {
    switch event {
    case .packed(let contents): self.contents = contents
    case .weighed(let grams): self.grams = grams
    case .sent(let receiver, _, _): sentTo = receiver
    case .noted: notes += 1
    }
  }
}
