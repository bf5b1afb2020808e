public import EventSourcing

/// The domain, as tools and tests take it.
public let lending = Domain("Lending") {
  Loan.self
  LoanReminder.self
  OpenLoans.self
}
