Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  @wip
  Scenario: It is done already
    When RemoveItem(productID: widget)
    Then OrderItemRemoved(productID: widget)
