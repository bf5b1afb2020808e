Feature: Creating an order

  An order belongs to the customer who created it. It starts as a draft, without items.

  Scenario: A customer creates an order
    When CreateOrder(customerID: alice)
    Then OrderCreated(customerID: alice)
    And state(status: draft, customerID: alice, items: empty, total: 0)

  Scenario: The same order cannot be created twice
    Given OrderCreated(customerID: alice)
    When CreateOrder(customerID: bob)
    Then error "Order already exists"
    And state(customerID: alice)

  Scenario: A cancelled order cannot be created again
    Given OrderCreated(customerID: alice)
    And OrderCancelled(reason: "Changed my mind", cancelledBy: alice)
    When CreateOrder(customerID: alice)
    Then error OrderAlreadyExists

  Scenario: Two customers order at the same time
    When Order first: CreateOrder(customerID: alice)
    And Order second: CreateOrder(customerID: bob)
    Then Order first: OrderCreated(customerID: alice)
    And Order second: OrderCreated(customerID: bob)

  Scenario Outline: Nothing can be done with an order that was never created
    When <command>
    Then error "Order not found"
    And no events

    Examples:
      | command                                                                                 |
      | AddItem(productID: widget, productName: Widget, quantity: 1, unitPrice: 9.99)           |
      | RemoveItem(productID: widget)                                                           |
      | PlaceOrder(shippingAddress: {street: Main St, city: Kyiv, postalCode: "", country: UA}) |
      | ShipOrder(trackingNumber: TRACK-1, carrier: Nova Poshta)                                |
      | DeliverOrder(signature: null)                                                           |
      | CancelOrder(reason: "Too late", cancelledBy: alice)                                     |
