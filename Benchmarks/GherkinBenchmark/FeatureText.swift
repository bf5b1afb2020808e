/// Makes the text of a feature that is like what people write: four steps a scenario, and a table or a doc string in
/// every tenth scenario each.
enum FeatureText {
  /// The bytes of a feature with a number of scenarios, about 300 bytes each.
  static func bytes(scenarios count: Int) -> [UInt8] {
    var text: [UInt8] = Array(
      "Feature: Placing orders in a shop that never closes\n\n  Orders are placed by customers.\n".utf8)
    text.reserveCapacity(count * 320)
    for number in 0..<count {
      text += Array(scenario(number).utf8)
    }
    return text
  }

  private static func scenario(_ number: Int) -> String {
    var text = "\n  Scenario: Order number \(number) with a few items is placed and paid for\n"
    text += "    Given OrderCreated(orderID: order\(number), customerID: customer\(number % 97))\n"
    if number % 10 == 3 {
      text += """
            And OrderItemAdded
              | productID | productName | quantity | unitPrice |
              | widget    | Widget      | \(number % 7)        | 9.99      |
              | gadget    | Gadget      | 1        | 5.00      |

        """
    } else {
      text += "    And OrderItemAdded(productID: widget, quantity: \(number % 7), unitPrice: 9.99)\n"
    }
    if number % 10 == 7 {
      text += """
            When PlaceOrder
              \"""json
              {"shippingAddress": {"street": "1 Main St", "city": "Kyiv"}}
              \"""

        """
    } else {
      text += "    When PlaceOrder(shippingAddress: {street: \"1 Main St\", city: Kyiv})\n"
    }
    return text + "    Then OrderPlaced(totalAmount: \(number).98, ...)\n"
  }
}
