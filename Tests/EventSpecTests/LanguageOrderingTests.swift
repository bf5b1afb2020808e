import EventSourcing
import Ordering
import Testing

@testable import EventSpec

@Suite("Steps of the Ordering domain")
struct LanguageOrderingTests {
  static let model = DomainModel(ordering)

  @Test("The reference's example reads without an error")
  func example() {
    let reading = SpecReading(
      Self.model,
      """
      Given OrderCreated(customerID: alice)
      Given OrderItemAdded
        | productID | productName | quantity | unitPrice |
        | widget    | Widget      | 2        | 9.99      |
        | gadget    | Gadget      | 1        | 5.00      |
      When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
      Then OrderPlaced(totalAmount: 24.98, ...)
      And state(status: placed, items.count: 2)
      And Order order: version is 4
      And OrderDetails for order(status: placed, items[0].quantity: > 1)
      And CustomerOrders for alice
        | orderID | status | total |
        | order   | placed | 24.98 |
      And no OrderDetails for o9
      And Analytics(ordersPlaced: 1)
      And metadata(user: alice)
      """)
    #expect(reading.errors == [])
    #expect(reading.steps.count == 11)
  }

  @Test("Mistakes are reported where they stand", arguments: mistakes)
  func mistake(_ mistake: Mistake) {
    #expect(SpecReading(Self.model, mistake.text).errors == mistake.errors)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var text: String
    var errors: [String]
    var testDescription: String { text }

    init(_ text: String, _ errors: String...) {
      self.text = text
      self.errors = errors
    }
  }

