Feature: Failures

  Scenario: An echo without end
    When Call
    Then events include Called
