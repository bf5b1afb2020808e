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
}
