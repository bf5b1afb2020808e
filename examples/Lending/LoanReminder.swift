public import EventSourcing

/// Watches over the due time of each loan, and marks the loan when it has passed.
public struct LoanReminder: ProcessManager, Equatable {
  public init() {}

  public static var reactions: Reactions<Self> {
    When(Loan.self, correlatedBy: { event, _ in event.loanID }) { _, event, context in
      switch event {
      case .bookBorrowed(_, _, _, _, let dueAt), .loanExtended(_, let dueAt):
        // Scheduling it again moves it.
        context.schedule("due", at: dueAt)
      case .loanBecameOverdue, .bookReturned:
        context.complete()
      }
    }

    OnDeadline("due") { _, context in
      context.send(.markOverdue, to: Loan.self, id: context.correlation)
    }
  }
}

extension Loan.Event {
  /// The loan that the event is about.
  public var loanID: UUID {
    switch self {
    case .bookBorrowed(let loanID, _, _, _, _), .loanExtended(let loanID, _), .loanBecameOverdue(let loanID, _),
      .bookReturned(let loanID, _, _):
      loanID
    }
  }
}
