Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: It is refused for another reason
    When AddItem(productID: widget, productName: Widget, quantity: 0, unitPrice: 1.00)
    Then error "Product already in order"
