import Foundation
import Testing

@Suite("The REPL on a terminal", .serialized)
final class REPLTerminalTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "eventspec-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func start(_ arguments: [String] = [], _ environment: [String: String] = [:]) throws -> ProbeTerminal {
    let defaults = [
      "EVENTSPEC_RECOVERY": folder.appending(path: "recovery.repl").path,
      "EVENTSPEC_REPLRC": folder.appending(path: "replrc").path,
    ]
    return try ProbeTerminal(
      program: "eventspec", arguments: ["repl"] + arguments, environment: defaults.merging(environment) { $1 },
      columns: 100, rows: 40)
  }

  @Test("A session from the first prompt to Ctrl-D, with completion and a line given up")
  func session() throws {
    let terminal = try start()
    try terminal.expectLine("eventspec>")
    terminal.send("CreateO\t")
    try terminal.expectLine("eventspec> CreateOrder(customerID: UUID)")
    terminal.send("(cust\talice)\r")
    try terminal.expect("+ 1 OrderCreated(customerID: alice)")
    try terminal.expectLine("Order order v0 +1>")
    terminal.send("Nonsense(\u{3}")
    try terminal.expectLine("Order order v0 +1>")
    terminal.send(":commit\r")
    try terminal.expectLine("Order order v1>")
    terminal.send("AddItem(productID: w, productName: \"\\u{1B}]0;x\\u{7} 👍\", quantity: 1, unitPrice: 1)\r")
    try terminal.expect("productName: \"\\u{1B}]0;x\\u{7} 👍\"")
    try terminal.expectLine("Order order v1 +1>")
    #expect(terminal.screen.titles.isEmpty)
    terminal.send("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test("A scenario is pasted with its table")
  func paste() throws {
    let terminal = try start()
    try terminal.expectLine("eventspec>")
    terminal.send(
      "\u{1B}[200~Given OrderCreated(customerID: alice)\nAnd OrderItemAdded\n"
        + "  | productID | productName | quantity | unitPrice |\n  | widget    | Widget      | 2        | 9.99      |\n"
        + "When RemoveItem(productID: widget)\nThen OrderItemRemoved(productID: widget)\u{1B}[201~\r")
    try terminal.expect("✓ holds")
    try terminal.expectLine("Order order v2 +1>")
  }

  @Test("Several lines are asked for while a bracket is open, and a table is ended by an empty line")
  func severalLines() throws {
    let terminal = try start()
    try terminal.expectLine("eventspec>")
    terminal.send("OrderCreated(\r")
    // The field that is still missing stands behind the prompt as a hint.
    try terminal.expectLine("… customerID: UUID")
    terminal.send("customerID: alice)\r")
    try terminal.expectLine("Order order v1>")
    terminal.send("OrderItemRemoved:\r")
    try terminal.expectLine("…")
    terminal.send("| productID |\r")
    try terminal.expectLine("…")
    terminal.send("| widget |\r")
    try terminal.expectLine("…")
    terminal.send("\r")
    try terminal.expectLine("Order order v2>")
  }

  @Test("What a session did outlives the loss of the terminal, and is taken up again")
  func recovery() throws {
    let terminal = try start()
    try terminal.expectLine("eventspec>")
    terminal.send("CreateOrder(customerID: alice)\r")
    try terminal.expectLine("Order order v0 +1>")
    terminal.send(":commit\r")
    try terminal.expectLine("Order order v1>")
    terminal.signal(SIGHUP)
    #expect(try terminal.end() == 128 + Int(SIGHUP))
    let next = try start()
    try next.expect("An earlier session was cut off.")
    try next.expectLine("eventspec>")
    next.send(":load \(folder.path)/recovery-last.repl\r")
    try next.expectLine("Order order v1>")
    try FileManager.default.removeItem(at: folder)
  }

  @Test("The startup file's lines are taken before the first prompt")
  func startup() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try "OrderCreated(customerID: alice)\n".write(
      to: folder.appending(path: "replrc"), atomically: true, encoding: .utf8)
    let terminal = try start()
    try terminal.expectLine("Order order v1>")
    terminal.send(":quit\r")
    #expect(try terminal.end() == 0)
    try FileManager.default.removeItem(at: folder)
  }

  #if SQLite
    @Test("A file's streams are read-only, followed until Ctrl-C, and written with --write")
    func store() async throws {
      let test = try await TestStore(.sqlite)
      defer { test.remove() }
      try await PrefilledStore.fill(test.store)
      let reader = try start(["--store", test.address])
      try reader.expectLine("eventspec (read-only)>")
      reader.send(":open Order o\t1\r")
      try reader.expectLine("Order o1 v2 (read-only)>")
      reader.send(":follow\r")
      try reader.expect("Order o1 v2 (read-only)> :follow")
      let writer = try start(["--store", test.address, "--write"])
      try writer.expectLine("eventspec>")
      writer.send(":open Order o1\rCancelOrder(reason: late, cancelledBy: bob)\r:commit\r")
      try writer.expectLine("Order o1 v3>")
      try reader.expect("    3 OrderCancelled(reason: late, cancelledBy: bob)")
      reader.send("\u{3}")
      try reader.expect("\n  1 event came")
      try reader.expectLine("Order o1 v3 (read-only)>")
      reader.send(":open \"shipment-\\u{1B}]0;x\\u{7}\"\r")
      try reader.expectLine("shipment-\\u{1B}]0;x\\u{7} (read-only)>")
      #expect(reader.screen.titles.isEmpty)
      reader.send("\u{4}")
      #expect(try reader.end() == 0)
    }
  #endif

  @Test("A scenario is opened just before its act, whose steps TAB offers")
  func at() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "a.feature")
    try """
    Feature: A
      Scenario: Emptied
        Given OrderCreated(customerID: alice)
        And OrderItemAdded(productID: w, productName: W, quantity: 1, unitPrice: 1)
        When RemoveItem(productID: w)
        Then OrderItemRemoved(productID: w)
    """.write(to: file, atomically: true, encoding: .utf8)
    let terminal = try start(["--at", file.path + ":5"])
    try terminal.expectLine("Order order v2> When RemoveItem(productID: w)")
    terminal.send("\t\r")
    try terminal.expect("+ 3 OrderItemRemoved(productID: w)")
    terminal.send("\t\r")
    try terminal.expect("✓ holds")
    try terminal.wait(for: "the next prompt") { $0.screen.currentLine.hasSuffix("+1>") }
    terminal.send("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test("A run of specs is cancelled by Ctrl-C, and the session goes on")
  func cancelledRun() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let scenarios = (1...20_000).map { number in
      """
        Scenario: Created \(number)
          When CreateOrder(customerID: c\(number))
          Then OrderCreated(customerID: c\(number))

      """
    }
    let file = folder.appending(path: "long.feature")
    try ("Feature: Long\n" + scenarios.joined()).write(to: file, atomically: true, encoding: .utf8)
    let terminal = try start()
    try terminal.expectLine("eventspec>")
    terminal.send("CreateOrder(customerID: alice)\r")
    try terminal.expectLine("Order order v0 +1>")
    terminal.send(":run \(file.path)\r")
    try terminal.wait(for: "the run to begin") { $0.modes.signals }
    terminal.send("\u{3}")
    try terminal.expect("error: cancelled")
    try terminal.expectLine("Order order v0 +1>")
  }

  @Test("A command that never ends is left at the third Ctrl-C, and the session is kept")
  func hanging() throws {
    let recovery = folder.appending(path: "recovery.repl").path
    let environment = ["EVENTSPEC_RECOVERY": recovery, "EVENTSPEC_REPLRC": ""]
    let terminal = try ProbeTerminal(arguments: ["hanging"], environment: environment, columns: 100, rows: 40)
    defer { try? FileManager.default.removeItem(at: folder) }
    try terminal.expectLine("eventspec>")
    terminal.send("Begin\r")
    try terminal.expectLine("Hanging hanging v0 +1>")
    terminal.send("Hang\r")
    try terminal.expect("It hangs.")
    terminal.send("\u{3}")
    try terminal.expect("takes no notice of Ctrl-C. 2 more end the REPL")
    terminal.send("\u{3}")
    try terminal.expect("One more ends the REPL")
    // Signals that come at once may count as one; what comes behind the end does no harm.
    for _ in 1...10 {
      terminal.send("\u{3}")
      usleep(300_000)
    }
    try terminal.expect("This cannot be stopped, so the REPL ends.")
    #expect(try terminal.end() == 130)
    #expect(try String(contentsOfFile: recovery, encoding: .utf8) == "When Begin\n")
  }

  @Test("A session whose process was ended by the domain is offered by the next one, once")
  func crash() throws {
    let recovery = folder.appending(path: "recovery.repl").path
    let environment = ["EVENTSPEC_RECOVERY": recovery, "EVENTSPEC_REPLRC": ""]
    func start() throws -> ProbeTerminal {
      try ProbeTerminal(arguments: ["hanging"], environment: environment, columns: 100, rows: 40)
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    let alive = try start()
    try alive.expectLine("eventspec>")
    alive.send("Begin\r")
    try alive.expectLine("Hanging hanging v0 +1>")
    let terminal = try start()
    try terminal.expectLine("eventspec>")
    terminal.send("Begin\r")
    try terminal.expectLine("Hanging hanging v0 +1>")
    terminal.send("Crash\r")
    #expect(try terminal.end() == 128 + Int(SIGKILL))
    let next = try start()
    try next.expect("An earlier session was cut off.")
    let kept = folder.path + "/recovery-last.repl"
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == "When Begin\n# This was typed last:\n# Crash\n")
    try next.expectLine("eventspec>")
    next.send(":load \(kept)\r")
    try next.expectLine("Hanging hanging v0 +1>")
    for session in [next, alive] {
      session.send("\u{4}")
      #expect(try session.end() == 0)
    }
    // Who ended well leaves nothing behind.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["recovery-last.repl"])
  }

  @Test("A store that cannot be opened is told of before the first prompt")
  func noStore() throws {
    let terminal = try start(["--store", "sqlite:/nowhere/x.db"])
    try terminal.expect("eventspec: ")
    #expect(try terminal.end() == 2)
    #expect(!terminal.output.contains("eventspec>"))
  }

  @Test("A dumb terminal has the same session without control sequences")
  func dumb() throws {
    let terminal = try start([], ["TERM": "dumb"])
    try terminal.expectLine("eventspec>")
    terminal.send("CreateOrder(customerID: alice)\r")
    try terminal.expectLine("Order order v0 +1>")
    #expect(!terminal.output.contains("\u{1B}"))
  }
}
