public import EventSourcing

/// What a reader has at home, by due time.
public struct OpenLoans: View, Equatable {
  /// Rows are asked for by reader; each is known by its loan.
  public typealias Key = UUID
  public typealias RowID = UUID

  public var loanID: UUID
  public var title: String
  public var dueAt: Date
  public var isOverdue = false

  public static var rowOrder: (@Sendable (Self, Self) -> Bool)? { { $0.dueAt < $1.dueAt } }

  public static var projection: Projection<Self> {
    On(Loan.self) { event, _, rows in
      switch event {
      case .bookBorrowed(let loanID, let title, let reader, _, let dueAt):
        try rows.insert(Self(loanID: loanID, title: title, dueAt: dueAt), id: loanID, key: reader)
      case .loanExtended(let loanID, let dueAt):
        try rows.update(loanID) { $0.dueAt = dueAt }
      case .loanBecameOverdue(let loanID, _):
        try rows.update(loanID) { $0.isOverdue = true }
      case .bookReturned(let loanID, _, _):
        rows.remove(loanID)
      }
    }
  }
}
