Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: The total is another one
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    Then OrderPlaced(totalAmount: 24.98, ...)
    And state(status: placed)

  Scenario: The events came in another order
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    And ShipOrder(trackingNumber: T1, carrier: Post)
    Then OrderShipped(trackingNumber: T1, carrier: Post)
    And OrderPlaced(totalAmount: 19.98, ...)

  Scenario: The event is one of another stream
    When Order order: PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    Then Order other: OrderPlaced(totalAmount: 19.98, ...)


  Scenario: The act failed
    When CreateOrder(customerID: bob)
    Then OrderCreated(customerID: bob)
