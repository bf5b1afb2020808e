public import EventSourcing

/// A customer's order, from its first item to its delivery.
public struct Order: Aggregate, Equatable {
  public typealias Failure = OrderError

  public enum Command: DomainMessage, Equatable {
    case createOrder(orderID: UUID, customerID: UUID)
    case addItem(productID: UUID, productName: String, quantity: Int, unitPrice: Decimal)
    case removeItem(productID: UUID)
    case placeOrder(shippingAddress: Address)
    case shipOrder(trackingNumber: String, carrier: String)
    case deliverOrder(signature: String?)
    case cancelOrder(reason: String, cancelledBy: UUID)
  }

  public enum Event: DomainMessage, Equatable {
    case orderCreated(orderID: UUID, customerID: UUID)
    case orderItemAdded(orderID: UUID, productID: UUID, productName: String, quantity: Int, unitPrice: Decimal)
    case orderItemRemoved(orderID: UUID, productID: UUID)
    case orderPlaced(orderID: UUID, shippingAddress: Address, totalAmount: Decimal)
    case orderShipped(orderID: UUID, trackingNumber: String, carrier: String)
    case orderDelivered(orderID: UUID, deliveredAt: Date, signature: String?)
    case orderCancelled(orderID: UUID, reason: String, cancelledBy: UUID)
  }

  public enum Status: String, Codable, Sendable {
    case draft, placed, shipped, delivered, cancelled
  }

  public struct Item: Codable, Sendable, Equatable {
    public var productID: UUID
    public var productName: String
    public var quantity: Int
    public var unitPrice: Decimal

    public var total: Decimal { Decimal(quantity) * unitPrice }
  }

  public var customerID: UUID?
  public var status = Status.draft
  public var items: [Item] = []
  public var shippingAddress: Address?
  public var trackingNumber: String?
  public var carrier: String?

  public var total: Decimal { items.reduce(0) { $0 + $1.total } }

  public init() {}

  // MARK: Decide

  public func handle(_ command: Command, in context: Context) throws -> [Event] {
    let orderID = context.id

    // Creating is the one thing that asks for an order that is not there yet.
    if case .createOrder(_, let customerID) = command {
      guard self.customerID == nil else { throw OrderError.orderAlreadyExists }
      return [.orderCreated(orderID: orderID, customerID: customerID)]
    }
    guard customerID != nil else { throw OrderError.orderNotFound }
    guard status != .cancelled else { throw OrderError.orderAlreadyCancelled }

    switch command {
    case .createOrder:
      throw OrderError.orderAlreadyExists

    case .addItem(let productID, let productName, let quantity, let unitPrice):
      guard status == .draft else { throw OrderError.cannotModifyPlacedOrder }
      guard quantity > 0 else { throw OrderError.quantityMustBePositive }
      guard !contains(productID) else { throw OrderError.productAlreadyInOrder }
      return [
        .orderItemAdded(
          orderID: orderID, productID: productID, productName: productName, quantity: quantity, unitPrice: unitPrice)
      ]

    case .removeItem(let productID):
      guard status == .draft else { throw OrderError.cannotModifyPlacedOrder }
      guard contains(productID) else { throw OrderError.productNotInOrder }
      return [.orderItemRemoved(orderID: orderID, productID: productID)]

    case .placeOrder(let shippingAddress):
      guard status == .draft else { throw OrderError.orderAlreadyPlaced }
      guard !items.isEmpty else { throw OrderError.cannotPlaceEmptyOrder }
      return [.orderPlaced(orderID: orderID, shippingAddress: shippingAddress, totalAmount: total)]

    case .shipOrder(let trackingNumber, let carrier):
      guard status == .placed else { throw OrderError.orderMustBePlacedBeforeShipping }
      return [.orderShipped(orderID: orderID, trackingNumber: trackingNumber, carrier: carrier)]

    case .deliverOrder(let signature):
      guard status == .shipped else { throw OrderError.orderMustBeShippedBeforeDelivery }
      return [.orderDelivered(orderID: orderID, deliveredAt: context.now, signature: signature)]

    case .cancelOrder(let reason, let cancelledBy):
      guard status == .draft || status == .placed else { throw OrderError.cannotCancelShippedOrder }
      return [.orderCancelled(orderID: orderID, reason: reason, cancelledBy: cancelledBy)]
    }
  }

  private func contains(_ productID: UUID) -> Bool { items.contains { $0.productID == productID } }

  // MARK: Evolve

  public mutating func apply(_ event: Event) {
    switch event {
    case .orderCreated(_, let customerID):
      self.customerID = customerID
    case .orderItemAdded(_, let productID, let productName, let quantity, let unitPrice):
      items.append(Item(productID: productID, productName: productName, quantity: quantity, unitPrice: unitPrice))
    case .orderItemRemoved(_, let productID):
      items.removeAll { $0.productID == productID }
    case .orderPlaced(_, let shippingAddress, _):
      status = .placed
      self.shippingAddress = shippingAddress
    case .orderShipped(_, let trackingNumber, let carrier):
      status = .shipped
      self.trackingNumber = trackingNumber
      self.carrier = carrier
    case .orderDelivered:
      status = .delivered
    case .orderCancelled:
      status = .cancelled
    }
  }
}

/// Where an order goes.
public struct Address: Codable, Sendable, Equatable {
  public var street: String
  public var city: String
  public var postalCode: String
  public var country: String

  public init(street: String, city: String, postalCode: String, country: String) {
    self.street = street
    self.city = city
    self.postalCode = postalCode
    self.country = country
  }
}

/// Why an order refuses a command.
public enum OrderError: String, DomainError {
  case orderNotFound = "Order not found"
  case orderAlreadyExists = "Order already exists"
  case orderAlreadyCancelled = "Order already cancelled"
  case cannotModifyPlacedOrder = "Cannot modify placed order"
  case quantityMustBePositive = "Quantity must be positive"
  case productAlreadyInOrder = "Product already in order"
  case productNotInOrder = "Product not in order"
  case orderAlreadyPlaced = "Order already placed"
  case cannotPlaceEmptyOrder = "Cannot place empty order"
  case orderMustBePlacedBeforeShipping = "Order must be placed before shipping"
  case orderMustBeShippedBeforeDelivery = "Order must be shipped before delivery"
  case cannotCancelShippedOrder = "Cannot cancel shipped order"
}

// What specs can ask for beside the stored fields.
extension Order: DerivedValues {
  public static var derivedValues: [DerivedValue<Order>] { [DerivedValue("total", \.total)] }
}

extension Order.Item: DerivedValues {
  public static var derivedValues: [DerivedValue<Order.Item>] { [DerivedValue("total", \.total)] }
}
