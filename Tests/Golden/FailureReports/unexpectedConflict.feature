Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: Somebody was quicker
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    And meanwhile OrderCancelled(reason: "Too late", cancelledBy: alice)
    Then error OrderAlreadyCancelled
