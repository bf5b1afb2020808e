import EventSourcing
import Ordering
import Testing

@testable import EventSpec

@Suite("Streams and identity")
struct LanguageStreamTests {
  private func targets(_ model: DomainModel, _ text: String) -> [String] {
    let reading = SpecReading(model, text)
    #expect(reading.errors == [])
    return reading.steps.map { step in
      switch step.action {
      case .record(let messages): messages.map { name($0.target, model) }.joined(separator: ", ")
      case .execute(let commands): commands.map { name($0.message.target, model) }.joined(separator: ", ")
      case .meanwhile(let messages): messages.map { name($0.target, model) }.joined(separator: ", ")
      case .expectEvents(let patterns), .expectEventsInclude(let patterns), .expectCommands(let patterns):
        patterns.map { $0.stream.map { name($0, model) } ?? "any" }.joined(separator: ", ")
      case .expectState(let target, _), .expectVersion(let target, _): name(target, model)
      case .expectNoEvents(let target): target.map { name($0, model) } ?? "act"
      case .stored(let template): name(template.target, model)
      default: "-"
      }
    }
  }

  private func name(_ target: StreamTarget, _ model: DomainModel) -> String {
    switch target {
    case .known(let reference): SpecText(model).stream(reference.aggregate, reference.stream)
    case .bound(_, let name): "$" + name
    }
  }

  private let ordering = DomainModel(Ordering.ordering)

