Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: The past cannot have been so
    Given RemoveItem(productID: gadget)
    When RemoveItem(productID: widget)
    Then OrderItemRemoved(productID: widget)
