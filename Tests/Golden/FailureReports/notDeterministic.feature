Feature: Failures

  Scenario: A decision goes by something hidden
    When Toss
    Then events include HeadsCame
