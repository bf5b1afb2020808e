public import EventSourcing

/// Moves the money of a transfer: out of the one account, into the other, and back where the other refuses it.
public struct TransferProcess: ProcessManager, Equatable {
  public enum Step: String, Codable, Sendable {
    case withdrawing, depositing, refunding
  }

  public var step = Step.withdrawing
  public var source: UUID?
  public var target: UUID?
  public var amount: Decimal = 0
  public var failure = ""

  public init() {}

  public static var reactions: Reactions<Self> {
    When(Transfer.self, correlatedBy: { event, _ in event.transferID }) { process, event, context in
      switch event {
      case .transferRequested(let transferID, let source, let target, let amount):
        process.source = source
        process.target = target
        process.amount = amount
        context.send(.withdraw(amount: amount, transferID: transferID), to: Account.self, id: source)
      case .transferCompleted, .transferFailed:
        context.complete()
      }
    }

    When(Account.self, correlatedBy: { event, _ in event.transferID }) { process, event, context in
      switch (event, process.step) {
      case (.moneyWithdrawn, .withdrawing):
        guard let target = process.target else { return }
        process.step = .depositing
        context.send(
          .deposit(amount: process.amount, transferID: context.correlation), to: Account.self, id: target)
      case (.moneyDeposited, .depositing):
        context.send(.completeTransfer, to: Transfer.self, id: context.correlation)
      case (.moneyDeposited, .refunding):
        context.send(.failTransfer(reason: process.failure), to: Transfer.self, id: context.correlation)
      default:
        break
      }
    }

    OnFailure(of: Account.self) { process, _, error, context in
      process.failure = String(describing: error)
      switch process.step {
      case .withdrawing:
        // Nothing has moved yet.
        context.send(.failTransfer(reason: process.failure), to: Transfer.self, id: context.correlation)
      case .depositing:
        // The money has left its account: it goes back.
        guard let source = process.source else { return }
        process.step = .refunding
        context.send(
          .deposit(amount: process.amount, transferID: context.correlation), to: Account.self, id: source)
      case .refunding:
        // Neither account takes it: a case for people.
        throw error
      }
    }
  }
}

extension Transfer.Event {
  /// The transfer that the event is about.
  public var transferID: UUID {
    switch self {
    case .transferRequested(let transferID, _, _, _), .transferCompleted(let transferID),
      .transferFailed(let transferID, _):
      transferID
    }
  }
}

extension Account.Event {
  /// The transfer that the event belongs to, nil for one at the counter.
  public var transferID: UUID? {
    switch self {
    case .moneyDeposited(_, _, let transferID), .moneyWithdrawn(_, _, let transferID): transferID
    case .accountOpened, .accountClosed: nil
    }
  }
}
