Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: Nobody shipped it
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    Then events include OrderShipped(trackingNumber: T-1, ...)
