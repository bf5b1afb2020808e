import Banking
import DurableStoreChecks
import EventSourcing
import Foundation
import Lending
import Ordering
import Testing

@testable import EventSpecCLI

#if SQLite
  import EventSourcingSQLite
  import GRDB
#endif
#if PostgreSQL
  @testable import EventSourcingPostgreSQL
#endif

/// Scenarios have the same results on every store, and leave nothing behind.
@Suite struct ScenarioStoreTests {
  /// The specs of the example domains.
  private static let specs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("specs").path

  /// What goes wrong in a scenario, of every kind that stores can have a part in.
  private static let broken = [
    "failing.feature": """
    Feature: Failing in several ways
      Scenario: Another event
        When CreateOrder(customerID: alice)
        Then OrderCreated(customerID: bob)

      Scenario: A conflict that is not looked at
        Given OrderCreated(customerID: alice)
        When AddItem(productID: widget, productName: Widget, quantity: 1, unitPrice: 1.00) at version 1
        And meanwhile OrderCancelled(reason: "No", cancelledBy: alice)
        Then OrderItemAdded(productName: Widget)

      Scenario: A conflict that does not happen
        Given OrderCreated(customerID: alice)
        When AddItem(productID: widget, productName: Widget, quantity: 1, unitPrice: 1.00)
        Then conflict

      Scenario: Too late twice, once retried
        Given OrderCreated(customerID: alice)
        When AddItem(productID: widget, productName: Widget, quantity: 1, unitPrice: 1.00) with 1 retry
        And meanwhile AddItem(productID: gadget, productName: Gadget, quantity: 1, unitPrice: 5.00)
        And meanwhile RemoveItem(productID: gadget)
        Then OrderItemAdded(productName: Widget, ...)

      Scenario: Another version
        Given OrderCreated(customerID: alice)
        When CancelOrder(reason: "No", cancelledBy: alice)
        And meanwhile OrderItemAdded(productID: widget, productName: Widget, quantity: 2, unitPrice: 9.99)
        Then version is 7

      Scenario: A view of something else
        Given OrderCreated(customerID: alice)
        Then OrderDetails for order (status: shipped)

      Scenario: Another error
        Given OrderCreated(customerID: alice)
        When CreateOrder(customerID: alice)
        Then error OrderNotFound

      Scenario: Another state
        Given OrderCreated(customerID: alice)
        When CancelOrder(reason: "\u{0}𝄞", cancelledBy: alice)
        Then state(status: shipped)

      Scenario: Undefined
        When CreateOrder(customerID: alice)

      Scenario: Passing
        When CreateOrder(customerID: alice)
        Then OrderCreated(customerID: alice)
    """,
    "unknown.feature": Specs.unknown, "broken.feature": Specs.broken,
  ]

  private func outcome(of path: String, on store: String, formats: [String]) async -> String {
    var results = ""
    for format in formats {
      let output = OutputStream(isTerminal: false)
      let error = OutputStream()
      let code = await EventSpecTool.run(
        [ordering, banking, lending], arguments: ["run", path, "--format", format, "--store", store], version: "1",
        streams: StandardStreams(output: output, error: error))
      results += "\(code)\n\(output.text)\n\(error.text)\n"
    }
    // Two runs never take the same time.
    return results.replacing(/"(duration[A-Za-z]*|seconds|nanoseconds|startedAt)": ?[0-9."TZ:-]+/, with: "")
      .replacing(/(time|timestamp)="[^"]*"/, with: "").replacing(/\d+(\.\d+)? ?m?s\b/, with: "")
  }

  /// Compares all that the reports say of the example specs, and of broken ones.
  private func expectSame(on store: String) async throws {
    let memory = await outcome(of: Self.specs, on: "memory", formats: ["pretty", "json"])
    #expect(memory.hasPrefix("0\n"))
    #expect(await outcome(of: Self.specs, on: store, formats: ["pretty", "json"]) == memory)
    try await SpecFolder.with(Self.broken) { folder in
      let memory = await outcome(of: folder.path, on: "memory", formats: ["pretty", "json", "junit"])
      #expect(memory.hasPrefix("2\n"))
      #expect(memory.contains("conflict") && memory.contains("CreateOder"))
      #expect(await outcome(of: folder.path, on: store, formats: ["pretty", "json", "junit"]) == memory)
    }
  }

  #if SQLite
    private func tables(in file: String) throws -> [String] {
      try DatabaseQueue(path: file).read {
        try String.fetchAll($0, sql: "select name from sqlite_master order by name")
      }
    }

    @Test("all specs have the same results, and broken ones the same failures, in a SQLite file as in memory")
    func sqlite() async throws {
      let folder = try ScratchFolder()
      let kept = try await SQLiteEventStore(folder.file)
      _ = try await kept.append(to: StreamName("order-1"), events: [ConcurrencyCheck.event()], expected: .noStream)
      let before = try tables(in: folder.file)
      try await expectSame(on: "sqlite:" + folder.file)
      #expect(try tables(in: folder.file) == before)
      #expect(try await kept.readAll(after: .start, limit: 10).count == 1)
    }
  #endif

  #if PostgreSQL
    @Test(
      "all specs have the same results, and broken ones the same failures, in PostgreSQL as in memory",
      .enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"))
    func postgreSQL() async throws {
      let server = try PostgreSQLServer.shared.get()
      let schema = "kept\(UInt32.random(in: 0 ... .max))"
      let kept = try await PostgreSQLEventStore(server.configuration(schema: schema))
      _ = try await kept.append(to: StreamName("order-1"), events: [ConcurrencyCheck.event()], expected: .noStream)
      try await expectSame(on: server.address(schema: schema))
      let left = try PostgreSQLConnection(server.configuration(schema: schema)).execute(
        Statement(name: "left", sql: "select nspname from pg_namespace where nspname like 'scratch%'"))
      #expect(left.count == 0)
      #expect(try await kept.readAll(after: .start, limit: 10).count == 1)
    }

    @Test(
      "a server that refuses is reported once, without the password",
      .enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"))
    func refusal() async throws {
      let server = try PostgreSQLServer.shared.get()
      let address = server.address(schema: "unused", password: "wr0ng-w0rd")
      for arguments in [
        ["run", Self.specs, "--store", address], ["store", "export", "--store", address],
        ["store", "import", "--store", address, "--from", address],
      ] {
        let call = await ToolCall.run(arguments)
        #expect(call.code == 2)
        #expect(call.error.contains("refuses the connection"))
        #expect(!(call.output + call.error).contains("w0rd"))
      }
    }
  #endif
}
