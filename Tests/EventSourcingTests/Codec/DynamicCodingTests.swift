import EventSourcing
import Testing

@Suite("Typed values as trees")
struct DynamicCodingTests {
  func roundTrip<T: Codable & Equatable>(_ value: T) throws -> DynamicValue {
    let tree = try DynamicEncoder().encode(value)
    #expect(try DynamicDecoder().decode(T.self, from: tree) == value)
    let json = JSONText.write(tree)
    #expect(
      try DynamicDecoder().decode(T.self, from: JSONText.read(json)) == value,
      "\(String(decoding: json, as: UTF8.self))")
    return tree
  }

  struct Wide: Codable, Equatable {
    var i8 = Int8.min, i16 = Int16.max, i32 = Int32.min, i64 = Int64.max, i128 = Int128.min
    var u8 = UInt8.max, u16 = UInt16.max, u32 = UInt32.max, u64 = UInt64.max, u128 = UInt128.max, u = UInt.max
    var float = Float(0.1), double = 0.1 + 0.2, infinity = -Double.infinity, small = Double.leastNonzeroMagnitude
    var decimal = Decimal(string: "0.1") ?? 0, data = Data([0, 255]), url = URL(string: "https://example.org/a?b=c")
    var date = Date(timeIntervalSinceReferenceDate: 1e9 / 7), duration = Duration.nanoseconds(1)
    var none: String?, some: Int? = 3, nested: Int?? = .some(2), list: [Int8?] = [1, nil]
  }

  @Test("All numbers at their limits, and the rest, are exact")
  func exact() throws {
    let tree = try roundTrip(Wide())
    guard case .record(let record) = tree else {
      Issue.record("no record")
      return
    }
    #expect(record["u64"] == .unsigned(.max))
    #expect(record["none"] == .null)
    #expect(record["data"] == .string("AP8="))
    #expect(record["double"] == .double(0.1 + 0.2))
  }

  @Test("Doubles that are no numbers are texts in JSON")
  func notANumber() throws {
    let tree = try DynamicEncoder().encode([Double.nan, .infinity, -.infinity])
    #expect(JSONText.write(tree) == Array(#"["NaN","Infinity","-Infinity"]"#.utf8))
    let back = try DynamicDecoder().decode([Double].self, from: JSONText.read(JSONText.write(tree)))
    #expect(back.map(\.isNaN) == [true, false, false])
    #expect(back.dropFirst() == [.infinity, -.infinity])
  }

  @Test("Enums are their raw value, their name, or a record under their name")
  func enums() throws {
    #expect(try roundTrip(Shop.Status.open) == .string("is open"))
    #expect(try roundTrip(Shop.Payment.cash) == .string("cash"))
    #expect(
      try roundTrip(Shop.Payment.card(number: "1", expires: nil))
        == .record(.init([.init("card", .record(.init([.init("number", .string("1")), .init("expires", .null)])))])))
    let standard = DynamicValue.record(.init([.init("cash", .record(.init()))]))
    #expect(try DynamicDecoder().decode(Shop.Payment.self, from: standard) == .cash)
  }

  @Test("Identities are UUIDs, as fields and by conformance, and their standard form is read")
  func identities() throws {
    let id = UUID()
    #expect(try roundTrip([Shop.CustomerID(value: id)]) == .array([.uuid(id)]))
    #expect(try roundTrip(Shop.SKU(rawValue: id)) == .uuid(id))
    let standard = DynamicValue.record(.init([.init("value", .string(id.uuidString))]))
    #expect(try DynamicDecoder().decode(Shop.CustomerID.self, from: standard).value == id)
    #expect(try roundTrip(Shop.Reopening(shopID: id)) == .record(.init([.init("shopID", .uuid(id))])))
  }

  @Test("Dictionaries are records where keys are texts, numbers, UUIDs or plain enums, and sorted as sets are")
  func dictionaries() throws {
    let id = UUID()
    #expect(try roundTrip(["b": 1, "a": 2]) == .record(.init([.init("a", .integer(2)), .init("b", .integer(1))])))
    #expect(try roundTrip([id: 1]) == .record(.init([.init(id.lowercaseText, .integer(1))])))
    #expect(try roundTrip([5: "x"]) == .record(.init([.init("5", .string("x"))])))
    #expect(try roundTrip([UInt16(5): "x"]) == .record(.init([.init("5", .string("x"))])))
    #expect(try roundTrip([Shop.Status.new: 1]) == .record(.init([.init("new", .integer(1))])))
    #expect(
      try roundTrip([Shop.Address(street: "s", city: nil): 1])
        == .array([.record(.init([.init("street", .string("s")), .init("city", .null)])), .integer(1)]))
    #expect(try roundTrip(Set([3, 1, 2])) == .array([.integer(1), .integer(2), .integer(3)]))
    _ = try roundTrip(Dictionary(uniqueKeysWithValues: (0..<300).map { ("k\($0)", $0) }))
  }

  @Test("Derived values are added where they are asked for, at every depth")
  func derived() throws {
    let item = Shop.Item(name: "w", quantity: 2, price: 5, parts: [.init(name: "p", quantity: 1, price: 1)])
    guard case .record(let record) = try DynamicEncoder(includesDerivedValues: true).encode(item) else {
      Issue.record("no record")
      return
    }
    #expect(record.fields.last == .init("total", .decimal(10), isDerived: true))
    guard case .array(let parts)? = record["parts"], case .record(let part)? = parts.first else {
      Issue.record("no parts")
      return
    }
    #expect(part["total"] == .decimal(1))
    #expect(try DynamicDecoder().decode(Shop.Item.self, from: .record(record)) == item)
  }

  class Animal: Codable {
    var name = "?"
  }
  final class Dog: Animal {
    var age = 3
    enum CodingKeys: CodingKey { case age, animal }
    override init() { super.init() }
    required init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      age = try container.decode(Int.self, forKey: .age)
      try super.init(from: container.superDecoder(forKey: .animal))
    }
    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try super.encode(to: container.superEncoder(forKey: .animal))
      try container.encode(age, forKey: .age)
    }
  }

  @Test("Classes code themselves through super encoders")
  func classes() throws {
    let dog = Dog()
    dog.name = "Rex"
    let tree = try DynamicEncoder().encode(dog)
    #expect(
      tree
        == .record(
          .init([.init("animal", .record(.init([.init("name", .string("Rex"))]))), .init("age", .integer(3))])))
    #expect(try DynamicDecoder().decode(Dog.self, from: tree).name == "Rex")
  }

  struct Nesting: Codable, Equatable {
    var x = 1, list = [[1, 2], [3]]
    enum CodingKeys: CodingKey { case outer, x, list }
    init() {}
    init(from decoder: any Decoder) throws {
      let outer = try decoder.container(keyedBy: CodingKeys.self)
      x = try outer.nestedContainer(keyedBy: CodingKeys.self, forKey: .outer).decode(Int.self, forKey: .x)
      var rows = try outer.nestedUnkeyedContainer(forKey: .list)
      list = []
      while !rows.isAtEnd {
        var row = try rows.nestedUnkeyedContainer()
        var numbers: [Int] = []
        while !row.isAtEnd { numbers.append(try row.decode(Int.self)) }
        list.append(numbers)
      }
    }
    func encode(to encoder: any Encoder) throws {
      var outer = encoder.container(keyedBy: CodingKeys.self)
      var rows = outer.nestedUnkeyedContainer(forKey: .list)
      var inner = outer.nestedContainer(keyedBy: CodingKeys.self, forKey: .outer)
      for row in list {
        var numbers = rows.nestedUnkeyedContainer()
        for number in row { try numbers.encode(number) }
      }
      try inner.encode(x, forKey: .x)
    }
  }

  @Test("Containers handed out inside others may be filled in any order")
  func nestedContainers() throws { _ = try roundTrip(Nesting()) }

  struct Confused: Encodable {
    func encode(to encoder: any Encoder) throws {
      var single = encoder.singleValueContainer()
      try single.encode(1)
      var list = encoder.unkeyedContainer()
      try list.encode(2)
    }
  }

  @Test("A value that is coded in two ways at once is an error")
  func confused() {
    #expect(throws: EncodingError.self) { try DynamicEncoder().encode(Confused()) }
  }

  final class Chain: Codable {
    var next: Chain?
    init(_ next: Chain?) { self.next = next }
  }

  @Test("Nesting is limited on the way in and out, never a crash")
  func limitsDepth() throws {
    var chain: Chain?
    for _ in 0..<2000 { chain = Chain(chain) }
    #expect(throws: EncodingError.self) { try DynamicEncoder().encode(chain) }
    let loop = Chain(nil)
    loop.next = loop
    #expect(throws: EncodingError.self) { try DynamicEncoder().encode(loop) }
    loop.next = nil
    var tree = DynamicValue.null
    for _ in 0..<2000 { tree = .record(.init([.init("next", tree)])) }
    #expect(throws: DecodingError.self) { try DynamicDecoder().decode(Chain.self, from: tree) }
  }

  @Test(
    "Numbers that do not fit exactly are refused",
    arguments: [
      DynamicValue.integer(128), .integer(-129), .unsigned(.max), .double(1.5), .decimal(Decimal(string: "0.5") ?? 0),
      .decimal(Decimal(string: "1e30") ?? 0), .string("1"), .null, .bool(true), .double(.nan),
    ])
  func refusesNumbers(_ value: DynamicValue) {
    #expect(throws: DecodingError.self) { try DynamicDecoder().decode(Int8.self, from: value) }
  }

  @Test("Whole numbers in other clothes are taken")
  func takesNumbers() throws {
    let decoder = DynamicDecoder()
    #expect(try decoder.decode(Int.self, from: .decimal(Decimal(string: "1e3") ?? 0)) == 1000)
    #expect(try decoder.decode(Int.self, from: .double(-5)) == -5)
    #expect(try decoder.decode(Double.self, from: .integer(5)) == 5)
    #expect(throws: DecodingError.self) { try decoder.decode(Double.self, from: .integer(.max)) }
    #expect(try decoder.decode(Decimal.self, from: .double(0.1)) == Decimal(string: "0.1"))
    #expect(try decoder.decode(Decimal.self, from: .string("0.1")) == Decimal(string: "0.1"))
    #expect(try decoder.decode(Date.self, from: .integer(0)) == Date(timeIntervalSince1970: 0))
    #expect(try decoder.decode(Duration.self, from: .string("PT1M")) == .seconds(60))
  }

  @Test("An error names the path")
  func namesPath() throws {
    let tree = DynamicValue.record(
      .init([
        .init("name", .string("")), .init("quantity", .integer(1)), .init("price", .integer(1)),
        .init("parts", .array([.record(.init([.init("name", .integer(1))]))])),
      ]))
    let error = #expect(throws: DecodingError.self) { try DynamicDecoder().decode(Shop.Item.self, from: tree) }
    guard case .typeMismatch(_, let context)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(context.codingPath.map(\.stringValue) == ["parts", "0", "name"])
    #expect(context.debugDescription == "expected a text, found the number 1")
  }

  struct Money: Codable, Equatable { var cents: Int, currency: String }

  @Test("A type can have a stored form of its own, wherever it is met")
  func customCoded() throws {
    let price = Price(amount: 5)
    #expect(try roundTrip([price]) == .array([.string("5 EUR")]))
    guard case .string = TypeSchema.reflecting(Price.self) else {
      Issue.record("\(TypeSchema.reflecting(Price.self))")
      return
    }
    #expect(throws: (any Error).self) { try DynamicDecoder().decode(Price.self, from: .integer(5)) }
  }

  @Test("A type may ask for user info")
  func userInfo() throws {
    struct Asking: Codable {
      init() {}
      init(from decoder: any Decoder) throws {
        guard decoder.userInfo[key] as? Int == 5 else { throw CodecError(.invalidPayload, type: "", "no") }
      }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(encoder.userInfo[key] as? Int)
      }
    }
    var encoder = DynamicEncoder()
    encoder.userInfo = [key: 5]
    #expect(try encoder.encode(Asking()) == .integer(5))
    var decoder = DynamicDecoder()
    #expect(throws: CodecError.self) { try decoder.decode(Asking.self, from: .null) }
    decoder.userInfo = [key: 5]
    #expect(throws: Never.self) { try decoder.decode(Asking.self, from: .null) }
  }
}

private let key = CodingUserInfoKey(rawValue: "key").unsafelyUnwrapped

struct Price: Codable, Equatable, CustomCoded {
  var amount: Int
  static var typeSchema: TypeSchema { .string }
  static func encode(_ value: Price) -> DynamicValue { .string("\(value.amount) EUR") }
  static func decode(_ value: DynamicValue) throws -> Price {
    guard case .string(let text) = value, text.hasSuffix(" EUR"), let amount = Int(text.dropLast(4)) else {
      throw CodecError(.invalidPayload, type: "Price", "no price")
    }
    return Price(amount: amount)
  }
}
