// Times the codec over an event of five fields: swift run -c release --package-path Benchmarks codec-benchmark [PART-OF-A-NAME]
import EventSourcing

enum Fact: DomainMessage, Equatable {
  case orderCreated(orderID: UUID, customerID: UUID)
  case orderItemAdded(orderID: UUID, productID: UUID, productName: String, quantity: Int, unitPrice: Decimal)
  case orderPlaced(orderID: UUID, shippingAddress: Address, totalAmount: Decimal, at: Date)
  case orderClosed
}

struct Address: Codable, Equatable, Sendable {
  var street: String, city: String, postalCode: String, country: String
}

struct Order: Aggregate, Equatable {
  enum Command: DomainMessage { case none }
  struct Item: Codable, Equatable, Sendable {
    var productID: UUID, productName: String, quantity: Int, unitPrice: Decimal
  }
  enum Status: String, Codable, Sendable { case draft, placed }
  typealias Event = Fact

  var customerID: UUID?
  var status = Status.draft
  var items: [Item] = []
  var shippingAddress: Address?

  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }
  mutating func apply(_ event: Event) {}
}

// The best of many short batches: what it costs when nothing else runs.
func measure(_ name: String, _ count: Int = 1_000, _ body: () throws -> Void) rethrows {
  if let filter = CommandLine.arguments.dropFirst().first, !name.contains(filter) { return }
  let clock = ContinuousClock()
  var best = Duration.seconds(1000)
  for _ in 0..<300 {
    let time = try clock.measure { for _ in 0..<count { try body() } }
    best = min(best, time)
  }
  let nanoseconds = Double(best.components.attoseconds) / 1e9 + Double(best.components.seconds) * 1e9
  print("\(name): \((nanoseconds / Double(count) * 10).rounded() / 10) ns")
}

let codec = MessageCodec<Fact>()
let id = UUID()
let item = Fact.orderItemAdded(
  orderID: id, productID: UUID(), productName: "A widget of some length", quantity: 2,
  unitPrice: Decimal(string: "9.99") ?? 0)
let placed = Fact.orderPlaced(
  orderID: id,
  shippingAddress: Address(street: "1 Main St", city: "Kyiv", postalCode: "01001", country: "UA"),
  totalAmount: Decimal(string: "24.98") ?? 0, at: Date(timeIntervalSinceReferenceDate: 812_345_678.125))
var sink = 0
for (name, event) in [("5 fields", item), ("nested record and date", placed)] {
  let index = codec.caseIndex(of: event)
  let tree = try codec.encode(event)
  let json = JSONText.write(.record(tree))
  guard case .record(let read) = try JSONText.read(json) else { fatalError("no record") }
  measure("\(name): which case", 10_000) { sink &+= codec.caseIndex(of: event) }
  try measure("\(name): round trip") {
    if case .orderClosed = try codec.decode(caseIndex: index, codec.encode(event)) { sink &+= 1 }
  }
  try measure("\(name): encode") { sink &+= try codec.encode(event).fields.count }
  try measure("\(name): decode") { sink &+= try codec.decode(caseIndex: index, tree) == event ? 1 : 0 }
  try measure("\(name): decode what came from JSON") {
    sink &+= try codec.decode(caseIndex: index, read) == event ? 1 : 0
  }
  measure("\(name): write JSON of \(json.count) bytes") { sink &+= JSONText.write(.record(tree)).count }
  try measure("\(name): read JSON") { if case .record = try JSONText.read(json) { sink &+= 1 } }
}
for count in [0, 3] {
  let state = Order(
    customerID: id, status: .placed,
    items: (0..<count).map {
      Order.Item(productID: UUID(), productName: "Widget", quantity: $0, unitPrice: Decimal(string: "9.99") ?? 0)
    },
    shippingAddress: count == 0
      ? nil : Address(street: "1 Main St", city: "Kyiv", postalCode: "01001", country: "UA"))
  let tree = try DynamicEncoder().encode(state)
  try measure("state with \(count) items: encode") {
    if case .record = try DynamicEncoder().encode(state) { sink &+= 1 }
  }
  try measure("state with \(count) items: decode") {
    sink &+= try DynamicDecoder().decode(Order.self, from: tree).items.count
  }
  try measure("state with \(count) items: round trip") {
    sink &+= try DynamicDecoder().decode(Order.self, from: DynamicEncoder().encode(state)).items.count
  }
}
print(sink == 0 ? "" : "done")
