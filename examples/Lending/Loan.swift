public import EventSourcing

/// A book that a library lends to a reader, for a time.
public struct Loan: Aggregate, Equatable {
  public typealias Failure = LoanError

  public enum Command: DomainMessage, Equatable {
    case borrowBook(title: String, reader: UUID, days: Int)
    case extendLoan(days: Int)
    case markOverdue
    case returnBook

    public static var defaults: [String: any Codable & Sendable] { ["borrowBook.days": 14, "extendLoan.days": 14] }
  }

  public enum Event: DomainMessage, Equatable {
    case bookBorrowed(loanID: UUID, title: String, reader: UUID, borrowedAt: Date, dueAt: Date)
    case loanExtended(loanID: UUID, dueAt: Date)
    case loanBecameOverdue(loanID: UUID, since: Date)
    case bookReturned(loanID: UUID, returnedAt: Date, fee: Decimal)
  }

  public enum Status: String, Codable, Sendable {
    case none, running, overdue, returned
  }

  public var status = Status.none
  public var dueAt: Date?
  public var extensions = 0

  /// How often a loan may be extended.
  public static let extensionLimit = 2
  /// What each day that begins after the due time costs.
  public static let dailyFee: Decimal = 0.5

  public init() {}

  public func handle(_ command: Command, in context: Context) throws -> [Event] {
    let loanID = context.id

    if case .borrowBook(let title, let reader, let days) = command {
      guard status == .none else { throw LoanError.loanAlreadyExists }
      guard days > 0 else { throw LoanError.periodMustBePositive }
      return [
        .bookBorrowed(
          loanID: loanID, title: title, reader: reader, borrowedAt: context.now, dueAt: context.now.adding(days: days))
      ]
    }
    guard status != .none, let dueAt else { throw LoanError.loanNotFound }
    guard status != .returned else { throw LoanError.bookAlreadyReturned }

    switch command {
    case .borrowBook:
      throw LoanError.loanAlreadyExists
    case .extendLoan(let days):
      guard days > 0 else { throw LoanError.periodMustBePositive }
      guard status == .running, context.now <= dueAt else { throw LoanError.loanIsOverdue(since: dueAt) }
      guard extensions < Loan.extensionLimit else { throw LoanError.tooManyExtensions }
      return [.loanExtended(loanID: loanID, dueAt: dueAt.adding(days: days))]
    case .markOverdue:
      // The reminder may come late, or twice: then there is nothing to do.
      guard status == .running, context.now >= dueAt else { return [] }
      return [.loanBecameOverdue(loanID: loanID, since: dueAt)]
    case .returnBook:
      return [.bookReturned(loanID: loanID, returnedAt: context.now, fee: fee(at: context.now, dueAt: dueAt))]
    }
  }

  private func fee(at now: Date, dueAt: Date) -> Decimal {
    let days = (now.timeIntervalSince(dueAt) / Date.secondsPerDay).rounded(.up)
    return days > 0 ? Decimal(days) * Loan.dailyFee : 0
  }

  public mutating func apply(_ event: Event) {
    switch event {
    case .bookBorrowed(_, _, _, _, let dueAt):
      status = .running
      self.dueAt = dueAt
    case .loanExtended(_, let dueAt):
      extensions += 1
      self.dueAt = dueAt
    case .loanBecameOverdue:
      status = .overdue
    case .bookReturned:
      status = .returned
    }
  }
}

/// Why a loan refuses a command.
public enum LoanError: DomainError, Equatable {
  case loanAlreadyExists
  case loanNotFound
  case bookAlreadyReturned
  case periodMustBePositive
  case loanIsOverdue(since: Date)
  case tooManyExtensions

  public var description: String {
    switch self {
    case .loanAlreadyExists: "Loan already exists"
    case .loanNotFound: "Loan not found"
    case .bookAlreadyReturned: "Book already returned"
    case .periodMustBePositive: "Period must be positive"
    case .loanIsOverdue: "Loan is overdue"
    case .tooManyExtensions: "Loan cannot be extended more than \(Loan.extensionLimit) times"
    }
  }
}

extension Date {
  static let secondsPerDay: Double = 86_400

  func adding(days: Int) -> Date { addingTimeInterval(Double(days) * Date.secondsPerDay) }
}
