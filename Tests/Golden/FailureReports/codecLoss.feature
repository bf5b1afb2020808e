Feature: Failures

  Scenario: A state loses a field
    When Forgetful: Count
    Then Counted
