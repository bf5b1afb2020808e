public import EventSourcing

/// The domain, as tools and tests take it.
public let ordering = Domain("Ordering") {
  Order.self
  OrderDetails.self
  CustomerOrders.self
  Analytics.self
}
