import EventSourcing

/// The aggregate that is measured, the same as in `account.py`: amounts are whole cents.
struct Account: Aggregate {
  enum Command: DomainMessage {
    case openAccount(owner: String)
    case deposit(amount: Int)
    case withdraw(amount: Int)
  }

  enum Event: DomainMessage {
    case accountOpened(owner: String)
    case moneyDeposited(amount: Int, balance: Int)
    case moneyWithdrawn(amount: Int, balance: Int)
  }

  enum Refusal: String, DomainError {
    case alreadyOpen = "Account is open already"
    case notOpen = "Account is not open"
    case amountMustBePositive = "Amount must be positive"
    case insufficientFunds = "Insufficient funds"
  }

  typealias Failure = Refusal

  var owner: String?
  var balance = 0
  var movements = 0

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .openAccount(let owner):
      guard self.owner == nil else { throw Refusal.alreadyOpen }
      return [.accountOpened(owner: owner)]
    case .deposit(let amount):
      guard owner != nil else { throw Refusal.notOpen }
      guard amount > 0 else { throw Refusal.amountMustBePositive }
      return [.moneyDeposited(amount: amount, balance: balance + amount)]
    case .withdraw(let amount):
      guard owner != nil else { throw Refusal.notOpen }
      guard amount > 0 else { throw Refusal.amountMustBePositive }
      guard amount <= balance else { throw Refusal.insufficientFunds }
      return [.moneyWithdrawn(amount: amount, balance: balance - amount)]
    }
  }

  mutating func apply(_ event: Event) {
    switch event {
    case .accountOpened(let owner):
      self.owner = owner
    case .moneyDeposited(let amount, _):
      balance += amount
      movements += 1
    case .moneyWithdrawn(let amount, _):
      balance -= amount
      movements += 1
    }
  }
}
