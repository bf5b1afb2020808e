Feature: Leaving the car park

  Background:
    Given the time is 2026-03-02T08:00:00Z
    And TicketDrawn(plate: "AA 1234 BB", at: now)

  Scenario: Every started hour is paid for
    When 1 h 20 min pass
    And PayTicket(amount: 4)
    Then TicketPaid(amount: 4, leaveBefore: now + 15 min)

  Scenario: The barrier opens for a ticket that is paid
    Given TicketPaid(amount: 2, leaveBefore: now + 15 min)
    When 10 minutes pass
    And Leave
    Then Left(at: now)
    And no CarsInside for ticket

  Scenario: The barrier stays closed for a ticket that is not
    When Leave
    Then error TicketNotPaid
    And CarsInside for ticket
      | plate | AA 1234 BB |

  Scenario: Who dawdles pays again
    Given TicketPaid(amount: 2, leaveBefore: now + 15 min)
    When 16 minutes pass
    And Leave
    Then error "The time to leave is over, pay again"

  Scenario Outline: The machine takes the exact amount only
    When 30 minutes pass
    And PayTicket(amount: <amount>)
    Then error WrongAmount(due: 2)

    Examples:
      | amount |
      | 1.99   |
      | 3      |
