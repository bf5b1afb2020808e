import EventSourcing
import EventSpec
import Foundation
import Ordering
import Testing

@testable import EventSpecREPL

/// What a script writes, and how it ends.
private struct Run {
  var code: Int32 = 0
  var output = ""
  var diagnostics = ""

  init(_ script: String, json: Bool = false) async {
    final class Sink { var bytes: [UInt8] = []; var diagnostics = "" }
    let sink = Sink()
    let session = REPLSession(domain: ordering, writesJSON: json)
    let writer = AnswerWriter(isStyled: false) { bytes in
      sink.bytes += bytes
      return true
    }
    let shell = ScriptShell(session, REPLOptions(), writer: writer) { sink.diagnostics += $0 }
    var lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    code = await shell.run { lines.popFirst() }
    writer.flush()
    output = String(decoding: sink.bytes, as: UTF8.self)
    diagnostics = sink.diagnostics
  }
}

@Suite("Scripts")
struct ScriptTests {
  @Test("A script is answered without banner and prompt, and ends with 0")
  func success() async {
    let run = await Run("# comment\n\nCreateOrder(customerID: alice)\n:state status\n")
    #expect(run.code == 0)
    #expect(run.output == "  + 1 OrderCreated(customerID: alice)\n    customerID: null → alice\n  draft\n")
    #expect(run.diagnostics.isEmpty)
  }

  @Test("The first error ends it with 1 and its line number")
  func failure() async {
    let run = await Run("CreateOrder(customerID: alice)\nNonsense\n:state\n")
    #expect(run.code == 1)
    #expect(run.diagnostics.contains("line 2: "))
    #expect(!run.output.contains("draft"))
  }

  @Test("A refused command ends it, unless the next step expects the refusal")
  func refusals() async {
    let refused = await Run("PlaceOrder(shippingAddress: {street: a, city: b, postalCode: c, country: d})\n\n:state\n")
    #expect(refused.code == 1)
    #expect(refused.diagnostics.contains("line 1: PlaceOrder was refused: Order not found"))
    let atEnd = await Run("RemoveItem(productID: widget)")
    #expect(atEnd.code == 1)
    let expected = await Run("RemoveItem(productID: widget)\nThen error OrderNotFound\n:state status\n")
    #expect(expected.code == 0, "\(expected.diagnostics)")
    let other = await Run("RemoveItem(productID: widget)\nThen error OrderAlreadyExists\n:state status\n")
    #expect(other.code == 1)
  }

  @Test("Tables follow the steps that need them, and brackets go over lines")
  func severalLines() async {
    let run = await Run(
      """
      OrderCreated(customerID: alice)
      OrderItemAdded
      | productID | productName | quantity | unitPrice |
      | widget    | Widget      | 2        | 9.99      |
      PlaceOrder(
        shippingAddress: {street: a, city: b,
          postalCode: c, country: d})
      Then CustomerOrders for alice
      | orderID | status | total |
      | order   | placed | 19.98 |
      And state(status: draft)
      """)
    #expect(run.code == 1)
    #expect(run.diagnostics.contains("line 11: "))
    #expect(run.output.contains("✓ holds"))
  }

  @Test("Descriptions below a feature's headings are passed over, and what reads as a step is one")
  func descriptions() async {
    let feature = """
      @tag
      Feature: People order (and pay for) things, from a shop:
        As a customer
        I want "things" (of all kinds:
        when I need them

      Background: the start
        In the beginning there is an order, Order placed: by alice

        Given OrderCreated(customerID: alice)

      @other
      Scenario: a thing (1) is added
        Thing(s) are added.
        Order items: many
        | no | table |

        Order: AddItem(
          productID: a, productName: A, quantity: 1, unitPrice: 1)
        Then OrderItemAdded(productID: a, productName: A, quantity: 1, unitPrice: 1)
        And state(items.count: 1)
      """
    let run = await Run(feature)
    #expect(run.code == 0, "\(run.diagnostics)")
    #expect(run.output.contains("+ 2 OrderItemAdded"))
    #expect(run.output.components(separatedBy: "✓ holds").count == 3)
    let answers = await REPLSession(domain: ordering).answer(to: feature)
    #expect(!answers.contains { !$0.isSuccess })
    for mistake in [
      "CreateOder(customerID: alice)", "CreateOrder(custmerID: alice)", "Order o: CreateOrder(custmerID: alice)",
      "Given prose", ":foo",
    ] {
      let run = await Run("Scenario: a\n  Some words.\n  \(mistake)\n")
      #expect(run.code == 1 && run.diagnostics.contains("line 3: "), "\(mistake): \(run.diagnostics)")
    }
    let behind = await Run("Scenario: a\nCreateOrder(customerID: alice)\nSome words.\n")
    #expect(behind.diagnostics.contains("line 3: "))
  }

