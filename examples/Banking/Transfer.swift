public import EventSourcing

/// Money on its way from one account to another.
public struct Transfer: Aggregate, Equatable {
  public typealias Failure = TransferError

  public enum Command: DomainMessage, Equatable {
    case requestTransfer(source: UUID, target: UUID, amount: Decimal)
    case completeTransfer
    case failTransfer(reason: String)
  }

  public enum Event: DomainMessage, Equatable {
    case transferRequested(transferID: UUID, source: UUID, target: UUID, amount: Decimal)
    case transferCompleted(transferID: UUID)
    case transferFailed(transferID: UUID, reason: String)
  }

  public enum Status: String, Codable, Sendable {
    case unrequested, requested, completed, failed
  }

  public var status = Status.unrequested

  public init() {}

  public func handle(_ command: Command, in context: Context) throws -> [Event] {
    let transferID = context.id

    switch command {
    case .requestTransfer(let source, let target, let amount):
      guard status == .unrequested else { throw TransferError.transferAlreadyExists }
      guard source != target else { throw TransferError.accountsMustDiffer }
      guard amount > 0 else { throw TransferError.amountMustBePositive }
      return [.transferRequested(transferID: transferID, source: source, target: target, amount: amount)]
    case .completeTransfer:
      guard status != .unrequested else { throw TransferError.transferNotFound }
      guard status == .requested else { throw TransferError.transferAlreadyEnded }
      return [.transferCompleted(transferID: transferID)]
    case .failTransfer(let reason):
      guard status != .unrequested else { throw TransferError.transferNotFound }
      guard status == .requested else { throw TransferError.transferAlreadyEnded }
      return [.transferFailed(transferID: transferID, reason: reason)]
    }
  }

  public mutating func apply(_ event: Event) {
    switch event {
    case .transferRequested: status = .requested
    case .transferCompleted: status = .completed
    case .transferFailed: status = .failed
    }
  }
}

/// Why a transfer refuses a command.
public enum TransferError: String, DomainError {
  case transferAlreadyExists = "Transfer already exists"
  case transferNotFound = "Transfer not found"
  case transferAlreadyEnded = "Transfer already ended"
  case accountsMustDiffer = "Accounts must differ"
  case amountMustBePositive = "Amount must be positive"
}
