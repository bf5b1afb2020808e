public import EventSourcing

/// All there is to see of one order.
public struct OrderDetails: View, Equatable {
  public var orderID: UUID
  public var customerID: UUID
  public var status = Order.Status.draft
  public var items: [Order.Item] = []
  public var total: Decimal = 0
  public var trackingNumber: String?

  public static var projection: Projection<Self> {
    On(Order.self) { event, _, rows in
      switch event {
      case .orderCreated(let orderID, let customerID):
        try rows.insert(Self(orderID: orderID, customerID: customerID), id: orderID)
      case .orderItemAdded(let orderID, let productID, let productName, let quantity, let unitPrice):
        let item = Order.Item(
          productID: productID, productName: productName, quantity: quantity, unitPrice: unitPrice)
        try rows.update(orderID) { row in
          row.items.append(item)
          row.total += item.total
        }
      case .orderItemRemoved(let orderID, let productID):
        try rows.update(orderID) { row in
          row.items.removeAll { $0.productID == productID }
          row.total = row.items.reduce(0) { $0 + $1.total }
        }
      case .orderPlaced(let orderID, _, _):
        try rows.update(orderID) { $0.status = .placed }
      case .orderShipped(let orderID, let trackingNumber, _):
        try rows.update(orderID) { row in
          row.status = .shipped
          row.trackingNumber = trackingNumber
        }
      case .orderDelivered(let orderID, _, _):
        try rows.update(orderID) { $0.status = .delivered }
      case .orderCancelled(let orderID, _, _):
        try rows.update(orderID) { $0.status = .cancelled }
      }
    }
  }
}

/// A customer's orders, a row for each.
public struct CustomerOrders: View, Equatable {
  /// Rows are asked for by customer; each is known by its order.
  public typealias Key = UUID
  public typealias RowID = UUID
  /// The price of each item, which an order that loses it must know.
  public typealias Note = [UUID: Decimal]

  public var orderID: UUID
  public var status = Order.Status.draft
  public var total: Decimal = 0

  public static var projection: Projection<Self> {
    On(Order.self) { event, _, rows in
      switch event {
      case .orderCreated(let orderID, let customerID):
        try rows.insert(Self(orderID: orderID), id: orderID, key: customerID)
      case .orderItemAdded(let orderID, let productID, _, let quantity, let unitPrice):
        let price = Decimal(quantity) * unitPrice
        rows[note: orderID, default: [:]][productID] = price
        try rows.update(orderID) { $0.total += price }
      case .orderItemRemoved(let orderID, let productID):
        let price = rows[note: orderID, default: [:]].removeValue(forKey: productID) ?? 0
        try rows.update(orderID) { $0.total -= price }
      case .orderPlaced(let orderID, _, _):
        try rows.update(orderID) { $0.status = .placed }
        rows[note: orderID] = nil
      case .orderShipped(let orderID, _, _):
        try rows.update(orderID) { $0.status = .shipped }
      case .orderDelivered(let orderID, _, _):
        try rows.update(orderID) { $0.status = .delivered }
      case .orderCancelled(let orderID, _, _):
        try rows.update(orderID) { $0.status = .cancelled }
        rows[note: orderID] = nil
      }
    }
  }
}

/// What the whole business comes to: one row.
public struct Analytics: View, Equatable {
  public typealias Key = OnlyRow
  /// The amount of each placed order, which a later cancellation takes back.
  public typealias Note = Decimal

  public var ordersCreated = 0
  public var ordersPlaced = 0
  public var ordersShipped = 0
  public var ordersDelivered = 0
  public var ordersCancelled = 0
  /// The placed totals less those cancelled afterwards.
  public var revenue: Decimal = 0

  public static var projection: Projection<Self> {
    On(Order.self) { event, _, rows in
      let nothing = Analytics()
      switch event {
      case .orderCreated:
        rows.update(.row, default: nothing) { $0.ordersCreated += 1 }
      case .orderItemAdded, .orderItemRemoved:
        break
      case .orderPlaced(let orderID, _, let totalAmount):
        rows[note: orderID] = totalAmount
        rows.update(.row, default: nothing) { row in
          row.ordersPlaced += 1
          row.revenue += totalAmount
        }
      case .orderShipped:
        rows.update(.row, default: nothing) { $0.ordersShipped += 1 }
      case .orderDelivered:
        rows.update(.row, default: nothing) { $0.ordersDelivered += 1 }
      case .orderCancelled(let orderID, _, _):
        let amount = rows[note: orderID] ?? 0
        rows[note: orderID] = nil
        rows.update(.row, default: nothing) { row in
          row.ordersCancelled += 1
          row.revenue -= amount
        }
      }
    }
  }
}
