import Banking
import EventSourcing
import Lending
import Ordering
import Testing

@testable import EventSpec

@Suite("Steps that are read in a quicker way")
struct LanguagePlainReadingTests {
  private static let domain = Domain.merging([ordering, banking, lending])
  /// Reads in full, since values are marked.
  private static let full = ScenarioRunner(domain, needs: [.content])
  private static let quick = ScenarioRunner(domain)

  @Test("are what a full reading makes of them", arguments: ["specs", "generated"])
  func specs(_ source: String) {
    var memory = ScenarioRunner.Scratch()
    var count = 0
    for plan in source == "specs" ? Self.specs() : [Self.generated()] {
      #expect(plan.diagnostics.isEmpty && !plan.entries.isEmpty)
      for entry in plan.entries {
        var (fresh, other) = (ScenarioRunner.Scratch(), ScenarioRunner.Scratch())
        let wanted = Self.full.resolve(entry, of: plan, scratch: &other)
        Self.compare(Self.quick.resolve(entry, of: plan, scratch: &fresh), wanted, withPlaces: true)
        Self.compare(Self.quick.resolve(entry, of: plan, scratch: &memory), wanted, withPlaces: false)
        count += wanted.count
      }
    }
    #expect(count > 200)
  }

  private static func specs() -> [SpecFilePlan] {
    SpecFinder([SpecSelection("specs")]).files.map { SpecFilePlan($0, options: RunOptions(), keepsContent: false) }
  }

  /// Scenarios that share steps, in one file.
  private static func generated() -> SpecFilePlan {
    // The same steps mean something else behind each of these, or nothing.
    let circumstances = [
      "Given the time is 2026-01-01", "Given Order o2: OrderCreated(customerID: bob)", "Given metadata(user: alice)",
      "Given $name = Kyiv", "When CancelOrder(reason: r, cancelledBy: c)", "Given no such thing",
      "Then OrderPlaced(totalAmount: 1)", "Then events include OrderPlaced(totalAmount: 1)", "And that",
    ]
    var text = "Feature: Generated\n\n  Background:\n    Given OrderCreated(customerID: alice)\n"
    for number in 0..<60 {
      text += """

          Scenario: Order \(number)
            \(circumstances[number % circumstances.count])
            Given OrderItemAdded(productID: p\(number), productName: Product A, quantity: \(number), unitPrice: \(number).50)
            And order item added(product id: "q", productName: "x, y", quantity: 2, unitPrice: 1)
            When PlaceOrder(shippingAddress: {street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA})
            Then OrderPlaced(shippingAddress: {street: any, city: Kyiv, postalCode: "01001", country: UA}, totalAmount: 2)
            And OrderPlaced(shippingAddress: {street: "1 Main St", city: Kyiv, country: UA}, totalAmount: \(number).1)
            And OrderPlaced(totalAmount: \(number % 3))
            And state(status: placed, items.count: 2)
            And OrderPlaced(total: \(number % 3))
            And error "no"

        """
    }
    return SpecFilePlan(
      FoundSpec(path: "generated.feature"), content: Array(text.utf8), options: RunOptions(), keepsContent: false)
  }

  private static func compare(_ found: ResolvedSteps, _ wanted: ResolvedSteps, withPlaces: Bool) {
    #expect(found.count == wanted.count)
    #expect(found.diagnostics == wanted.diagnostics)
    #expect(found.unread.map(\.index) == wanted.unread.map(\.index))
    for (step, wanted) in zip(found.steps, wanted.steps) {
      #expect(step.text == wanted.text)
      #expect(step.keyword == wanted.keyword)
      #expect(step.role == wanted.role)
      #expect(step.location == wanted.location)
      var (found, expected) = (dumped(step.action), dumped(wanted.action))
      if !withPlaces { (found, expected) = (withoutPlaces(found), withoutPlaces(expected)) }
      #expect(found.difference(from: expected).isEmpty, "\(step.location) \(step.text)")
    }
  }

  private static func dumped(_ action: StepAction?) -> [Substring] {
    var text = ""
    switch action {
    // The order of a dictionary says nothing.
    case .metadata(let values)?: dump(values.sorted { $0.key < $1.key }, to: &text)
    case .expectMetadata(let values)?: dump(values.sorted { $0.key < $1.key }, to: &text)
    default: dump(action, to: &text)
    }
    return text.split(separator: "\n")
  }

  private static func withoutPlaces(_ lines: [Substring]) -> [Substring] {
    lines.filter { line in !["location: ", "file: ", "line: ", "column: "].contains { line.contains($0) } }
  }

