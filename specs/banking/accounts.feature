Feature: Bank accounts

  An account holds money for its owner. It is never overdrawn, and it is closed only when it is empty.

  Rule: An account is opened once

    Scenario: A new account is empty
      When OpenAccount(owner: Alice)
      Then AccountOpened(owner: Alice)
      And state(status: open, owner: Alice, balance: 0)

    Scenario: An account that is there cannot be opened
      Given AccountOpened(owner: Alice)
      When OpenAccount(owner: Bob)
      Then error "Account already exists"

    Scenario: A closed account cannot be opened again
      Given AccountOpened(owner: Alice)
      And AccountClosed
      When OpenAccount(owner: Alice)
      Then error AccountAlreadyExists

    Scenario Outline: Nothing can be done with an account that was never opened
      When <command>
      Then error "Account not found"

      Examples:
        | command              |
        | Deposit(amount: 10)  |
        | Withdraw(amount: 10) |
        | CloseAccount         |

  Rule: Money goes in and out at the counter

    Background:
      Given AccountOpened(owner: Alice)
      And MoneyDeposited(amount: 100.00)

    Scenario: A deposit
      When Deposit(amount: 50.25)
      Then MoneyDeposited(amount: 50.25, transferID: null)
      And state(balance: 150.25)

    Scenario: A withdrawal
      When Withdraw(amount: 99.99)
      Then MoneyWithdrawn(amount: 99.99)
      And state(balance: 0.01)

    Scenario: All of it
      When Withdraw(amount: 100)
      Then MoneyWithdrawn(amount: 100)
      And state(balance: 0)

    Scenario: More than there is
      When Withdraw(amount: 100.01)
      Then error InsufficientFunds(balance: 100, requested: 100.01)
      And no events
      And state(balance: 100)

    Scenario: Two withdrawals of which only the first is covered
      When Withdraw(amount: 60)
      And Withdraw(amount: 60)
      Then MoneyWithdrawn(amount: 60)
      And error InsufficientFunds(balance: 40, requested: 60)

    Scenario Outline: An amount must be positive
      When <command>
      Then error "Amount must be positive"

      Examples:
        | command             |
        | Deposit(amount: 0)  |
        | Deposit(amount: -5) |
        | Withdraw(amount: 0) |

  Rule: Only an empty account is closed

    Background:
      Given AccountOpened(owner: Alice)
      And MoneyDeposited(amount: 100.00)

    Scenario: An account with money on it stays open
      When CloseAccount
      Then error "Account is not empty"

    Scenario: An empty account is closed
      Given MoneyWithdrawn(amount: 100.00)
      When CloseAccount
      Then AccountClosed
      And state(status: closed)

    Scenario Outline: A closed account does nothing any more
      Given MoneyWithdrawn(amount: 100.00)
      And AccountClosed
      When <command>
      Then error AccountIsClosed

      Examples:
        | command              |
        | Deposit(amount: 10)  |
        | Withdraw(amount: 10) |
        | CloseAccount         |
