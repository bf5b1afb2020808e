import EventSourcing
import Testing

@Suite("Message codec")
struct MessageCodecTests {
  let codec = MessageCodec<Shop.Event>()
  let id = UUID()

  static let events: [Shop.Event] = [
    .itemAdded(
      orderID: UUID(), productID: UUID(), name: "Ünï\0\u{2028}🎉", quantity: -3, price: Decimal(string: "0.30") ?? 0),
    .closed, .moved(.init(street: "1 Main St", city: nil)), .renamed("x"), .pair(1, "two"),
    .paid(
      method: .both(.cash, .card(number: "4111", expires: Date(timeIntervalSinceReferenceDate: 0.1))),
      at: Date(timeIntervalSinceReferenceDate: 1e9 / 3), took: .seconds(90), tags: ["b", "a"], notes: ["y": 1, "x": 2],
      by: .init(value: UUID())),
    .reopened(.init(shopID: UUID())),
  ]

  @Test("Every case survives, through the tree and through JSON", arguments: events)
  func survives(_ event: Shop.Event) throws {
    let tree = try codec.encode(event)
    let index = codec.caseIndex(of: event)
    #expect(try codec.decode(caseIndex: index, tree) == event)
    let bytes = JSONText.write(.record(tree))
    guard case .record(let read) = try JSONText.read(bytes) else {
      Issue.record("no record")
      return
    }
    #expect(try codec.decode(caseIndex: index, read) == event, "\(String(decoding: bytes, as: UTF8.self))")
  }

  @Test("A payload is bare: the fields of the case alone")
  func isBare() throws {
    let order = UUID()
    let tree = try codec.encode(.itemAdded(orderID: order, productID: order, name: "w", quantity: 2, price: 9.99))
    #expect(tree.fields.map(\.name) == ["orderID", "productID", "name", "quantity", "price"])
    #expect(tree["orderID"] == .uuid(order))
    #expect(tree["quantity"] == .integer(2))
  }

  @Test("One struct without a label gives its fields, with nil as null")
  func flattens() throws {
    let tree = try codec.encode(.moved(.init(street: "s", city: nil)))
    #expect(tree.fields == [.init("street", .string("s")), .init("city", .null)])
    let shop = UUID()
    #expect(try codec.encode(.reopened(.init(shopID: shop))).fields == [.init("shopID", .uuid(shop))])
  }

  @Test("Cases are found in constant time by their tag")
  func findsCases() {
    let names = Self.events.map { codec.schema.cases[codec.caseIndex(of: $0)].name }
    #expect(names == ["itemAdded", "closed", "moved", "renamed", "pair", "paid", "reopened"])
  }

  @Test("A field that is missing or of another type is named")
  func namesFields() throws {
    let index = codec.caseIndex(of: .moved(.init(street: "", city: nil)))
    let missing = #expect(throws: CodecError.self) { try codec.decode(caseIndex: index, DynamicRecord()) }
    #expect(missing?.code == .invalidPayload)
    #expect(missing?.path == "street")
    let wrong = #expect(throws: CodecError.self) {
      try codec.decode(caseIndex: index, DynamicRecord([.init("street", .integer(1))]))
    }
    #expect(wrong?.description == "Shop.Event.moved.street: expected a text, found the number 1")
  }

  @Test("An index that no case has is an error")
  func refusesIndex() {
    #expect(throws: CodecError.self) { try codec.decode(caseIndex: 99, DynamicRecord()) }
    #expect(throws: CodecError.self) { try codec.decode(caseIndex: -1, DynamicRecord()) }
  }
}
