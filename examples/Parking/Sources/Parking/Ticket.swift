public import EventSourcing

/// A ticket of a car park: drawn at the entry, paid at the machine, taken back by the barrier at the exit.
public struct Ticket: Aggregate {
  public enum Command: DomainMessage {
    case drawTicket(plate: String)
    case payTicket(amount: Decimal)
    case leave
  }

  public enum Event: DomainMessage {
    case ticketDrawn(plate: String, at: Date)
    case ticketPaid(amount: Decimal, leaveBefore: Date)
    case left(at: Date)
  }

  public typealias Failure = TicketError

  public var plate: String?
  public var drawnAt: Date?
  public var leaveBefore: Date?
  public var paid: Decimal = 0
  public var isClosed = false

  public init() {}

  public func handle(_ command: Command, in context: Context) throws -> [Event] {
    if case .drawTicket(let plate) = command {
      guard drawnAt == nil else { throw TicketError.ticketAlreadyDrawn }
      return [.ticketDrawn(plate: plate, at: context.now)]
    }
    guard let drawnAt else { throw TicketError.noSuchTicket }
    guard !isClosed else { throw TicketError.ticketAlreadyUsed }

    switch command {
    case .drawTicket:
      return []
    case .payTicket(let amount):
      let due = Tariff.price(from: drawnAt, to: context.now) - paid
      guard due > 0 else { throw TicketError.nothingToPay }
      guard amount == due else { throw TicketError.wrongAmount(due: due) }
      return [.ticketPaid(amount: amount, leaveBefore: context.now + Tariff.timeToLeave)]
    case .leave:
      guard let leaveBefore else { throw TicketError.ticketNotPaid }
      guard context.now <= leaveBefore else { throw TicketError.tooLateToLeave }
      return [.left(at: context.now)]
    }
  }

  public mutating func apply(_ event: Event) {
    switch event {
    case .ticketDrawn(let plate, let time):
      self.plate = plate
      drawnAt = time
    case .ticketPaid(let amount, let leaveBefore):
      paid += amount
      self.leaveBefore = leaveBefore
    case .left:
      isClosed = true
    }
  }
}

/// Why a machine or a barrier refuses a ticket.
public enum TicketError: DomainError {
  case ticketAlreadyDrawn
  case noSuchTicket
  case ticketAlreadyUsed
  case nothingToPay
  case wrongAmount(due: Decimal)
  case ticketNotPaid
  case tooLateToLeave

  public var description: String {
    switch self {
    case .ticketAlreadyDrawn: "Ticket already drawn"
    case .noSuchTicket: "No such ticket"
    case .ticketAlreadyUsed: "Ticket already used"
    case .nothingToPay: "Nothing to pay"
    case .wrongAmount(let due): "The amount due is \(due)"
    case .ticketNotPaid: "Pay at the machine first"
    case .tooLateToLeave: "The time to leave is over, pay again"
    }
  }
}
