import EventSourcing
import Ordering
import Testing

/// The Ordering domain as its table of commands lists it.
@Suite struct OrderTests {
  let id = UUID()
  let customer = UUID()
  let product = UUID()
  let now = Date(timeIntervalSince1970: 1_000)
  let address = Address(street: "1 Main St", city: "Kyiv", postalCode: "01001", country: "UA")

  private var created: Order.Event { .orderCreated(orderID: id, customerID: customer) }
  private var added: Order.Event {
    .orderItemAdded(orderID: id, productID: product, productName: "Widget", quantity: 2, unitPrice: 9.99)
  }
  private var placed: Order.Event { .orderPlaced(orderID: id, shippingAddress: address, totalAmount: 19.98) }
  private var shipped: Order.Event { .orderShipped(orderID: id, trackingNumber: "T1", carrier: "UPS") }
  private var delivered: Order.Event { .orderDelivered(orderID: id, deliveredAt: now, signature: nil) }
  private var cancelled: Order.Event { .orderCancelled(orderID: id, reason: "r", cancelledBy: customer) }

  private var create: Order.Command { .createOrder(orderID: id, customerID: customer) }
  private func add(_ quantity: Int = 2, _ product: UUID? = nil) -> Order.Command {
    .addItem(productID: product ?? self.product, productName: "Widget", quantity: quantity, unitPrice: 9.99)
  }
  private var cancel: Order.Command { .cancelOrder(reason: "r", cancelledBy: customer) }

  private func decide(_ command: Order.Command, after history: [Order.Event]) throws -> [Order.Event] {
    var order = LoadedAggregate<Order>(id: id, history: history)
    return try order.handle(command, in: CommandContext(id: id, now: now, identities: { UUID() }))
  }

  @Test func `each command leads to its event`() throws {
    let steps: [(Order.Command, Order.Event)] = [
      (create, created), (add(), added), (.placeOrder(shippingAddress: address), placed),
      (.shipOrder(trackingNumber: "T1", carrier: "UPS"), shipped), (.deliverOrder(signature: nil), delivered),
    ]
    var history: [Order.Event] = []
    for (command, event) in steps {
      #expect(try decide(command, after: history) == [event])
      history.append(event)
    }
    #expect(
      try decide(.removeItem(productID: product), after: [created, added])
        == [.orderItemRemoved(orderID: id, productID: product)])
    for history in [[created], [created, added, placed]] { #expect(try decide(cancel, after: history) == [cancelled]) }
  }

  @Test func `each error comes where it must, in the order of the checks`() {
    let ship = Order.Command.shipOrder(trackingNumber: "T1", carrier: "UPS")
    let place = Order.Command.placeOrder(shippingAddress: address)
    let deliver = Order.Command.deliverOrder(signature: "s")
    let remove = Order.Command.removeItem(productID: product)
    let all = [created, added, placed, shipped, delivered]
    let refusals: [(Order.Command, [Order.Event], OrderError)] = [
      (create, [created], .orderAlreadyExists), (create, [created, cancelled], .orderAlreadyExists),
      (add(0), Array(all[..<3]), .cannotModifyPlacedOrder), (add(0), Array(all[..<2]), .quantityMustBePositive),
      (add(-3, UUID()), [created], .quantityMustBePositive), (add(), Array(all[..<2]), .productAlreadyInOrder),
      (remove, Array(all[..<3]), .cannotModifyPlacedOrder), (remove, [created], .productNotInOrder),
      (place, [created], .cannotPlaceEmptyOrder), (place, Array(all[..<3]), .orderAlreadyPlaced),
      (place, all, .orderAlreadyPlaced), (ship, [created, added], .orderMustBePlacedBeforeShipping),
      (ship, Array(all[..<4]), .orderMustBePlacedBeforeShipping),
      (deliver, Array(all[..<3]), .orderMustBeShippedBeforeDelivery), (deliver, all, .orderMustBeShippedBeforeDelivery),
      (cancel, Array(all[..<4]), .cannotCancelShippedOrder), (cancel, all, .cannotCancelShippedOrder),
    ]
    for (command, history, error) in refusals {
      #expect(throws: error) { try decide(command, after: history) }
    }
    for command in [add(0), remove, place, ship, deliver, cancel] {
      #expect(throws: OrderError.orderNotFound) { try decide(command, after: []) }
      #expect(throws: OrderError.orderAlreadyCancelled) { try decide(command, after: [created, cancelled]) }
    }
    #expect(OrderError.quantityMustBePositive.description == "Quantity must be positive")
  }

  @Test func `the views follow`() async throws {
    let store = MemoryEventStore()
    let orders = Repository<Order>(store: store)
    let other = UUID()
    for (id, commands) in [
      (id, [create, add(), add(1, other), .removeItem(productID: other), .placeOrder(shippingAddress: address)]),
      (
        other,
        [.createOrder(orderID: other, customerID: customer), add(), .placeOrder(shippingAddress: address), cancel]
      ),
    ] {
      for command in commands { try await orders.execute(command, on: id) }
    }
    try await orders.execute(.shipOrder(trackingNumber: "T1", carrier: "UPS"), on: id)

    let details = ProjectionRunner(OrderDetails.self, events: store, views: store)
    let byCustomer = ProjectionRunner(CustomerOrders.self, events: store, views: store)
    let analytics = ProjectionRunner(Analytics.self, events: store, views: store)
    try await details.catchUp()
    try await byCustomer.catchUp()
    try await analytics.catchUp()

    let row = try #require(try await details.row(id))
    #expect(row.status == .shipped && row.total == Decimal(string: "19.98") && row.trackingNumber == "T1")
    #expect(row.items.map(\.productID) == [product])
    let rows = try await byCustomer.rows(key: customer).sorted { $0.status.rawValue < $1.status.rawValue }
    #expect(rows.map(\.status) == [.cancelled, .shipped])
    #expect(rows.map(\.total) == [Decimal(string: "19.98"), Decimal(string: "19.98")])
    let numbers = try #require(try await analytics.row(.row))
    #expect(numbers.ordersCreated == 2 && numbers.ordersPlaced == 2 && numbers.ordersCancelled == 1)
    #expect(numbers.ordersShipped == 1 && numbers.ordersDelivered == 0)
    #expect(numbers.revenue == Decimal(string: "19.98"))
  }

  @Test func `the domain can be used`() throws { try ordering.validate() }
}
