Feature: Overdue loans

  When a loan's time is over and the book is not back, the loan is overdue. Each day that begins costs half a coin.

  Background:
    Given the time is 2026-05-04T10:00:00Z
    And BorrowBook(title: The Leopard, reader: ines)

  Rule: Loans become overdue by themselves

    Scenario: The time is over
      When 14 days pass
      Then LoanBecameOverdue(since: 2026-05-18T10:00:00Z)
      And state(status: overdue)

    Scenario: It is not over yet
      When 13 days pass
      Then no events
      And no commands
      And state(status: running)

    Scenario: Nobody asked in between, and yet it is known since when
      When 30 days pass
      Then LoanBecameOverdue(since: 2026-05-18T10:00:00Z)

    Scenario: The reminder asks for it
      When the time is 2026-05-20T00:00:00Z
      Then MarkOverdue
      And LoanBecameOverdue(since: 2026-05-18T10:00:00Z)

    Scenario: An extension moves the time
      When 10 days pass
      And ExtendLoan
      Then LoanExtended(dueAt: 2026-06-01T10:00:00Z)
      When 14 days pass
      Then no events

    Scenario: A returned book is never overdue
      Given ReturnBook
      When 30 days pass
      Then no events
      And no commands

    Scenario: It is marked once
      When 14 days pass
      And MarkOverdue
      Then LoanBecameOverdue(since: 2026-05-18T10:00:00Z)

  Rule: Being late costs

    Scenario Outline: Each day that begins
      When <time> pass
      And ReturnBook
      Then events include BookReturned(returnedAt: now, fee: <fee>)

      Examples:
        | time             | fee |
        | 14 days          | 0   |
        | 14 days 1 second | 0.5 |
        | 15 days          | 0.5 |
        | 17 days          | 1.5 |

  Rule: Readers see what they have at home

    Scenario: By due time
      Given Loan other: BorrowBook(title: Beowulf, reader: ines, days: 3)
      And Loan third: BorrowBook(title: Dune, reader: omar)
      Then OpenLoans for ines
        | loanID | title       | dueAt                | isOverdue |
        | other  | Beowulf     | 2026-05-07T10:00:00Z | false     |
        | loan   | The Leopard | 2026-05-18T10:00:00Z | false     |

    Scenario: Overdue ones are marked
      When 14 days pass
      Then OpenLoans for ines
        | title       | isOverdue |
        | The Leopard | true      |

    Scenario: Extended ones move
      When ExtendLoan(days: 7)
      Then OpenLoans for ines
        | title       | dueAt                |
        | The Leopard | 2026-05-25T10:00:00Z |

    Scenario: What was returned is gone
      When ReturnBook
      Then no OpenLoans for ines
