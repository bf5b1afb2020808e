public import EventSourcing

/// The movements of an account, oldest first.
public struct AccountStatement: View, Equatable {
  /// A row is known by account and number.
  public typealias RowID = String
  /// The account's number of movements, and what they come to.
  public struct Note: Codable, Sendable {
    var movements = 0
    var balance: Decimal = 0
  }

  public var number: Int
  public var date: Date
  public var amount: Decimal
  public var balance: Decimal

  public static var rowOrder: (@Sendable (Self, Self) -> Bool)? { { $0.number < $1.number } }

  public static var projection: Projection<Self> {
    On(Account.self) { event, envelope, rows in
      let accountID: UUID
      let amount: Decimal
      switch event {
      case .moneyDeposited(let account, let deposited, _): (accountID, amount) = (account, deposited)
      case .moneyWithdrawn(let account, let withdrawn, _): (accountID, amount) = (account, -withdrawn)
      case .accountOpened, .accountClosed: return
      }
      var note = rows[note: accountID, default: Note()]
      note.movements += 1
      note.balance += amount
      rows[note: accountID] = note
      try rows.insert(
        Self(number: note.movements, date: envelope.occurredAt, amount: amount, balance: note.balance),
        id: "\(accountID)/\(note.movements)", key: accountID)
    }
  }
}