  static let mistakes: [Mistake] = [
    Mistake(
      "Given OrderCreatd(customerID: alice)",
      "1:7 the domain has no event or command called 'OrderCreatd' (OrderCreated)"),
    // What is wrong is said once: the steps behind it do not complain that no stream has been named.
    Mistake(
      "Given OrderCreatd(customerID: alice)\nThen version is 1",
      "1:7 the domain has no event or command called 'OrderCreatd' (OrderCreated)"),
    Mistake(
      "Given OrderCreated(customrID: alice)\nThen state(status: draft)",
      "1:20 OrderCreated has no field 'customrID'; it has orderID, customerID (customerID)"),
    // Phrases are known names, too.
    Mistake("Given no evnts", "1:7 the domain has no event or command called 'no evnts' (no events)"),
    Mistake(
      "Given the tiem is 2026-01-01",
      "1:7 the domain has no event or command called 'the tiem is 2026-01-01' (the time is)"),
    Mistake(
      "When CreateOrder(customerID: alice)\nThen confict",
      "2:6 the domain has no event or command called 'confict' (conflict)"),
    // Under When a command was most likely meant, under Then an event.
    Mistake(
      "When OrderPlace",
      "1:6 the domain has no event or command called 'OrderPlace' (OrderPlaced)"),
    Mistake(
      "Given OrderCreated(customerID: null)",
      "1:32 customerID expects a UUID or a name for one; found 'null', which stands for nothing; quote it if it is a name"
    ),
    Mistake(
      "Given OrderCreated(customerID: alice)\nThen state(items.count: 7..3)",
      "2:25 the range ends before it begins: write 3..7"),
    Mistake(
      "Given Ordr.OrderCreated(customerID: alice)",
      "1:7 no aggregate is called 'Ordr' (Order)"),
    Mistake(
      "Given Ordr o1: OrderCreated(customerID: alice)",
      "1:7 no aggregate is called 'Ordr'; before a colon stands an aggregate, then an instance (Order)"),
    Mistake(
      "Given Order o 1: OrderCreated(customerID: alice)",
      "1:13 an instance's name with a space in it must be quoted: \"o 1\""),
    Mistake(
      "Given OrderCreated(customer: alice)",
      "1:20 OrderCreated has no field 'customer'; it has orderID, customerID (customerID)"),
    Mistake(
      "Given OrderCreated()",
      "1:7 OrderCreated needs customerID (a UUID or a name for one)"),
    Mistake(
      "Given OrderCreated",
      "1:7 OrderCreated needs customerID (a UUID or a name for one)"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: P, quantity: two, unitPrice: 1.00)",
      "1:62 quantity expects a whole number; found 'two'"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: P, quantity: 1.5, unitPrice: 1.00)",
      "1:62 quantity expects a whole number; found '1.5', which has a fraction"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: P, quantity: 99999999999999999999, unitPrice: x)",
      "1:62 quantity expects a whole number; found '99999999999999999999', which is out of range",
      "1:95 unitPrice expects a decimal number; found 'x'"),
    Mistake(
      "Given OrderItemAdded(productID: p, productID: q, productName: P, quantity: 1, unitPrice: 1)",
      "1:36 'productID' is given twice"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: P (large), quantity: 1, unitPrice: 1)",
      "1:51 '(' does not belong here: quote a text that has one in it"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: P, large, quantity: 1, unitPrice: 1)",
      "1:50 a field and its value are expected behind the comma; quote a text that has one in it"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: \"P, quantity: 1, unitPrice: 1)",
      "1:49 the quoted text is not closed: a \" is missing at its end",
      "1:21 the bracket is not closed: a ')' is missing"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: \"a\\q\", quantity: 1, unitPrice: 1)",
      "1:51 unknown escape: a quoted text has \\n \\t \\\" \\\\ and \\u{…}"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: \"a\" b, quantity: 1, unitPrice: 1)",
      "1:53 nothing may stand behind the closing quote; write \\\" for a quote within the text"),
    Mistake(
      "Given OrderItemAdded(productID p, quantity: 1)",
      "1:22 expected 'field: value'"),
    Mistake(
      "Given OrderItemAdded(productID: p, quantity: 1",
      "1:21 the bracket is not closed: a ')' is missing"),
    Mistake(
      "Given OrderItemAdded(productID: p, productName: P, quantity: 1, unitPrice: 1) twice",
      "1:79 nothing may stand here; found 'twice'"),
    Mistake(
      "Given OrderItemAdded(productID: $x, productName: P, quantity: 1, unitPrice: 1)",
      "1:33 nothing has been called $x before this step"),
    Mistake(
      "Given OrderItemAdded(productID: p, ...)",
      "1:36 '...' can only stand in a Then"),
    Mistake(
      "When PlaceOrder(shippingAddress: {street: A, city: B})",
      "1:6 PlaceOrder needs shippingAddress.postalCode, shippingAddress.country"),
    Mistake(
      "When PlaceOrder(shippingAddress: {stret: A, city: B})",
      "1:35 Address has no field 'stret'; it has street, city, postalCode, country (street)"),
    Mistake(
      "When PlaceOrder(shippingAddress: Kyiv)",
      "1:34 shippingAddress expects a record {street, city, postalCode, country}; found 'Kyiv'"),
    Mistake(
      "When PlaceOrder(shippingAddress.street: A, shippingAddress.city: B)",
      "1:6 PlaceOrder needs shippingAddress.postalCode, shippingAddress.country"),
    Mistake(
      "When PlaceOrder(shippingAddress.street.name: A)",
      "1:40 'shippingAddress.street' is no collection or record, so it has no 'name'"),
    Mistake(
      "When PlaceOrder(shippingAddress.stret: A)",
      "1:33 'shippingAddress' has no field 'stret'; it has street, city, postalCode, country (street)"),
    Mistake(
      "Given OrderCreated(customerID: alice)\n  | orderID |\n  | o1 |",
      "1:19 fields stand in parentheses or below the step, not both"),
    Mistake(
      "Given OrderItemAdded\n  | productID | name | quantity |\n  | p | P | 1 |",
      "2:17 'name' is no field of OrderItemAdded; a table's first row names fields, or a table of two columns has one field a row (productName)"
    ),
    Mistake(
      "Given OrderItemAdded\n  | productID | p |\n  | quantity | one |",
      "3:16 quantity expects a whole number; found 'one'",
      "1:7 OrderItemAdded needs productName (a text), unitPrice (a decimal number)"),
    Mistake(
      "Given OrderItemAdded\n  | productID |\n  | p |",
      "1:7 OrderItemAdded needs productName (a text), quantity (a whole number), unitPrice (a decimal number)"),
    Mistake(
      "Given OrderItemAdded\n  | quantity | productID |\n  | 1 | p |\n  | x | p |",
      "4:5 quantity expects a whole number; found 'x'",
      "1:7 OrderItemAdded needs productName (a text), unitPrice (a decimal number)"),
    Mistake(
      "Given OrderItemAdded\n  \"\"\"\n  {\"productID\": \"p\",\n   \"quantity\": \"x\", \"bad\": 1}\n  \"\"\"",
      "4:16 quantity expects a whole number; found \"x\"",
      "4:22 OrderItemAdded has no field 'bad'; it has orderID, productID, productName, quantity, unitPrice"),
    Mistake(
      "Given OrderItemAdded\n  \"\"\"json\n  {\"productID\": p}\n  \"\"\"",
      "3:17 invalid JSON: 'p' is no value; texts stand in quotes"),
    Mistake(
      "Given OrderItemAdded\n  \"\"\"xml\n  <a/>\n  \"\"\"",
      "2:3 a doc string is a payload in JSON; its media type is json, not 'xml'"),
    Mistake(
      "And OrderCreated(customerID: alice)",
      "1:1 'And' takes the role of the step before it, and there is none; begin with Given, When or Then"),
    Mistake(
      "Given state(status: draft)",
      "1:7 'state …' can only stand under Then"),
    Mistake(
      "When no events",
      "1:6 'no events' can only stand under Given or Then"),
    Mistake(
      "Then OrderCreated(customerID: alice)",
      "1:6 there is no When before it whose outcome this could be"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b)\nThen error NotFound",
      "2:12 the domain has no error called 'NotFound' (OrderNotFound)"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b)\nThen error OrderNotFond",
      "2:12 the domain has no error called 'OrderNotFond' (OrderNotFound)"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b)\nThen OrderNotFound",
      "2:6 'OrderNotFound' is an error: write 'error OrderNotFound'"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b)\nThen error \"a\" b",
      "2:16 nothing may stand here; found 'b'"),
    Mistake(
      "When ShipOrder(trackingNumber: any, carrier: not x)\nThen OrderShipped(trackingNumber: > 3, carrier: not x)",
      "2:35 trackingNumber is a text: quote '> 3', which looks like a matcher",
      "2:53 carrier is a text: quote the text behind the operator"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b)\nThen OrderShipped(trackingNumber: null, carrier: 1..2)",
      "2:35 trackingNumber is a text: quote 'null', which looks like a matcher",
      "2:50 carrier is a text: quote '1..2', which looks like a matcher"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b)\nThen OrderShipped(trackingNumber: /(/, carrier: /a)",
      "2:36 invalid regular expression: '(' is not closed",
      "2:49 carrier is a text: quote one that begins with '/', or close the expression with '/'"),
    Mistake(
      "Then state(statu: draft)",
      "1:12 the state of Order has no field 'statu'; it has customerID, status, items, shippingAddress, trackingNumber, carrier, total (status)"
    ),
    Mistake(
      "Then state(status: draftt)",
      "1:20 status expects one of draft, placed, shipped, delivered, cancelled; found 'draftt' (draft)"),
    Mistake(
      "Then state(items[x].quantity: 1)",
      "1:18 '[x]' is no place in 'items': places count from 0"),
    Mistake(
      "Then state(items.quantity: 1)",
      "1:18 'items' is a list: ask for items.count, or an element's part, as in items[0].quantity"),
    Mistake(
      "Then state(status: > 3)",
      "1:20 comparisons are for numbers, dates and durations; status expects one of draft, placed, shipped, delivered, cancelled"
    ),
    Mistake(
      "Then state(items.count: contains 3)",
      "1:25 'contains' is for texts and collections; items.count expects a whole number"),
    Mistake(
      "Then state items",
      "1:12 a table with the rows of 'items' is expected below the step"),
    Mistake(
      "Then state total\n  | a |\n  | 1 |",
      "1:12 'total' is no list; write state(total: …)"),
    Mistake(
      "Then version is many",
      "1:17 version expects a whole number; found 'many'"),
    Mistake(
      "Then OrderDetails for order",
      "1:6 what OrderDetails shows is expected: fields in parentheses, or a table below the step"),
    Mistake(
      "Then OrderDetail for order(status: draft)",
      "1:6 the domain has no view called 'OrderDetail' (OrderDetails)"),
    Mistake(
      "Then OrderDetails(status: draft)",
      "1:6 say which row of OrderDetails is meant, as in: OrderDetails for …"),
    Mistake(
      "Then Analytics for x(ordersPlaced: 1)",
      "1:20 Analytics has one row and no key"),
    Mistake(
      "Then OrderDetails for order\n  | status | items |\n  | |  |",
      "3:4 an empty cell asks for null, but status is never null: it expects one of draft, placed, shipped, delivered, cancelled",
      "3:6 an empty cell asks for null, but items is never null: it expects a list such as [{}, {}]"),
    Mistake(
      "Given OrderDetails for order(status: draft)",
      "1:7 'OrderDetails' is a view, which can only be looked at under Then"),
    Mistake(
      "Given OrderNotFound",
      "1:7 'OrderNotFound' is an error, which can only be looked for under Then: error OrderNotFound"),
    Mistake(
      "Given Order o1: OrderCreated(customerID: a)\nGiven Order o2: OrderCreated(customerID: a)\nWhen ShipOrder(trackingNumber: a, carrier: b)",
      "3:6 several streams have been named: Order o1, Order o2; say which"),
    Mistake(
      "Given Order o1: OrderCreated(customerID: a)\nGiven Order o2: OrderCreated(customerID: a)\nThen state(status: draft)",
      "3:6 several streams have been named: Order o1, Order o2; say which"),
    Mistake(
      "Given Order o1: OrderCreated(orderID: o2, customerID: a)",
      "1:39 the identity is 'o2', but the step names the stream of 'o1'"),
    Mistake(
      "Given OrderCreated(customerID: a) with 1 retry",
      "1:35 only a command takes retries or a version"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b) with many retries",
      "1:47 expected 'with N retries' or 'at version N'; found 'with many retries'"),
    Mistake(
      "Given meanwhile OrderCreated(customerID: a)",
      "1:7 'meanwhile' belongs to the command step before it, and there is none"),
    Mistake(
      "Given 3 days pass",
      "1:7 '3 days pass', which moves the clock on, can only stand under When"),
    Mistake(
      "When some days pass",
      "1:6 the domain has no event or command called 'some days pass'"),
    Mistake(
      "When 3 dys pass",
      "1:6 expected a length of time such as 3 days or 2 h 30 min; found '3 dys'"),
    Mistake(
      "Given the time is 2026-01-31T09:30",
      "1:19 time expects a date such as 2026-01-31 or 2026-01-31T09:30:00Z; found '2026-01-31T09:30', whose time has no offset from UTC: end it with Z or +02:00"
    ),
    Mistake(
      "Given the time is tomorrow",
      "1:19 time expects a date such as 2026-01-31 or 2026-01-31T09:30:00Z; found 'tomorrow'"),
    Mistake(
      "Given the time is 2026-02-30",
      "1:19 time expects a date such as 2026-01-31 or 2026-01-31T09:30:00Z; found '2026-02-30', which is no day or time that exists"
    ),
    Mistake(
      "Given $x = {a: [1}",
      "1:18 '}' closes no bracket that is open; quote a text that has one in it"),
    Mistake(
      "Given $x = 1\nGiven $x = 2",
      "2:7 $x has a value already; choose another name"),
    Mistake(
      "Given stored \"OrderPlaced\" schema version 1",
      "1:14 the stored payload is expected below the step, as a doc string in JSON"),
    Mistake(
      "Given stored \"OrderPlaced\" schema version x\n  \"\"\"\n  {}\n  \"\"\"",
      "1:43 schema version expects a whole number from 0 to 4294967295; found 'x'"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b)\nThen events include OrderShipped(trackingNumber: a, ...)\nAnd OrderShipped(...)",
      "3:5 'events include' cannot be mixed with events that are stated exactly"),
    Mistake(
      "When ShipOrder(trackingNumber: a, carrier: b)\nThen OrderShipped(...)\nAnd events in any order",
      "3:5 'events in any order' goes before the events that it speaks of"),
    Mistake(
      "Given no events\n  | a |",
      "2:5 this step takes no table"),
    Mistake(
      "Given (a: b)",
      "1:7 the name of an event or command is expected"),
    Mistake(
      "Given ",
      "1:7 the step is empty"),
    Mistake(
      "Given :",
      "1:7 an aggregate's name is expected before the colon"),
    Mistake(
      "Given Order o1:",
      "1:16 a message or a phrase is expected behind the colon"),
  ]
}

/// An aggregate that does not say which errors it has.
private struct Silent: Aggregate {
  enum Command: DomainMessage { case speak }
  enum Event: DomainMessage { case spoken }

  func handle(_ command: Command, in context: Context) throws -> [Event] { [.spoken] }
  mutating func apply(_ event: Event) {}
}

@Suite("Errors that nobody declared")
struct UndeclaredErrorTests {
  @Test("An error's name is refused with a note on how to declare errors, where the domain has none")
  func note() {
    let reading = SpecReading(DomainModel(Domain("Silence") { Silent.self }), "When Speak\nThen error TooLoud")
    #expect(
      reading.diagnostics.map(\.notes) == [
        ["no aggregate says which errors it has: 'public typealias Failure = SilentError' in Silent does"]
      ])
    let declared = SpecReading(DomainModel(ordering), "When RemoveItem(productID: a)\nThen error TooLoud")
    #expect(declared.diagnostics.map(\.notes) == [[]])
  }
}
