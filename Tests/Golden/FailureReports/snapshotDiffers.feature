Feature: Failures

  Scenario: A snapshot is another state
    Given Counted
    When Forgetful: Count
    Then Counted
