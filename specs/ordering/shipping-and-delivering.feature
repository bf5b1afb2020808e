Feature: Shipping and delivering an order

  A placed order is handed to a carrier, and a shipped one is delivered.

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Rule: Only what was placed can be shipped

    Scenario: A placed order is shipped
      Given OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)
      When ShipOrder(trackingNumber: TRACK-1, carrier: Nova Poshta)
      Then OrderShipped(trackingNumber: TRACK-1, carrier: Nova Poshta)
      And state(status: shipped, trackingNumber: TRACK-1, carrier: Nova Poshta)

    Scenario: A draft cannot be shipped
      When ShipOrder(trackingNumber: TRACK-1, carrier: Nova Poshta)
      Then error "Order must be placed before shipping"

    Scenario: An order is shipped once
      Given OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)
      And OrderShipped(trackingNumber: TRACK-1, carrier: Nova Poshta)
      When ShipOrder(trackingNumber: TRACK-2, carrier: Nova Poshta)
      Then error OrderMustBePlacedBeforeShipping

  Rule: Only what was shipped can be delivered

    Background:
      Given OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)

    Scenario: A shipped order is delivered against a signature
      Given OrderShipped(trackingNumber: TRACK-1, carrier: Nova Poshta)
      And the time is 2026-11-23T10:00:00Z
      When DeliverOrder(signature: "A. Kovalenko")
      Then OrderDelivered(deliveredAt: 2026-11-23T10:00:00Z, signature: "A. Kovalenko")
      And state(status: delivered)

    Scenario: Nobody was there to sign
      Given OrderShipped(trackingNumber: TRACK-1, carrier: Nova Poshta)
      When 3 days pass
      And DeliverOrder(signature: null)
      Then OrderDelivered(deliveredAt: now, signature: null)

    Scenario: What is still in the house cannot be delivered
      When DeliverOrder(signature: "A. Kovalenko")
      Then error "Order must be shipped before delivery"

    Scenario: An order is delivered once
      Given OrderShipped(trackingNumber: TRACK-1, carrier: Nova Poshta)
      And OrderDelivered(deliveredAt: 2000-01-01, signature: null)
      When DeliverOrder(signature: null)
      Then error OrderMustBeShippedBeforeDelivery
