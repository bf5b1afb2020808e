Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: A name is misspelt
    When RemoveItm(productID: widget)
    Then OrderItemRemoved(productId: widget, quantity: 3)
