Feature: Filling an order

  While an order is a draft, its customer adds products and takes them out again. A product stands in an order once;
  its quantity is at least one.

  Background:
    Given OrderCreated(customerID: alice)

  Rule: Items can be added to a draft

    Scenario: The first item
      When AddItem(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
      Then OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
      And state(status: draft, items.count: 1, items[0].total: 19.98, total: 19.98)

    Scenario: Another item
      Given OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
      When AddItem
        | productID   | gadget |
        | productName | Gadget |
        | quantity    | 3      |
        | unitPrice   | 5.00   |
      Then OrderItemAdded(productID: gadget, quantity: 3, ...)
      And state items
        | productID | productName | quantity | unitPrice | total |
        | widget    | Widget      | 2        | 9.99      | 19.98 |
        | gadget    | Gadget      | 3        | 5.00      | 15.00 |

    Scenario: The same product cannot be added twice
      Given OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
      When AddItem(productID: widget, productName: Widget, quantity: 1, unitPrice: 9.99)
      Then error "Product already in order"
      And state(items.count: 1)

    Scenario: A product that was taken out can be added again
      Given OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
      And OrderItemRemoved(productID: widget)
      When AddItem(productID: widget, productName: Widget, quantity: 1, unitPrice: 8.99)
      Then OrderItemAdded(productID: widget, productName: Widget, quantity: 1, unitPrice: 8.99)

    Scenario Outline: A quantity must be positive
      When AddItem(productID: widget, productName: Widget, quantity: <quantity>, unitPrice: 1.00)
      Then error QuantityMustBePositive

      Examples:
        | quantity |
        | 0        |
        | -3       |

    Scenario: A quantity is looked at before the product
      Given OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
      When AddItem(productID: widget, productName: Widget, quantity: 0, unitPrice: 9.99)
      Then error "Quantity must be positive"

  Rule: Items can be taken out of a draft

    Scenario: The only item is taken out
      Given OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
      When RemoveItem(productID: widget)
      Then OrderItemRemoved(productID: widget)
      And state(items: empty, total: 0)

    Scenario: What is not there cannot be taken out
      When RemoveItem(productID: gadget)
      Then error "Product not in order"

  Rule: A placed order is left as it is

    Background:
      Given OrderItemAdded(productID: widget, productName: Widget, quantity: 1, unitPrice: 9.99)
      And OrderPlaced
        | shippingAddress.street     | 1 Main St |
        | shippingAddress.city       | Kyiv      |
        | shippingAddress.postalCode | 01001     |
        | shippingAddress.country    | UA        |
        | totalAmount                | 9.99      |

    Scenario: Nothing is added
      When AddItem(productID: gadget, productName: Gadget, quantity: 1, unitPrice: 5.00)
      Then error "Cannot modify placed order"

    Scenario: Nothing is taken out
      When RemoveItem(productID: widget)
      Then error CannotModifyPlacedOrder
