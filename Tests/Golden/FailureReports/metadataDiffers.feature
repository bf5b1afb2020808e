Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: Somebody else did it
    Given metadata(user: alice)
    When RemoveItem(productID: widget)
    Then OrderItemRemoved(productID: widget)
    And metadata(user: bob)
