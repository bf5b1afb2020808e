Feature: Lending a book

  A reader takes a book home for two weeks, unless another time is agreed on, and may extend the loan twice.

  Background:
    Given the time is 2026-05-04T10:00:00Z

  Rule: A loan runs for a time

    Scenario: Two weeks are the rule
      When BorrowBook(title: The Leopard, reader: ines)
      Then BookBorrowed
        | title      | The Leopard          |
        | reader     | ines                 |
        | borrowedAt | now                  |
        | dueAt      | 2026-05-18T10:00:00Z |
      And state(status: running, dueAt: 2026-05-18T10:00:00Z, extensions: 0)

    Scenario: Another time is agreed on
      When BorrowBook(title: The Leopard, reader: ines, days: 3)
      Then BookBorrowed(dueAt: now + 3 days, ...)

    Scenario Outline: A time must be positive
      When BorrowBook(title: The Leopard, reader: ines, days: <days>)
      Then error "Period must be positive"

      Examples:
        | days |
        | 0    |
        | -1   |

    Scenario: A loan begins once
      Given BorrowBook(title: The Leopard, reader: ines)
      When BorrowBook(title: The Leopard, reader: omar)
      Then error "Loan already exists"

    Scenario Outline: There is nothing to do about a loan that never began
      When <command>
      Then error "Loan not found"

      Examples:
        | command             |
        | ExtendLoan(days: 7) |
        | MarkOverdue         |
        | ReturnBook          |

  Rule: A loan can be extended while it runs

    Background:
      Given BookBorrowed(title: The Leopard, reader: ines, borrowedAt: 2026-05-04T10:00:00Z, dueAt: 2026-05-18T10:00:00Z)

    Scenario: Two more weeks
      When ExtendLoan
      Then LoanExtended(dueAt: 2026-06-01T10:00:00Z)
      And state(extensions: 1)

    Scenario: Not when its time is over
      When 14 days pass
      And ExtendLoan(days: 1)
      Then LoanBecameOverdue(since: 2026-05-18T10:00:00Z)
      And error LoanIsOverdue(since: 2026-05-18T10:00:00Z)

    Scenario: The second extension is the last
      Given LoanExtended(dueAt: 2026-06-01T10:00:00Z)
      And LoanExtended(dueAt: 2026-06-15T10:00:00Z)
      When ExtendLoan
      Then error "Loan cannot be extended more than 2 times"

    Scenario: By no time at all
      When ExtendLoan(days: 0)
      Then error PeriodMustBePositive

  Rule: A book is returned once

    Background:
      Given BorrowBook(title: The Leopard, reader: ines)

    Scenario: In time
      When 13 days pass
      And ReturnBook
      Then BookReturned(returnedAt: now, fee: 0)
      And state(status: returned)

    Scenario Outline: Nothing can be done about a returned book
      Given ReturnBook
      When <command>
      Then error "Book already returned"

      Examples:
        | command             |
        | ExtendLoan(days: 7) |
        | MarkOverdue         |
        | ReturnBook          |
