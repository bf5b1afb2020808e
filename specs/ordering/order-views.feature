Feature: What customers and the shop see of orders

  Background:
    Given the time is 2026-11-23T10:00:00Z
    And Order first: OrderCreated(customerID: alice)
    And Order first: OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Rule: Order details follow the order

    Scenario: A draft
      Then OrderDetails for first
        | orderID    | first |
        | customerID | alice |
        | status     | draft |
        | total      | 19.98 |

    Scenario: A placed order has a total
      When Order first: PlaceOrder(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA})
      Then OrderDetails for first
        | status         | placed |
        | items.count    | 1      |
        | total          | 19.98  |
        | trackingNumber |        |

    Scenario: A shipped order can be tracked
      Given Order first: OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)
      When Order first: ShipOrder(trackingNumber: TRACK-1, carrier: Nova Poshta)
      Then OrderDetails for first (status: shipped, trackingNumber: TRACK-1)

    Scenario: There are no details of an order that nobody created
      Then no OrderDetails for second

  Rule: Customers see all of their orders

    Scenario: One customer's orders, and nobody else's
      Given Order second: OrderCreated(customerID: alice)
      And Order third: OrderCreated(customerID: bob)
      When Order first: PlaceOrder(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA})
      Then CustomerOrders for alice
        | orderID | status | total |
        | first   | placed | 19.98 |
        | second  | draft  | 0     |
      And CustomerOrders for bob
        | orderID | status | total |
        | third   | draft  | 0     |
      And no CustomerOrders for carol

  Rule: The shop counts orders and adds up revenue

    Scenario: Placed orders are revenue
      When Order first: PlaceOrder(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA})
      Then Analytics(ordersCreated: 1, ordersPlaced: 1, ordersShipped: 0, revenue: 19.98)

    Scenario: Cancelled orders are not
      Given Order first: OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)
      When Order first: CancelOrder(reason: "Out of stock", cancelledBy: shop)
      Then Analytics
        | ordersCreated   | 1 |
        | ordersPlaced    | 1 |
        | ordersCancelled | 1 |
        | revenue         | 0 |

    Scenario: A draft that is cancelled never was revenue
      When Order first: CancelOrder(reason: "Changed my mind", cancelledBy: alice)
      Then Analytics(ordersPlaced: 0, ordersCancelled: 1, revenue: 0)

    Scenario: The whole way of an order
      Given Order first: OrderPlaced(shippingAddress: {street: Main St, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 19.98)
      When Order first: ShipOrder(trackingNumber: TRACK-1, carrier: Nova Poshta)
      And Order first: DeliverOrder(signature: null)
      Then Analytics(ordersCreated: 1, ordersPlaced: 1, ordersShipped: 1, ordersDelivered: 1, ordersCancelled: 0, revenue: 19.98)
