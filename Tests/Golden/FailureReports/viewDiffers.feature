Feature: Failures

  Background:
    Given OrderCreated(customerID: alice)
    And OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)

  Scenario: The view shows other rows
    Then CustomerOrders for alice
      | orderID | status | total |
      | order   | placed | 19.98 |
      | other   | draft  | 0     |
