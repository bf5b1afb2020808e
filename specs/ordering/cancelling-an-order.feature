Feature: Cancelling an order

  An order can be cancelled until it leaves the house. Afterwards nothing can be done with it.

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: A draft is cancelled
    When CancelOrder(reason: "Found it cheaper", cancelledBy: alice)
    Then OrderCancelled(reason: "Found it cheaper", cancelledBy: alice)
    And state(status: cancelled)

  Scenario: A placed order is cancelled by the shop
    Given OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)
    When CancelOrder(reason: "Out of stock", cancelledBy: shop)
    Then OrderCancelled(reason: /stock/, cancelledBy: shop)

  Scenario: A shipped order cannot be cancelled
    Given OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)
    And OrderShipped(trackingNumber: TRACK-1, carrier: Nova Poshta)
    When CancelOrder(reason: "Too late", cancelledBy: alice)
    Then error "Cannot cancel shipped order"

  Scenario: A delivered order cannot be cancelled
    Given OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)
    And OrderShipped(trackingNumber: TRACK-1, carrier: Nova Poshta)
    And OrderDelivered(deliveredAt: 2000-01-01, signature: null)
    When CancelOrder(reason: "Far too late", cancelledBy: alice)
    Then error CannotCancelShippedOrder

  Scenario Outline: Nothing can be done with a cancelled order
    Given OrderCancelled(reason: "Found it cheaper", cancelledBy: alice)
    When <command>
    Then error "Order already cancelled"

    Examples:
      | command                                                                                 |
      | AddItem(productID: gadget, productName: Gadget, quantity: 1, unitPrice: 5.00)           |
      | RemoveItem(productID: widget)                                                           |
      | PlaceOrder(shippingAddress: {street: Main St, city: Kyiv, postalCode: "", country: UA}) |
      | ShipOrder(trackingNumber: TRACK-1, carrier: Nova Poshta)                                |
      | DeliverOrder(signature: null)                                                           |
      | CancelOrder(reason: "Once more", cancelledBy: alice)                                    |
