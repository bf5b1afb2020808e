import DurableStoreChecks
import EventSourcing
import EventSpec
import Foundation
import Ordering
import Testing

@testable import EventSpecREPL

/// What a REPL does with streams that a program wrote and goes on writing.
@Suite("Real streams")
struct RealStreamTests {
  #if SQLite
    @Test("Streams that a repository wrote are looked at, travelled, tried, committed and saved: SQLite")
    func sqlite() async throws { try await explore(.sqlite) }

    @Test("New events are followed as they come, and what was pending is decided again: SQLite")
    func followingSQLite() async throws { try await follow(.sqlite) }
  #endif

  #if PostgreSQL
    @Test(
      "Streams that a repository wrote are looked at, travelled, tried, committed and saved: PostgreSQL",
      .enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"))
    func postgreSQL() async throws { try await explore(.postgresql) }

    @Test(
      "New events are followed as they come, and what was pending is decided again: PostgreSQL",
      .enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"))
    func followingPostgreSQL() async throws { try await follow(.postgresql) }
  #endif

  @Test("New events are followed as they come, and what was pending is decided again: memory")
  func followingMemory() async throws { try await follow(.memory) }

  // MARK: Bodies

  private static let names = IdentityNames()
  private static let order = names.identity(named: "o1")

  /// A program at work: an order over three days, and a stream of an aggregate that only it knows.
  private func write(_ store: any EventStore) async throws {
    let clock = Clock(start: 1_750_000_000)
    let orders = Repository<Order>(
      store: store, environment: Environment(now: { clock.now }, newID: { UUID() }))
    let names = Self.names
    let commands: [Order.Command] = [
      .createOrder(orderID: Self.order, customerID: names.identity(named: "alice")),
      .addItem(productID: names.identity(named: "widget"), productName: "Widget", quantity: 2, unitPrice: 9.99),
      .placeOrder(shippingAddress: Address(street: "1 Main St", city: "Kyiv", postalCode: "01001", country: "UA")),
      .shipOrder(trackingNumber: "T-1", carrier: "ACME"),
    ]
    for command in commands {
      _ = try await orders.execute(command, on: Self.order)
      clock.pass(days: 1)
    }
    _ = try await store.append(
      to: StreamName("shipment-9"),
      events: [
        NewEvent(
          id: UUID(), type: "ShipmentStarted", occurredAt: clock.now, metadata: ["user": "bob"],
          payload: .json(Array(#"{"carrier":"ACME"}"#.utf8)))
      ], expected: .noStream)
  }

  private func explore(_ kind: StoreKind) async throws {
    let test = try await TestStore(kind)
    defer { test.remove() }
    try await write(test.store)
    let reading = Talk(try await test.opened(isReadOnly: true), isWritable: false)
    #expect(try await reading.say(":streams ship") == ["shipment-9  1 event"])
    #expect(try await reading.say(":open o1").first == "4 events")
    #expect(try await reading.say(":state status") == ["shipped"])
    // 2025-06-15T15:06:40Z is the first event's time.
    #expect(
      try await reading.say(":at 2025-06-17").first
        == "2 OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)")
    #expect(try await reading.say(":clock") == ["2025-06-16T15:06:40Z"])
    #expect(try await reading.say(":view Analytics").contains { $0.hasPrefix("ordersPlaced") && $0.hasSuffix(" 0") })
    #expect(try await reading.say("CancelOrder(reason: late, cancelledBy: bob)").last == "status: draft → cancelled")
    let past = try await reading.say(":save \"Cancelled while it could be\"")
    #expect(past.contains("When Order o1: CancelOrder(reason: late, cancelledBy: bob)"))
    _ = try await reading.say(":now")
    #expect(try await reading.say(":at 2025-06-15T15:06:39Z").first == "before the first event")
    _ = try await reading.say(":now")
    #expect(try await reading.say(":at 2031-01-01").first?.hasPrefix("4 OrderShipped") == true)
    _ = try await reading.say(":now")
    #expect(try await reading.say("DeliverOrder").first?.hasPrefix("+ 5 OrderDelivered(deliveredAt: ") == true)
    #expect(try await reading.fail(":commit").first == "error: the store is open for reading only")
    #expect(try await test.store.version(of: Order.stream(of: Self.order)) == 4)

    // Saved, the stream is a spec that the runner passes.
    let folder = FileManager.default.temporaryDirectory.appending(path: "eventspec-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "delivered.feature").path
    #expect(try await reading.say(":save \"Delivered\" \(file)") == ["written to \(file); it passes"])
    let written = try String(contentsOfFile: file, encoding: .utf8)
    #expect(written.contains("And Order o1: OrderCreated(customerID: alice)"))
    let summary = await SpecRunner(domain: ordering).run([SpecSelection(file)], reports: [])
    #expect(summary.passed == 1 && summary.exitCode == 0)

    #expect(try await reading.say(":discard") == ["1 event discarded"])
    #expect(try await reading.say(":open shipment-9").first == "1 event of an aggregate that the domain does not have")
    #expect(try await reading.say(":events") == [#"1 ShipmentStarted {"carrier":"ACME"}"#])
    #expect(try await reading.say(":why 1").contains { $0.hasPrefix("metadata") && $0.hasSuffix("user: bob") })
    #expect(try await reading.fail(":at 1").first?.hasSuffix("so it has no state; :events shows it") == true)

    // Two sessions decide on the same version, and one is faster.
    let first = Talk(try await test.opened(isReadOnly: false), isWritable: true)
    let second = Talk(try await test.opened(isReadOnly: false), isWritable: true)
    for talk in [first, second] {
      _ = try await talk.say(":open o1")
      _ = try await talk.say("DeliverOrder(signature: \(talk === first ? "A" : "B"))")
    }
    #expect(try await first.say(":commit") == ["1 event committed"])
    #expect(
      try await second.fail(":commit").first
        == "error: conflict: Order o1 is at version 5, and what is pending was decided at version 4")
    let rebased = try await second.say(":rebase")
    #expect(rebased.first?.hasPrefix("refused now: DeliverOrder") == true)
    #expect(rebased.last == "nothing is pending")
    let events = try await test.store.readStream(Order.stream(of: Self.order))
    #expect(events.count == 5)
    // What is committed happened when it was decided, not when the session began.
    #expect(events.last.map { abs($0.occurredAt.timeIntervalSinceNow) < 600 } == true)
  }

  private func follow(_ kind: StoreKind) async throws {
    let test = try await TestStore(kind)
    defer { test.remove() }
    try await write(test.store)
    let following = Talk(try await test.opened(isReadOnly: false), isWritable: true)
    let other = Talk(try await test.opened(isReadOnly: false), isWritable: true)
    for talk in [following, other] { _ = try await talk.say(":open o1") }
    // What came between the opening and the following is not missed.
    _ = try await other.say("When OrderItemRemoved(productID: widget)")
    _ = try await other.say(":commit")
    let writing = Task {
      try await Task.sleep(for: .milliseconds(200))
      _ = try await other.say("DeliverOrder")
      _ = try await other.say(":commit")
    }
    #expect(try await following.say(":follow 2") == ["2 events came"])
    try await writing.value
    #expect(following.reported.map { String($0.prefix(18)) } == ["5 OrderItemRemoved", "6 OrderDelivered(d"])
    #expect(try await following.say(":state status") == ["delivered"])
    #expect(following.prompt == "Order o1 v6>")
    // Cancelled, it ends without a loss.
    let waiting = Task { await following.session.answer(to: ":follow") }
    try await Task.sleep(for: .milliseconds(100))
    waiting.cancel()
    #expect(await waiting.value.first?.isSuccess == true)
    #expect(following.prompt == "Order o1 v6>")
  }
}

/// A session with its lines as plain text.
private final class Talk: @unchecked Sendable {
  let session: REPLSession
  private(set) var reported: [String] = []

  init(_ store: any EventStore, isWritable: Bool) {
    session = REPLSession(domain: ordering, storage: REPLStore(store, isWritable: isWritable))
    session.report = { [unowned self] in reported += $0.lines.map(\.plain.trimmed) }
  }

  var prompt: String { session.prompt.plain }

  func say(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
    let answers = await session.answer(to: line)
    let lines = answers.flatMap { $0.lines.map(\.plain.trimmed) }
    let isSuccess = answers.allSatisfy(\.isSuccess)
    #expect(isSuccess, "\(line): \(lines)", sourceLocation: sourceLocation)
    return lines
  }

  func fail(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> [String] {
    let answers = await session.answer(to: line)
    let isSuccess = answers.allSatisfy(\.isSuccess)
    #expect(!isSuccess, "\(line) succeeds", sourceLocation: sourceLocation)
    return answers.flatMap { $0.lines.map(\.plain.trimmed) }
  }
}

/// A clock that is moved by hand.
private final class Clock: @unchecked Sendable {
  private let lock = NSLock()
  private var time: Date

  init(start: Double) { time = Date(timeIntervalSince1970: start) }

  var now: Date { lock.withLock { time } }
  func pass(days: Double) { lock.withLock { time += days * 86_400 } }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
