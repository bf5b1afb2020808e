Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: There are more events
    When RemoveItem(productID: widget)
    Then OrderItemRemoved(productID: widget)
    And version is 2