  @Test("A stream is named by the step, else by the identity field, else it is the only one so far")
  func rules() {
    let named = targets(
      ordering,
      """
      Given Order o2: OrderCreated(customerID: bob)
      When ShipOrder(trackingNumber: a, carrier: b)
      Then state(status: draft)
      """)
    #expect(named == ["Order o2", "Order o2", "Order o2"])
    #expect(
      targets(ordering, "Given OrderCreated(orderID: o1, customerID: bob)\nThen version is 1") == [
        "Order o1", "Order o1",
      ])
    #expect(
      targets(ordering, "Given OrderCreated(customerID: bob)\nThen version is 1") == ["Order order", "Order order"])
    #expect(
      targets(ordering, "Given order \"my order: 1\": order created(customer id: bob)") == ["Order \"my order: 1\""])
  }

  @Test("A message that a Given and a When share the stream of names it in a table, row by row")
  func rows() {
    let rows = targets(ordering, "Given OrderCreated\n  | orderID | customerID |\n  | a | x |\n  | b | x |")
    #expect(rows == ["Order a, Order b"])
  }

  @Test("A matcher or an unbound name in the identity field names no stream; a bound one does")
  func generated() {
    let named = targets(
      ordering,
      """
      Given Order o1: OrderCreated(customerID: bob)
      When ShipOrder(trackingNumber: a, carrier: b)
      Then OrderShipped(orderID: any, ...)
      And OrderShipped(orderID: $new, ...)
      And OrderShipped(orderID: $new, ...)
      And Order $new: state(status: draft)
      And OrderShipped(...)
      And Order o1: no events
      And no events
      """)
    #expect(named == ["Order o1", "Order o1", "any", "any", "$new", "$new", "Order o1", "Order o1", "act"])
  }

  @Test("The identity field of what is looked for is filled in")
  func filledIn() {
    let reading = SpecReading(
      ordering, "When Order o1: ShipOrder(trackingNumber: a, carrier: b)\nThen OrderShipped(...)")
    guard case .expectEvents(let patterns)? = reading.steps.last?.action, let field = patterns.first?.fields.first
    else {
      Issue.record("no pattern")
      return
    }
    #expect(field.path == [.field("orderID")] && field.text == "o1")
  }

  @Test("Aggregates keep their streams apart, and a prefix may name the aggregate alone")
  func aggregates() {
    let named = targets(
      sampleModel,
      """
      Given Crate.Closed
      And Ticket 7: Closed
      And LogBook b: Opened
      And LogBook: event.stamp(by: x)
      And Ticket: Closed
      Then LogBook: version is 2
      """.replacing("LogBook: event.stamp", with: "LogBook.event.stamp"))
    #expect(named == ["Crate crate", "Ticket 7", "LogBook b", "LogBook b", "Ticket 7", "LogBook b"])
    #expect(
      SpecReading(sampleModel, "Then version is 0").errors
        == ["1:6 no stream has been named so far; say which aggregate is meant"])
  }

  @Test("A copy of the resolver is a point to return to")
  func copies() {
    var reading = SpecReading(ordering, "Given Order o1: OrderCreated(customerID: a)")
    let before = reading
    reading.read("And Order o2: OrderCreated(customerID: a)\nThen version is 1")
    #expect(reading.errors.count == 1)
    var other = before
    other.read("Then version is 1")
    #expect(other.errors == [])
  }

  @Test("Stored events go to the aggregate that knows the type, with names in UUID fields only")
  func stored() throws {
    let reading = SpecReading(
      ordering,
      """
      Given Order o5: stored "OrderPlaced" schema version 1
        \"""
        {"customerID": "alice", "reason": "alice", "n": [1, 2.50, null, true]}
        \"""
      """)
    #expect(reading.errors == [])
    guard case .stored(let template)? = reading.steps.first?.action,
      case .constant(.record(let payload)) = template.payload
    else { throw CancellationError() }
    #expect(payload["customerID"] == .string(ordering.names.identity(named: "alice").uuidString.lowercased()))
    #expect(payload["reason"] == .string("alice"))
    #expect(template.type == "OrderPlaced" && template.schemaVersion == 1)
  }

  @Test("Roles follow the keyword, and conjunctions the step before")
  func roles() {
    let reading = SpecReading(
      ordering,
      """
      Given the time is 2026-11-23T10:00:00Z
      And metadata(user: alice)
      * OrderCreated(customerID: alice)
      When ShipOrder(trackingNumber: a, carrier: b) at version 2 with 3 retries
      And meanwhile OrderCancelled(reason: x, cancelledBy: bob)
      And 3 days pass
      But the time is now
      Then conflict
      And any error
      And error "Order not found"
      And error unknown event type
      And no commands
      """)
    #expect(reading.errors == [])
    #expect(
      reading.steps.map(\.role) == [.given, .given, .given, .when, .when, .when, .when]
        + Array(repeating: .then, count: 5))
    guard case .execute(let commands) = reading.steps[3].action else {
      Issue.record("no command")
      return
    }
    #expect(commands.first?.retries == 3 && commands.first?.expectedVersion == 2)
  }

  @Test("Options are read from the end of a step with a table, too")
  func options() {
    let reading = SpecReading(ordering, "When ship order with 1 retry\n  | trackingNumber | a |\n  | carrier | b |")
    #expect(reading.errors == [])
    guard case .execute(let commands)? = reading.steps.first?.action else {
      Issue.record("no command")
      return
    }
    #expect(commands.first?.retries == 1)
  }

  @Test("Without a keyword, what is named decides the role")
  func bare() {
    let reading = SpecReading(
      ordering,
      """
      OrderCreated(customerID: alice)
      ShipOrder(trackingNumber: a, carrier: b)
      state(status: draft)
      Analytics(ordersPlaced: any)
      metadata(user: alice)
      3 days pass
      no events
      """)
    #expect(reading.errors == [])
    #expect(reading.steps.map(\.role) == [.given, .when, .then, .then, .given, .when, .then])
  }

  @Test("Built-in phrases win over the domain's names, which a qualified name reaches")
  func builtIns() {
    let reading = SpecReading(sampleModel, "Given Crate.State(open: true)\nThen state(open: true)")
    #expect(reading.errors == [])
  }

  @Test("Values are marked as ranges of the step's text")
  func marks() {
    let text = "OrderCreated(orderID: o1, customerID: \"alice b\")"
    let reading = SpecReading(ordering, "Given " + text)
    let marked = reading.steps.first?.values.map { value in
      value.field + "=" + String(decoding: Array(text.utf8)[value.range], as: UTF8.self)
    }
    #expect(marked == ["orderID=o1", "customerID=\"alice b\""])
  }
}
