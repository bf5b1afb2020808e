Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: Nobody came in between
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA}) with 1 retry
    And meanwhile AddItem(productID: gadget, productName: Gadget, quantity: 0, unitPrice: 5.00)
    Then OrderPlaced(...)
