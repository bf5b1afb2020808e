Feature: Failures

  Background:
    Given Account hers: AccountOpened(owner: Alice)
    And Account hers: MoneyDeposited(amount: 100.00)
    And Account his: AccountOpened(owner: Bob)

  Scenario: Another amount is asked for
    When RequestTransfer(source: hers, target: his, amount: 30.00)
    Then Account hers: Withdraw(amount: 31.00, transferID: transfer)
    And Account his: Deposit(amount: 30.00, transferID: transfer)
    And CompleteTransfer
    And events include TransferCompleted
