Feature: Account statements

  A statement lists all movements of an account with the balance behind each, oldest first.

  Background:
    Given the time is 2026-03-01T09:00:00Z
    And Account hers: AccountOpened(owner: Alice)
    And Account his: AccountOpened(owner: Bob)

  Scenario: Deposits and withdrawals
    When Account hers: Deposit(amount: 100.00)
    And 1 day passes
    And Account hers: Withdraw(amount: 30.50)
    Then AccountStatement for hers
      | number | date                 | amount | balance |
      | 1      | 2026-03-01T09:00:00Z | 100    | 100     |
      | 2      | 2026-03-02T09:00:00Z | -30.50 | 69.50   |

  Scenario: A transfer shows on both statements
    Given Account hers: MoneyDeposited(amount: 100.00)
    When RequestTransfer(source: hers, target: his, amount: 25)
    Then AccountStatement for hers
      | number | amount | balance |
      | 1      | 100    | 100     |
      | 2      | -25    | 75      |
    And AccountStatement for his
      | number | amount | balance |
      | 1      | 25     | 25      |

  Scenario: An account without movements
    Then no AccountStatement for hers
