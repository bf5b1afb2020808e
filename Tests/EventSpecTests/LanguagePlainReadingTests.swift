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
    let pieces =
      Array("(){}[]\"\\/:,.$|<>±=01aé \n\u{0}-").map(String.init) + [
        "...", "..", "not ", "any", "null", "now", "$x", "\\u{", "state", "1e9", "contains ", "empty", "true",
        " with 1 retry",
        "orderID: o2, ", "productID", "quantity", "Order: ", "Order o2: ", "Order.",
      ]
    var generator = SeededNumbers(state: 11)
    var plain = 0
    for round in 0..<4_000 {
      let (role, seed) = seeds[round % seeds.count]
      var characters = Array(seed)
      for _ in 0..<Int.random(in: 0...2, using: &generator) {
        let place = Int.random(in: 0..<max(characters.count, 1), using: &generator)
        let piece = pieces.randomElement(using: &generator) ?? ""
        switch Int.random(in: 0..<4, using: &generator) {
        case 0 where !characters.isEmpty: characters.remove(at: place)
        case 1: characters.insert(contentsOf: piece, at: min(place, characters.count))
        case 2 where !characters.isEmpty: characters.replaceSubrange(place..<place + 1, with: piece)
        default: characters.append(contentsOf: characters.dropFirst(place).prefix(12))
        }
      }
      if compare(String(characters), role) { plain += 1 }
    }
    #expect(plain > 1_000)
  }

  /// Reads a step in both ways; whether it could be read plainly.
  private func compare(_ text: String, _ role: StepRole) -> Bool {
    var resolver = StepResolver(domain: Self.full.model, marksValues: false)
    let place = SpecLocation(file: "a.feature", line: 4, column: 9)
    for (role, text) in [
      (StepRole.given, "OrderCreated(customerID: alice)"), (.when, "CancelOrder(reason: r, cancelledBy: c)"),
    ] {
      _ = resolver.resolve(Self.source(text, role, place))
    }
    var full = resolver
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

  private struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }
}
