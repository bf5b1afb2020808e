import EventSourcing

@testable import EventSpec

/// An aggregate with a field of every kind of type.
struct Crate: Aggregate {
  typealias Failure = CrateError

  enum Command: DomainMessage {
    case pack(values: Values)
    case weigh(grams: Int, note: String?)
    case close
  }

  enum Event: DomainMessage {
    case packed(
      text: String, flag: Bool, small: Int8, count: Int, large: UInt64, ratio: Double, price: Decimal)
    case dated(day: Date, span: Duration, payer: UUID, payment: Payment, color: Color, level: Level)
    case collected(tags: [String], labels: Set<String>, prices: [String: Int], owners: [UUID: Int], stops: [Stop])
    case noted(text: String?, size: Int?, stop: Stop?, pattern: Code)
    case weighed(grams: Int)
    case closed
    case state(open: Bool)
    case stacked(stack: Stack)

    static var defaults: [String: any Codable & Sendable] { ["weighed.grams": 100] }
  }

  enum Payment: Codable, Sendable { case cash, card(number: String, expires: Date), voucher(String) }
  enum Color: String, Codable, Sendable { case red = "r", green = "g" }
  enum Level: Int, Codable, Sendable { case low = 1, high = 9 }

  struct Stop: Codable, Sendable, Equatable {
    var place: String
    var position: Int
    var hint: String?
  }

  struct Values: Codable, Sendable {
    var one: Int
    var two: Stop
  }

  struct Stack: Codable, Sendable {
    var name: String
    var above: [Stack]
  }

  struct Code: Codable, Sendable, RawRepresentable { var rawValue: String }

  enum CrateError: DomainError {
    case tooHeavy(grams: Int)
    case sealed

    var description: String { "no" }
  }

  var open = true
  var text = ""
  var note: String?
  var stops: [Stop] = []
  var labels: Set<String> = []
  var grams = 0
  var since = Date(timeIntervalSinceReferenceDate: 0)

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) {}
}

/// An aggregate whose identity is a number.
struct Ticket: Aggregate {
  typealias ID = Int

  enum Command: DomainMessage { case sell(seat: String) }
  enum Event: DomainMessage {
    case sold(ticketID: Int, seat: String)
    case closed
  }

  var seat: String?

  func handle(_ command: Command, in context: CommandContext<Int>) throws -> [Event] { [] }
  mutating func apply(_ event: Event) {}
}

/// An aggregate whose identity is a text, and two messages of which have the same name.
struct LogBook: Aggregate {
  typealias ID = String

  enum Command: DomainMessage { case stamp(by: String) }
  enum Event: DomainMessage { case stamp(by: String), opened(logBookID: String, crateID: UUID?) }

  var lines: [String] = []

  func handle(_ command: Command, in context: CommandContext<String>) throws -> [Event] { [] }
  mutating func apply(_ event: Event) {}
}

let sampleModel = DomainModel(
  Domain("Sample") {
    Crate.self; Ticket.self; LogBook.self
  })
