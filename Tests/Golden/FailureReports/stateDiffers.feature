Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: The state is another one
    When AddItem(productID: gadget, productName: Gadget, quantity: 1, unitPrice: 5.00)
    Then OrderItemAdded(productID: gadget, ...)
    And state(status: placed, items.count: 3, total: 24.98)

  Scenario: A list has other elements
    Given OrderItemAdded(productID: gadget, productName: Gadget, quantity: 1, unitPrice: 5)
    Then state(items: [{productID: widget, productName: Widget, quantity: > 2, unitPrice: 9.99}])