  @Test("are left to a full reading where something is wrong or unusual with them")
  func mutations() {
    let seeds: [(StepRole, String)] = [
      (.given, "OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)"),
      (
        .given,
        "OrderPlaced(shippingAddress: {street: \"1 Main St\", city: Kyiv, postalCode: \"01001\", country: UA}, totalAmount: 1)"
      ),
      (.when, "ShipOrder(trackingNumber: \"T1\", carrier: Post)"),
      (.when, "DeliverOrder(signature: null)"),
      (.then, "OrderShipped(trackingNumber: T1, carrier: \"Post\")"),
      (.then, "OrderPlaced(shippingAddress: {city: Kyiv, ...}, ...)"),
      (
        .then,
        "OrderPlaced(shippingAddress: {street: \"1 Main St\", city: Kyiv, postalCode: \"01001\", country: UA}, totalAmount: 1.50)"
      ),
      (.then, "OrderCancelled(reason: no longer needed, cancelledBy: 0a1b2c3d-0000-8000-9000-aabbccddeeff)"),
    ]
    var mutations = StepMutations(
      seed: 11,
      pieces: [
        "contains ", "empty", "true", " with 1 retry", "orderID: o2, ", "productID", "quantity", "Order: ",
        "Order o2: ", "Order.",
      ])
    var history = StepResolver(domain: Self.full.model, marksValues: false)
    Self.take(
      [(.given, "OrderCreated(customerID: alice)"), (.when, "CancelOrder(reason: r, cancelledBy: c)")], &history)
    var plain = 0
    for round in 0..<4_000 {
      let (role, seed) = seeds[round % seeds.count]
      if compare(mutations.mutate(seed, times: 0...2), role, behind: history) { plain += 1 }
    }
    #expect(plain > 1_000)
  }

  @Test("are what a full reading makes of them for values of every type, near and far from what it takes")
  func values() {
    let fields: [(message: String, fields: [String])] = [
      ("Packed", ["text", "flag", "small", "count", "large", "ratio", "price"]),
      ("Dated", ["day", "span", "payer", "payment", "color", "level"]),
      ("Noted", ["text", "size", "stop", "pattern"]), ("Weighed", ["grams"]), ("weighed", ["grams"]),
      ("Closed", []), ("State", ["open"]), ("Stamp", ["by"]), ("Opened", ["logBookID", "crateID"]),
      ("Sold", ["ticketID", "seat"]), ("Weigh", ["grams", "note"]), ("Pack", ["values"]), ("Sell", ["seat"]),
      ("Stacked", ["stack"]), ("Crate.Weighed", ["grams"]), ("Close", []), ("weigh", ["note"]), ("SOLD", ["seat"]),
    ]
    let values = [
      "0", "-0", "+1", "1", "127", "128", "-128", "-129", "1.0", "1e2", "1E400", "0x1F", "00012", "1_000", ".5", "5.",
      "9223372036854775807", "9223372036854775808", "18446744073709551615", "18446744073709551616", "0.1",
      "0.1000000000000000055", "12345678901234567890123456789012345678.5", "1.50", "nan", "inf", "true", "false",
      "True", "null", "Null", "\"null\"", "\"\"", "\"1\"", "\"true\"", "red", "\"red\"", "r", "Red", "RED", "g",
      "low", "1 ", "9", "cash", "card", "card(number: \"1\", expires: 2027-01-31)", "voucher(\"a\")", "voucher",
      "alice", "Alice B", "a name of more than fifteen bytes", "Олена", "名前", "e\u{301}", "a\u{200D}b", "\"Олена\"",
      "0a1b2c3d-0000-8000-9000-aabbccddeeff", "0A1B2C3D-0000-8000-9000-AABBCCDDEEFF",
      "0a1b2c3d-0000-8000-9000-aabbccddeefg", "now", "now + 3 days", "2026-01-31", "3 days", "PT2H", "$x", "$home",
      "any", "anybody", "not 1", "notable", "nothing", "contains x", "container", "empty", "empty box", "/a/", "a/b",
      "> 3", ">3", "a>3", "1..2", "a..b", "a...", "a.b", "9 ± 1", "a\tb", "a\\b", "\"a\\nb\"", "\"a\"b\"", "'a'", "a:b",
      "http://a", "a#b", "a|b", "a=b", "{place: Kyiv, position: 1}", "{place: Kyiv, position: 1, hint: null}",
      "{place: Kyiv}", "{position: 1, place: Kyiv}", "{place: Kyiv, place: Kyiv, position: 1}",
      "{place: Kyiv, ...}", "{...}", "{..., place: Kyiv}", "{}", "{one: 1, two: {place: a, position: 2}}",
      "{one: 1, two: {place: a, ...}, ...}", "{name: a, above: []}", "[a]", "[]", "", " ", "a b  c ", "t1", "-1",
    ]
    let names = ["", "", "", "", " ", "size: 1, ", "open: true, ", "grams: 2, ", "crateID: c2, ", "ticketID: 2, "]
    let ends = ["", "", "", "", ", ...", ", …", "...", ",", ", ,", ", grams: 3", " with 1 retry", " at version 2"]
    var mutations = StepMutations(seed: 5, pieces: ["grams: 2, ", ", ", "Crate c2: "])
    let histories = Self.histories()
    var counts = [StepRole: Int]()
    for _ in 0..<8_000 {
      let role = mutations.pick([StepRole.given, .when, .then])
      let (message, fields) = mutations.pick(self.fields(fields, role))
      var stated = fields.map { "\($0): \(mutations.pick(values))" }
      if mutations.pick([true, false, false, false]), !stated.isEmpty { stated.removeLast() }
      if mutations.pick([true] + Array(repeating: false, count: 9)) { stated.reverse() }
      var text = "\(message)(\(mutations.pick(names))\(stated.joined(separator: ", "))\(mutations.pick(ends)))"
      if stated.isEmpty, mutations.pick([true, false]) { text = message }
      if mutations.pick([true, false, false]) { text = mutations.mutate(text, times: 1...2) }
      if compare(text, role, behind: mutations.pick(histories)) { counts[role, default: 0] += 1 }
    }
    #expect(counts.count == 3 && counts.values.allSatisfy { $0 > 80 }, "\(counts)")
  }

