import EventSourcing

/// A domain of odd types for the tests of codec and schema.
struct Shop: Aggregate, Equatable {
  enum Command: DomainMessage, Equatable {
    case open(name: String)
    case sell(quantity: Int = 1, price: Decimal, note: String? = nil)
    case close
    static var defaults: [String: any Codable & Sendable] { ["sell.quantity": 1] }
  }
  enum Event: DomainMessage, Equatable {
    case itemAdded(orderID: UUID, productID: UUID, name: String, quantity: Int, price: Decimal)
    case closed
    case moved(Address)
    case renamed(String)
    case pair(Int, String)
    case paid(method: Payment, at: Date, took: Duration, tags: Set<String>, notes: [String: Int], by: CustomerID?)
    case reopened(Reopening)
  }
  struct Address: Codable, Hashable, Sendable { var street: String, city: String? }
  struct Reopening: Codable, Hashable, Sendable { var shopID: UUID }
  struct CustomerID: Codable, Hashable, Sendable { var value: UUID }
  struct SKU: RawRepresentable, Codable, Hashable, Sendable { var rawValue: UUID }
  struct Cents: RawRepresentable, Codable, Hashable, Sendable { var rawValue: Int }
  enum Status: String, Codable, Sendable { case new, open = "is open" }
  enum Payment: Codable, Hashable, Sendable {
    case cash
    case card(number: String, expires: Date?)
    indirect case both(Payment, Payment)
  }
  struct Item: Codable, Hashable, Sendable, DerivedValues {
    var name: String
    var quantity: Int
    var price: Decimal
    var parts: [Item] = []
    var total: Decimal { price * Decimal(quantity) }
    static var derivedValues: [DerivedValue<Item>] { [DerivedValue("total", \.total)] }
  }

  var status = Status.new
  var sku: SKU?
  var cents = Cents(rawValue: 5)
  var items: [UUID: Item] = [:]
  var levels: [Int: String] = [:]
  var rank: [Status: Int] = [:]

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) {}
}