  @Test("What is wrong for several reasons is told on a line for each")
  func severalReasons() async {
    let run = await Run(
      "OrderCreated(customerID: alice)\nCreateOrder(customerID: alice)\nThen OrderCreated(customerID: alice)")
    #expect(run.code == 1)
    #expect(run.output.contains("  ✗ the act failed: CreateOrder with error OrderAlreadyExists"))
    #expect(run.output.contains("\n    the act's events are not those stated"), "\(run.output)")
    #expect(!run.output.contains("\\u{A}"))
  }

  @Test("A scenario that is saved under a title that the file has is told of")
  func namesake() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "eventspec-\(UUID().uuidString).feature")
    defer { try? FileManager.default.removeItem(at: file) }
    let save = "CreateOrder(customerID: alice)\n:save \"One\" \(file.path)\n"
    let first = await Run(save)
    #expect(first.code == 0 && !first.output.contains("of that title"))
    let second = await Run(save + ":save \"Two\" \(file.path)\n")
    #expect(second.code == 0)
    #expect(second.output.components(separatedBy: "the file had a scenario of that title before").count == 2)
    #expect(try String(contentsOf: file, encoding: .utf8).components(separatedBy: "Scenario: One").count == 3)
  }

  @Test("What is wrong begins with the tool's own name")
  func toolName() async {
    final class Sink { var diagnostics = "" }
    let sink = Sink()
    let session = REPLSession(domain: ordering, toolName: "shop")
    let shell = ScriptShell(
      session, REPLOptions(toolName: "shop"), writer: AnswerWriter(isStyled: false) { _ in true }
    ) { sink.diagnostics += $0 }
    var lines = ["Nonsense"][...]
    _ = await shell.run { lines.popFirst() }
    #expect(sink.diagnostics.hasPrefix("shop: line 1: "))
    #expect(session.prompt.plain == "shop>")
    let pasted = await session.answer(to: "shop> CreateOrder(customerID: alice)\n  + 1 OrderCreated(customerID: alice)")
    #expect(pasted.count == 1 && pasted[0].isSuccess)
    let help = await session.answer(to: ":help scripts")
    #expect(help[0].lines.contains { $0.plain.contains("shop repl session.repl") })
  }

  @Test("In JSON each line is answered by one object, with the place of what is wrong")
  func json() async throws {
    let run = await Run("CreateOrder(customerID: alice)\n:state\nAddItem(productID: widget, kolor: red)\n", json: true)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 3)
    let answers = try lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    #expect(answers.map { $0["kind"] as? String } == ["step", "meta", "mistyped"])
    #expect(answers.map { $0["ok"] as? Bool } == [true, true, false])
    let state = try #require(answers[1]["state"] as? [String: Any])
    #expect(state["status"] as? String == "draft")
    #expect(state["total"] as? Int == 0)
    let errors = try #require(answers[2]["errors"] as? [[String: Any]])
    #expect(errors[0]["line"] as? Int == 3)
    #expect(errors[0]["column"] as? Int == 28)
    let session = try #require(answers[2]["session"] as? [String: Any])
    #expect(session["pending"] as? Int == 1)
    #expect(session["mode"] as? String == "present")
  }

  @Test("Every key of an answer is documented, and every answer says its schema", arguments: TranscriptTests.files)
  func documentedKeys(_ name: String) async throws {
    final class Sink { var bytes: [UInt8] = [] }
    let sink = Sink()
    let writer = AnswerWriter(isStyled: false) { bytes in
      sink.bytes += bytes
      return true
    }
    let transcript = try String(contentsOf: TranscriptTests.folder.appending(path: name), encoding: .utf8)
    _ = try await Transcript(transcript).play(on: .memory, writesJSON: true) { answer, session in
      writer.write(answer, line: 1, session: session)
    }
    writer.flush()
    let article = try String(
      contentsOf: Self.root.appending(path: "Sources/EventSpecREPL/EventSpecREPL.docc/JSONAnswers.md"), encoding: .utf8)
    for line in String(decoding: sink.bytes, as: UTF8.self).split(separator: "\n") {
      let answer = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(answer["schema"] as? Int == 1)
      for key in Self.keys(of: answer) { #expect(article.contains("`\(key)`"), "\(key) is not documented: \(line)") }
    }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The keys of an answer but those that are the domain's own.
  private static func keys(of value: Any) -> Set<String> {
    if let array = value as? [Any] { return array.reduce(into: []) { $0.formUnion(keys(of: $1)) } }
    guard let record = value as? [String: Any] else { return [] }
    return record.reduce(into: []) { found, field in
      found.insert(field.key)
      let isOfTheDomain = ["payload", "state", "value", "rows", "description", "metadata"].contains(field.key)
      if !isOfTheDomain { found.formUnion(keys(of: field.value)) }
    }
  }

  @Test("Of a long stream the last events are listed, and any others that are asked for")
  func longStream() async {
    let steps = (1...600).map { "OrderItemRemoved(productID: p\($0))\n" }.joined()
    let run = await Run(steps + ":events\n:events 2 3\n:events 599\n")
    let listed = run.output.split(separator: "\n").suffix(505)
    #expect(listed.first == "    … 100 earlier; ':events 1 100' shows the first")
    #expect(listed.dropFirst().first == "    101 OrderItemRemoved(productID: p101)")
    #expect(
      listed.suffix(4).map { $0.split(separator: " ").first } == ["2", "3", "599", "600"])
  }

  @Test("The past of a long stream is what it was, whatever is done there")
  func longPast() async {
    let steps = (1...650).map {
      "OrderItemAdded(productID: p, productName: P, quantity: \($0), unitPrice: 1)\nOrderItemRemoved(productID: p)\n"
    }
    let run = await Run(
      steps.joined() + """
        :at 1023
        Then state(items.count: 1, items[0].quantity: 512)
        And version is 1023
        :events 1023 1024
        OrderItemRemoved(productID: p)
        OrderItemAdded(productID: q, productName: Q, quantity: 7, unitPrice: 1)
        Then state(items.count: 1, items[0].quantity: 7)
        :at 1024
        Then state(items.count: 0)
        :at 511
        Then state(items[0].quantity: 256)
        :at 513
        Then state(items[0].quantity: 257)
        :now
        Then version is 1300
        :events 1025 1025
        """)
    #expect(run.code == 0, "\(run.diagnostics)")
    #expect(run.output.contains("quantity: 512, unitPrice: 1)\n"))
    #expect(run.output.hasSuffix("1025 OrderItemAdded(productID: p, productName: P, quantity: 513, unitPrice: 1)\n"))
  }

  @Test("The example scripts run", arguments: ["ordering.repl", "startup.repl"])
  func examples(_ name: String) async throws {
    let script = try String(contentsOf: Self.root.appending(path: "examples/\(name)"), encoding: .utf8)
    let run = await Run(script)
    #expect(run.code == 0, "\(run.diagnostics)")
    #expect(await Run(script, json: true).code == 0)
  }

  @Test("Nothing that comes from data steers the terminal")
  func hostile() async {
    let run = await Run(
      """
      CreateOrder(customerID: alice)
      AddItem(productID: w, productName: "\\u{1B}]0;x\\u{7}", quantity: 1, unitPrice: 1)
      :state
      :events
      :view OrderDetails order
      :history
      :save "\u{1B}]0;x\u{7}"
      Order "\u{1B}[2J": CreateOrder(customerID: bob)
      :streams
      :open "\u{1B}[2J"
      """)
    #expect(run.output.contains("\\u{1B}]0;x\\u{7}"))
    #expect(!run.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "\(run.output.debugDescription)")
  }

  @Test("A text is complete unless a bracket, a table or a doc string is open")
  func completeness() {
    #expect(REPLSession.isComplete("PlaceOrder"))
    #expect(!REPLSession.isComplete("PlaceOrder("))
    #expect(!REPLSession.isComplete("PlaceOrder(a: {b: \"(\","))
    #expect(REPLSession.isComplete("PlaceOrder(\n)"))
    #expect(REPLSession.isComplete("PlaceOrder(\n"))
    #expect(!REPLSession.isComplete("OrderItemAdded:"))
    #expect(!REPLSession.isComplete("OrderItemAdded:\n| a |"))
    #expect(REPLSession.isComplete("OrderItemAdded:\n| a |\n"))
    #expect(REPLSession.isComplete("Given x:\n\"\"\"\n{\n\n\"\"\""))
    #expect(!REPLSession.isComplete("Given x:\n\"\"\"\n{\n"))
    #expect(REPLSession.isComplete(":save \"a (b\""))
    #expect(REPLSession.isComplete("Scenario:"))
  }

  @Test("Meta-commands may be shortened as long as they are unambiguous", arguments: MetaCommand.allCases)
  func abbreviations(_ command: MetaCommand) {
    let others = MetaCommand.allCases.filter { $0 != command }
    for length in 1...command.rawValue.count {
      let word = String(command.rawValue.prefix(length))
      let isUnique = word == command.rawValue || !others.contains { $0.rawValue.hasPrefix(word) }
      if case .command(let line) = MetaReader.read(":" + word) {
        #expect(isUnique && line.command == command)
      } else {
        #expect(!isUnique)
      }
    }
    let topic = HelpText.topics(for: command.rawValue).first
    #expect(topic?.examples.isEmpty == false, "help on :\(command.rawValue) shows an example")
  }
}
