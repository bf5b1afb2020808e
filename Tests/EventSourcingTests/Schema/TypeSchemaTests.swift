import EventSourcing
import Testing

@Suite("Schemas by reflection")
struct TypeSchemaTests {
  @Test("Cases and fields of a message")
  func messages() {
    let schema = Shop.Event.schema
    #expect(schema.typeName == "Shop.Event")
    #expect(schema.cases.map(\.name) == ["itemAdded", "moved", "renamed", "pair", "paid", "reopened", "closed"])
    #expect(schema.cases[0].storedName == "ItemAdded")
    #expect(
      schema.cases[0].fields.map { "\($0.name): \($0.type)" } == [
        "orderID: uuid(name: \"UUID\")", "productID: uuid(name: \"UUID\")", "name: string",
        "quantity: integer(bits: 64, isSigned: true)", "price: decimal",
      ])
    #expect(schema.cases[1].fields.map(\.name) == ["street", "city"])
    #expect(schema.cases[1].fields.map(\.isOptional) == [false, true])
    #expect(schema.cases[2].fields.map(\.name) == ["_0"])
    #expect(schema.cases[3].fields.map(\.name) == ["_0", "_1"])
    #expect(schema.cases[5].fields.map(\.name) == ["shopID"])
    #expect(schema.findings.isEmpty)
    let sell = Shop.Command.schema.cases.first { $0.name == "sell" }
    #expect(sell?.fields.first?.defaultValue == .integer(1))
  }

  @Test("A state's fields, identities, raw values, dictionaries and derived values")
  func state() {
    let text = "\(TypeSchema.reflectingRecord(Shop.self))"
    #expect(text.contains("uuid(name: \"Shop.SKU\")"))
    guard case .record(let record) = TypeSchema.reflectingRecord(Shop.self) else {
      Issue.record("no record: \(text)")
      return
    }
    #expect(record.fields.map(\.name) == ["status", "sku", "cents", "items", "levels", "rank"])
    guard case .enumeration(let status) = record.fields[0].type else {
      Issue.record("no enumeration")
      return
    }
    #expect(status.cases.map(\.name) == ["new", "open"])
    #expect(status.cases.map(\.rawValue) == [.string("new"), .string("is open")])
    guard case .integer = record.fields[2].type else {
      Issue.record("\(record.fields[2].type)")
      return
    }
    guard case .dictionary(.uuid, .record(let item)) = record.fields[3].type else {
      Issue.record("\(record.fields[3].type)")
      return
    }
    #expect(item.fields.map(\.name) == ["name", "quantity", "price", "parts", "total"])
    #expect(item.fields.map(\.isDerived) == [false, false, false, false, true])
    guard case .array(.recursive("Shop.Item")) = item.fields[3].type else {
      Issue.record("\(item.fields[3].type)")
      return
    }
  }

  @propertyWrapper struct Clamped: Codable, Equatable {
    var wrappedValue: Int
    init(wrappedValue: Int) { self.wrappedValue = min(wrappedValue, 10) }
    init(from decoder: any Decoder) throws {
      self.init(wrappedValue: try decoder.singleValueContainer().decode(Int.self))
    }
    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode(wrappedValue)
    }
  }
  struct Renamed: Codable {
    var street: String
    var postalCode: String
    var cache = 0
    enum CodingKeys: String, CodingKey { case street, postalCode = "zip" }
  }
  struct Version: Codable, LosslessStringConvertible {
    var major: Int, minor: Int
    init?(_ description: String) {
      let parts = description.split(separator: ".").compactMap { Int($0) }
      guard parts.count == 2 else { return nil }
      (major, minor) = (parts[0], parts[1])
    }
    var description: String { "\(major).\(minor)" }
  }
  struct Page<Element: Codable>: Codable { var elements: [Element], next: URL? }
  struct Email: RawRepresentable, Codable {
    var rawValue: String
    init?(rawValue: String) {
      guard rawValue.contains("@") else { return nil }
      self.rawValue = rawValue
    }
  }
  enum Level: Int, Codable { case low = 1, high = 10 }
  struct Everything: Codable {
    var a: [String: [Int?]], b: Set<UUID>, c: Data, d: Duration, e: Date?, f: Float, g: UInt8, h: Bool, i: Level
  }

  func fields(_ type: Any.Type) -> [String] {
    guard case .record(let record) = TypeSchema.reflecting(type) else { return ["\(TypeSchema.reflecting(type))"] }
    return record.fields.map { "\($0.name): \($0.type)" }
  }

  @Test("Fields go by their coding keys; what has none is no field")
  func codingKeys() {
    #expect(fields(Renamed.self) == ["street: string", "zip: string"])
  }

  @Test("A type read from text has its text as schema, valid texts only")
  func text() {
    guard case .text(let schema) = TypeSchema.reflecting(Version.self) else {
      Issue.record("\(TypeSchema.reflecting(Version.self))")
      return
    }
    #expect(schema.name == "TypeSchemaTests.Version")
    let coded = schema.read("2.5")
    #expect(coded == .record(.init([.init("major", .integer(2)), .init("minor", .integer(5))])))
    #expect(coded.flatMap(schema.write) == "2.5")
    #expect(schema.read("x") == nil)
    #expect(schema.write(.integer(1)) == nil)
  }

  @Test("A generic record, and all that a record can hold")
  func everything() {
    #expect(fields(Page<Bool>.self).first == "elements: array(EventSourcing.TypeSchema.bool)")
    let text = fields(Everything.self).joined(separator: "\n").replacing("EventSourcing.TypeSchema.", with: "")
    for wanted in [
      "a: dictionary(key: string, value: array(optional(integer(bits: 64, isSigned: true))))",
      "b: set(uuid(name: \"UUID\"))", "c: data", "d: duration", "e: optional(date)", "f: floatingPoint(bits: 32)",
      "g: integer(bits: 8, isSigned: false)", "h: bool", "i: enumeration(",
    ] {
      #expect(text.contains(wanted), "\(wanted) in \(text)")
    }
    guard case .enumeration(let level) = TypeSchema.reflecting(Level.self) else {
      Issue.record("no enumeration")
      return
    }
    #expect(level.cases.map(\.rawValue) == [.integer(1), .integer(10)])
    #expect(level.find(.integer(10))?.index == 1)
    #expect(level.find(.integer(2)) == nil)
  }

  @Test("A raw value's own schema stands for a struct over it")
  func rawValues() {
    guard case .string = TypeSchema.reflecting(Email.self) else {
      Issue.record("\(TypeSchema.reflecting(Email.self))")
      return
    }
    #expect(throws: DecodingError.self) { try DynamicDecoder().decode(Email.self, from: .string("x")) }
  }

  @Test("An enum's forms are found and made by its schema")
  func enumerations() throws {
    guard case .enumeration(let schema) = TypeSchema.reflecting(Shop.Payment.self) else {
      Issue.record("no enumeration")
      return
    }
    for payment in [Shop.Payment.cash, .card(number: "1", expires: nil), .both(.cash, .cash)] {
      let tree = try DynamicEncoder().encode(payment)
      let found = try #require(schema.find(tree))
      #expect(schema.cases[found.index].coded(found.payload) == tree)
    }
    #expect(schema.find(.string("cheque")) == nil)
    #expect(schema.find(.string("card")) == nil)
  }
}