  /// All messages, those more often whose fields take few kinds of values.
  private func fields(_ all: [(message: String, fields: [String])], _ role: StepRole) -> [(String, [String])] {
    all.flatMap { entry in
      Array(repeating: (entry.message, entry.fields), count: entry.fields.count < 3 ? 3 : 1)
    }
  }

  /// What may stand before a step: streams named once, twice or not at all, an act or none, a focus.
  private static func histories() -> [StepResolver] {
    let sold: [(StepRole, String)] = [(.given, "Ticket 7: Sold(seat: a)"), (.given, "Crate.Closed")]
    let booked: [(StepRole, String)] = sold + [(.given, "LogBook b: Opened")]
    let steps: [[(StepRole, String)]] = [
      [], sold, booked, booked + [(.when, "Close")], booked + [(.when, "Close"), (.then, "Crate.Closed")],
      booked + [(.when, "Close"), (.then, "events include Crate.Closed")],
      booked + [(.given, "Crate c2: Closed"), (.when, "Crate c2: Close")],
      booked + [(.given, "Crate.Weighed"), (.when, "Weigh(grams: 1)"), (.then, "no events")],
    ]
    return steps.map { steps in
      var resolver = StepResolver(domain: sampleModel, marksValues: false)
      take(steps, &resolver)
      return resolver
    }
  }

  private static func take(_ steps: [(StepRole, String)], _ resolver: inout StepResolver) {
    for (role, text) in steps {
      let resolution = resolver.resolve(source(text, role, SpecLocation(file: "a.feature", line: 1, column: 1)))
      #expect(resolution.diagnostics.isEmpty, "\(text)")
    }
  }

  /// Reads a step in both ways; whether it could be read plainly.
  private func compare(_ text: String, _ role: StepRole, behind history: StepResolver) -> Bool {
    let place = SpecLocation(file: "a.feature", line: 4, column: 9)
    var (resolver, full) = (history, history)
    let bytes = Array(("padding" + text).utf8)
    guard let action = resolver.readPlainly(bytes.dropFirst(7), role, at: place) else {
      #expect(resolver.circumstances == full.circumstances)
      return false
    }
    let wanted = full.resolve(Self.source(text, role, place))
    #expect(wanted.diagnostics == [], "\(text)")
    #expect(Self.dumped(action) == Self.dumped(wanted.step?.action), "\(text)")
    #expect(resolver.circumstances == full.circumstances, "\(text)")
    return true
  }

  private static func source(_ text: String, _ role: StepRole, _ place: SpecLocation) -> StepSource {
    StepSource(
      keyword: .role(role), keywordText: role.rawValue,
      text: SourceText(text, line: place.line, column: place.column), location: place)
  }
}
