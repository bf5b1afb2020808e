public import EventSourcing

/// A bank account that cannot be overdrawn.
public struct Account: Aggregate, Equatable {
  public typealias Failure = AccountError

  public enum Command: DomainMessage, Equatable {
    case openAccount(owner: String)
    case deposit(amount: Decimal, transferID: UUID?)
    case withdraw(amount: Decimal, transferID: UUID?)
    case closeAccount
  }

  public enum Event: DomainMessage, Equatable {
    case accountOpened(accountID: UUID, owner: String)
    case moneyDeposited(accountID: UUID, amount: Decimal, transferID: UUID?)
    case moneyWithdrawn(accountID: UUID, amount: Decimal, transferID: UUID?)
    case accountClosed(accountID: UUID)
  }

  public enum Status: String, Codable, Sendable {
    case unopened, open, closed
  }

  public var status = Status.unopened
  public var owner = ""
  public var balance: Decimal = 0

  public init() {}

  public func handle(_ command: Command, in context: Context) throws -> [Event] {
    let accountID = context.id

    if case .openAccount(let owner) = command {
      guard status == .unopened else { throw AccountError.accountAlreadyExists }
      return [.accountOpened(accountID: accountID, owner: owner)]
    }
    guard status != .unopened else { throw AccountError.accountNotFound }
    guard status != .closed else { throw AccountError.accountIsClosed }

    switch command {
    case .openAccount:
      throw AccountError.accountAlreadyExists
    case .deposit(let amount, let transferID):
      guard amount > 0 else { throw AccountError.amountMustBePositive }
      return [.moneyDeposited(accountID: accountID, amount: amount, transferID: transferID)]
    case .withdraw(let amount, let transferID):
      guard amount > 0 else { throw AccountError.amountMustBePositive }
      guard amount <= balance else { throw AccountError.insufficientFunds(balance: balance, requested: amount) }
      return [.moneyWithdrawn(accountID: accountID, amount: amount, transferID: transferID)]
    case .closeAccount:
      guard balance == 0 else { throw AccountError.accountIsNotEmpty }
      return [.accountClosed(accountID: accountID)]
    }
  }

  public mutating func apply(_ event: Event) {
    switch event {
    case .accountOpened(_, let owner):
      status = .open
      self.owner = owner
    case .moneyDeposited(_, let amount, _):
      balance += amount
    case .moneyWithdrawn(_, let amount, _):
      balance -= amount
    case .accountClosed:
      status = .closed
    }
  }
}

/// Why an account refuses a command.
public enum AccountError: DomainError, Equatable {
  case accountAlreadyExists
  case accountNotFound
  case accountIsClosed
  case accountIsNotEmpty
  case amountMustBePositive
  case insufficientFunds(balance: Decimal, requested: Decimal)

  public var description: String {
    switch self {
    case .accountAlreadyExists: "Account already exists"
    case .accountNotFound: "Account not found"
    case .accountIsClosed: "Account is closed"
    case .accountIsNotEmpty: "Account is not empty"
    case .amountMustBePositive: "Amount must be positive"
    case .insufficientFunds(let balance, let requested): "Insufficient funds: \(requested) of \(balance)"
    }
  }
}
