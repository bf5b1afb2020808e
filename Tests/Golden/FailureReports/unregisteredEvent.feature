Feature: Failures

  Scenario: An event that the schema does not list
    When Haunt
    Then any error
