Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: It is not refused
    When CancelOrder(reason: "Too late", cancelledBy: alice)
    Then error CannotCancelShippedOrder
