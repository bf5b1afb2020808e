Feature: Placing an order

  Placing an order fixes its items, its total and where it goes.

  Background:
    Given OrderCreated(customerID: alice)

  Scenario: An order with items is placed
    Given OrderItemAdded
      | productID | productName | quantity | unitPrice |
      | widget    | Widget      | 2        | 9.99      |
      | gadget    | Gadget      | 1        | 5.00      |
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    Then OrderPlaced
      | shippingAddress.street     | 1 Main St |
      | shippingAddress.city       | Kyiv      |
      | shippingAddress.postalCode | 01001     |
      | shippingAddress.country    | UA        |
      | totalAmount                | 24.98     |
    And state(status: placed, items.count: 2, total: 24.98, shippingAddress.city: Kyiv)

  Scenario: An empty order cannot be placed
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    Then error "Cannot place empty order"

  Scenario: An order that was emptied cannot be placed
    Given OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
    And OrderItemRemoved(productID: widget)
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    Then error CannotPlaceEmptyOrder

  Scenario: An order is placed once
    Given OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
    And $home = {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA}
    And OrderPlaced(shippingAddress: $home, totalAmount: 19.98)
    When PlaceOrder(shippingAddress: $home)
    Then error "Order already placed"

  Scenario: Filling and placing in one go
    When AddItem(productID: widget, productName: Widget, quantity: 3, unitPrice: 0.10)
    And PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    Then OrderItemAdded(productID: widget, ...)
    And OrderPlaced(totalAmount: 0.30, ...)

  Scenario: The rest is not tried after a refusal
    When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
    And AddItem(productID: widget, productName: Widget, quantity: 3, unitPrice: 0.10)
    Then error "Cannot place empty order"
    And state(items: empty)
