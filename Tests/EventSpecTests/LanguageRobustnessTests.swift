import EventSourcing
import Ordering
import Testing

@testable import EventSpec

@Suite("Whatever is written, steps are read or refused")
struct LanguageRobustnessTests {
  private let ordering = DomainModel(Ordering.ordering)

  @Test(
    "A literal nested 100,000 deep is an error",
    arguments: [
      ("Given Noted(text: ", "(", "a"), ("Given Noted(stop: ", "{", ""), ("Given Collected(tags: ", "[", ""),
      ("Given Stacked(stack: ", "{above: [", ""), ("When Close\nThen Weighed(grams: ", "not ", "1"),
      ("When Close\nThen Noted(text: ", "contains ", "\"a\""), ("When Close\nThen Stacked(stack: ", "{above: [", ""),
      ("Given $x = ", "[", ""), ("Given Noted\n  \"\"\"\n  ", "[", "\n  \"\"\""),
      ("Given Stacked\n  \"\"\"\n  {\"stack\": ", "{\"above\":[", "\n  \"\"\""),
      ("When Close\nThen Weighed\n  | grams | ", "not ", "1 |"), ("When Close\nThen Noted(text: /", "(", "/)"),
      ("Given ", "(", ""), ("Given ", "Crate:", ""),
    ])
  func deep(_ start: String, _ piece: String, _ end: String) {
    let reading = SpecReading(sampleModel, start + String(repeating: piece, count: 100_000) + end)
    #expect(!reading.errors.isEmpty)
  }

  @Test("A text of a megabyte is read")
  func long() {
    let text = String(repeating: "x", count: 1 << 20)
    #expect(SpecReading(sampleModel, "Given Noted(pattern: \(text))").errors == [])
    let list = Array(repeating: "a", count: 100_000).joined(separator: ", ")
    #expect(
      SpecReading(sampleModel, "Given Collected(tags: [\(list)], labels: [], prices: {}, owners: {}, stops: [])").errors
        == [])
  }

  @Test("Mutations of good steps never trap, and bad ones say why")
  func mutations() {
    var mutations = StepMutations(seed: 42)
    let seeds = [
      (
        ordering,
        "Given Order o2: OrderItemAdded(productID: widget, productName: \"A \\u{3C} b\", quantity: 2, unitPrice: 9.99)"
      ),
      (
        ordering,
        "When PlaceOrder(shippingAddress: {street: \"1 Main St\", city: Kyiv, postalCode: \"01001\", country: UA}) with 1 retry"
      ),
      (
        ordering,
        "When ShipOrder(trackingNumber: a, carrier: b)\nThen OrderShipped(trackingNumber: /a(b|c)*[d-f]\\d/, carrier: not \"x\", ...)"
      ),
      (ordering, "Then state(status: placed, items[0].quantity: 3..7, items.count: > 2, total: 9.99 ± 0.01)"),
      (ordering, "Then OrderDetails for \"o 1\"\n  | status | items[0].quantity |\n  | placed | 3 |"),
      (
        ordering,
        "Given stored \"OrderPlaced\" schema version 1\n  \"\"\"json\n  {\"a\": [1, \"b\\u00e9\", null], \"c\": {\"d\": 1.5e3}}\n  \"\"\""
      ),
      (
        sampleModel,
        "Given Dated(day: now + 3 days, span: PT2H, payer: alice, payment: card(number: \"1\", expires: 2027-01-31), color: red, level: 9)"
      ),
      (sampleModel, "Given $home = {place: Kyiv, position: 1}\nAnd Noted(stop: $home, pattern: p)"),
      (
        sampleModel,
        "When Close\nThen Collected(tags: contains \"a\", labels: [/x/, any], prices: {gold: > 3, ...}, owners: empty, stops: [$s])"
      ),
    ]
    for round in 0..<4_000 {
      let (model, seed) = seeds[round % seeds.count]
      let reading = SpecReading(model, mutations.mutate(seed, times: 1...4))
      for diagnostic in reading.diagnostics {
        #expect(diagnostic.location.line >= 1 && diagnostic.location.column >= 1 && !diagnostic.message.isEmpty)
      }
    }
  }
}
