Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: More happens than is stated
    When CancelOrder(reason: "Too late", cancelledBy: alice)
    Then no events
