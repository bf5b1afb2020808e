Feature: Transfers

  A transfer takes money out of one account and puts it into another. Either both happen, or the money is back where
  it was.

  Background:
    Given Account hers: AccountOpened(owner: Alice)
    And Account hers: MoneyDeposited(amount: 100.00)
    And Account his: AccountOpened(owner: Bob)

  Rule: The money moves by itself once a transfer is requested

    Scenario: A transfer goes through
      When RequestTransfer(source: hers, target: his, amount: 30.00)
      Then TransferRequested(source: hers, target: his, amount: 30.00)
      And Account hers: MoneyWithdrawn(amount: 30.00, transferID: transfer)
      And Account his: MoneyDeposited(amount: 30.00, transferID: transfer)
      And TransferCompleted
      And Account hers: state(balance: 70)
      And Account his: state(balance: 30)
      And Transfer: state(status: completed)

    Scenario: What the process asks for, step by step
      When RequestTransfer(source: hers, target: his, amount: 30.00)
      Then Account hers: Withdraw(amount: 30.00, transferID: transfer)
      And Account his: Deposit(amount: 30.00, transferID: transfer)
      And CompleteTransfer
      And events include TransferCompleted

    Scenario: Several transfers at once are kept apart
      When Transfer rent: RequestTransfer(source: hers, target: his, amount: 30.00)
      And Transfer gift: RequestTransfer(source: hers, target: his, amount: 5.00)
      Then events include TransferCompleted(transferID: rent)
      And events include TransferCompleted(transferID: gift)
      And Account his: state(balance: 35)

  Rule: Money that cannot be taken is not moved

    Scenario: There is not enough of it
      When RequestTransfer(source: hers, target: his, amount: 130.00)
      Then TransferRequested(source: hers, target: his, amount: 130.00)
      And TransferFailed(reason: /Insufficient funds/)
      And Account hers: state(balance: 100)
      And Account his: state(balance: 0)

  Rule: Money that cannot be put in goes back

    Scenario: The other account is closed
      Given Account his: AccountClosed
      When RequestTransfer(source: hers, target: his, amount: 30.00)
      Then TransferRequested(source: hers, target: his, amount: 30.00)
      And Account hers: MoneyWithdrawn(amount: 30.00, transferID: transfer)
      And Account hers: MoneyDeposited(amount: 30.00, transferID: transfer)
      And TransferFailed(reason: "Account is closed")
      And Account hers: state(balance: 100)

    Scenario: There is no other account
      When RequestTransfer(source: hers, target: nobodys, amount: 30.00)
      Then events include TransferFailed(reason: "Account not found")
      And Account hers: state(balance: 100)

  Rule: A transfer is refused when it makes no sense

    Scenario: From an account to itself
      When RequestTransfer(source: hers, target: hers, amount: 30.00)
      Then error "Accounts must differ"
      And no commands

    Scenario: Of nothing
      When RequestTransfer(source: hers, target: his, amount: 0)
      Then error "Amount must be positive"

    Scenario: The same one twice
      Given TransferRequested(source: hers, target: his, amount: 30.00)
      When RequestTransfer(source: hers, target: his, amount: 30.00)
      Then error "Transfer already exists"

  Rule: A transfer ends once

    Scenario: One that was never requested
      When CompleteTransfer
      Then error "Transfer not found"

    Scenario: A failed one is not completed
      Given TransferRequested(source: hers, target: his, amount: 30.00)
      And TransferFailed(reason: "Account is closed")
      When CompleteTransfer
      Then error TransferAlreadyEnded

    Scenario: A completed one does not fail
      Given TransferRequested(source: hers, target: his, amount: 30.00)
      And TransferCompleted
      When FailTransfer(reason: "Too late")
      Then error "Transfer already ended"

    Scenario: Somebody ends it by hand
      Given TransferRequested(source: hers, target: his, amount: 30.00)
      When FailTransfer(reason: "Called off")
      Then TransferFailed(reason: "Called off")
