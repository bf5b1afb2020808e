Feature: Several people work on one order

  Whoever saves last works on what they saw. If somebody else was quicker, they must look again.

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
    And $home = {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA}

  Scenario: Placing an order that is being cancelled
    When PlaceOrder(shippingAddress: $home)
    And meanwhile OrderCancelled(reason: "Changed my mind", cancelledBy: alice)
    Then conflict
    And state(status: cancelled)
    And version is 3

  Scenario: Looking again and finding it cancelled
    When PlaceOrder(shippingAddress: $home) with 1 retry
    And meanwhile OrderCancelled(reason: "Changed my mind", cancelledBy: alice)
    Then error "Order already cancelled"

  Scenario: Looking again and finding one more item
    When PlaceOrder(shippingAddress: $home) with 1 retry
    And meanwhile AddItem(productID: gadget, productName: Gadget, quantity: 1, unitPrice: 5.00)
    Then OrderPlaced(totalAmount: 24.98, ...)
    And version is 4

  Scenario: Twice too late
    When PlaceOrder(shippingAddress: $home) with 1 retry
    And meanwhile AddItem(productID: gadget, productName: Gadget, quantity: 1, unitPrice: 5.00)
    And meanwhile RemoveItem(productID: gadget)
    Then conflict

  Scenario: Placing exactly what one has seen
    When PlaceOrder(shippingAddress: $home) at version 2
    Then OrderPlaced(totalAmount: 19.98, ...)

  Scenario: Placing what one saw a while ago
    When PlaceOrder(shippingAddress: $home) at version 1
    Then conflict
    And no events

  Scenario: It is known who did it
    Given metadata(user: alice, channel: phone)
    When CancelOrder(reason: "Changed my mind", cancelledBy: alice)
    Then OrderCancelled(reason: "Changed my mind", cancelledBy: alice)
    And metadata(user: alice)
