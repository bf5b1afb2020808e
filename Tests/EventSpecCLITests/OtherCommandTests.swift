import Foundation
import Testing

@Suite("The tool's other commands")
struct OtherCommandTests {
  @Test("check reports all that is wrong without running, and exits 0 or 2")
  func check() async throws {
    let files = [
      "a.feature": Specs.failing, "b.feature": Specs.unknown, "c.feature": Specs.undefined, "d.feature": Specs.broken,
    ]
    try await SpecFolder.with(files) { folder in
      let fine = await ToolCall.run("check", folder("a.feature"))
      #expect(fine.code == 0)
      #expect(fine.output == "1 scenario checked, all can be run\n")
      let call = await ToolCall.run("check", folder.path)
      #expect(call.code == 2)
      #expect(call.output.contains("b.feature:3:10: the domain has no event or command called 'CreateOder'"))
      #expect(call.output.contains("did you mean CreateOrder?"))
      #expect(call.output.contains("c.feature:3:5: no Then looks at this act"))
      #expect(call.output.contains("d.feature:4:3: "))
      #expect(call.lines.last == "5 scenarios checked, 3 cannot be run")
    }
  }

  @Test("check takes what waits or is at work for a warning")
  func checkWork() async throws {
    try await SpecFolder.with(["a.feature": "@wip\n" + Specs.unknown]) { folder in
      let call = await ToolCall.run("check", folder.path)
      #expect(call.code == 0)
      #expect(call.output.contains("warning: the domain has no event or command"))
    }
  }

  @Test("parse prints Gherkin's official forms, and errors with exit code 2")
  func parse() async throws {
    try await SpecFolder.with(["a.feature": Specs.passing, "b.feature": Specs.broken]) { folder in
      let tokens = await ToolCall.run("parse", folder("a.feature"), "--format", "tokens")
      #expect(tokens.code == 0)
      #expect(tokens.lines.first == "(1:1)FeatureLine:()Feature/Passing/")
      #expect(
        await ToolCall.run("parse", folder("a.feature"), "--format", "ast").output.hasPrefix("{\"gherkinDocument\""))
      #expect(await ToolCall.run("parse", folder("a.feature"), "--format", "pickles").lines.count == 2)
      #expect(await ToolCall.run("parse", folder("a.feature"), "--format", "source").output.hasPrefix("{\"source\""))
      let broken = await ToolCall.run("parse", folder("b.feature"), "--format", "ast")
      #expect(broken.code == 2)
      #expect(broken.output.hasPrefix("{\"parseError\""))
      let missing = await ToolCall.run("parse", folder("c.feature"), "--format", "ast")
      #expect(missing.code == 2)
      #expect(missing.error.contains("cannot be read: no such file or folder"))
      #expect(await ToolCall.run("parse", folder("a.feature")).code == 64)
    }
  }

  /// Runs the tool as a process with something in its standard input.
  private func piped(_ arguments: [String], _ input: String) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "eventspec")
    process.arguments = arguments
    let (source, sink) = (Pipe(), Pipe())
    process.standardInput = source
    process.standardOutput = sink
    process.standardError = FileHandle.nullDevice
    try process.run()
    try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try source.fileHandleForWriting.close()
    let output = try sink.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  #if os(Linux)
    @Test("parse and fmt take standard input")
    func standardInput() async throws {
      let crooked = "Feature: A\n Scenario: B\n  When CreateOrder(customerID: alice)\n"
      let formatted = try piped(["fmt", "-"], crooked)
      #expect(formatted.code == 0)
      #expect(formatted.output == "Feature: A\n\n  Scenario: B\n    When CreateOrder(customerID: alice)\n")
      #expect(try piped(["fmt", "--check", "-"], crooked) == (1, ""))
      #expect(try piped(["fmt", "--check", "-"], formatted.output) == (0, ""))
      #expect(try piped(["fmt", "-"], "nonsense").code == 2)
      let tokens = try piped(["parse", "-", "--format", "tokens"], crooked)
      #expect(tokens.code == 0 && tokens.output.hasPrefix("(1:1)FeatureLine:()Feature/A/"))
      #expect(await ToolCall.run("fmt", "-", "specs").code == 64)
    }
  #endif

  @Test("no default is named twice in the help", arguments: ["run", "check", "fmt", "parse", "repl", "describe"])
  func defaults(command: String) async {
    let help = await ToolCall.run(command, "--help").output
    for line in help.split(separator: "\n\n").joined(separator: "\n").split(separator: "  -") {
      #expect(line.components(separatedBy: "(default:").count <= 2, "\(line)")
    }
  }

  @Test("fmt brings files into canonical form, once")
  func format() async throws {
    let crooked = "Feature: A\n Scenario: B\n  When CreateOrder(customerID: alice)\n"
    try await SpecFolder.with(["a.feature": crooked, "b.feature": Specs.broken]) { folder in
      let check = await ToolCall.run("fmt", "--check", folder("a.feature"))
      #expect(check.code == 1)
      #expect(check.output == folder("a.feature") + "\n")
      #expect(folder.content("a.feature") == crooked)
      #expect(await ToolCall.run("fmt", folder("a.feature")).code == 0)
      #expect(
        folder.content("a.feature")
          == "Feature: A\n\n  Scenario: B\n    When CreateOrder(customerID: alice)\n")
      let again = await ToolCall.run("fmt", "--check", folder("a.feature"))
      #expect(again.code == 0)
      #expect(again.output.isEmpty)
      let broken = await ToolCall.run("fmt", folder.path)
      #expect(broken.code == 2)
      #expect(broken.error.contains("b.feature:4:3: "))
      #expect(folder.content("b.feature") == Specs.broken)
    }
  }

  @Test("describe tells of the whole domain, or of one name")
  func describe() async throws {
    let all = await ToolCall.run("describe")
    #expect(all.code == 0)
    for name in [
      "aggregate Order", "PlaceOrder(shippingAddress: Address)", "OrderPlaced(", "view OrderDetails", "type Address",
    ] {
      #expect(all.output.contains(name), "\(name)")
    }
    #expect(all.output.contains("\"Cannot place empty order\""))
    let one = await ToolCall.run("describe", "place order")
    #expect(one.lines == ["command PlaceOrder  of Order", "  shippingAddress  Address"])
    let unknown = await ToolCall.run("describe", "PlaceOder")
    #expect(unknown.code == 2)
    #expect(unknown.error.contains("did you mean PlaceOrder?"))
    let json = await ToolCall.run("describe", "--format", "json")
    let value = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(value["schema"] as? String == "eventspec-domain")
  }

  @Test("help and version go to standard output")
  func help() async {
    let version = await ToolCall.run("--version")
    #expect(version.code == 0)
    #expect(version.output == "1.2.3\n")
    let help = await ToolCall.run("--help")
    #expect(help.code == 0)
    for command in ["run", "check", "parse", "fmt", "describe"] { #expect(help.output.contains("  \(command) ")) }
    #expect(await ToolCall.run("--generate-completion-script", "bash").output.contains("complete"))
  }

  @Test("a store that is not built in tells how to build it in")
  func store() async throws {
    try await SpecFolder.with(["a.feature": Specs.passing]) { folder in
      #if !SQLite
        let sqlite = await ToolCall.run("run", folder.path, "--store", "sqlite:x.db")
        #expect(sqlite.code == 2)
        #expect(sqlite.error.contains("trait SQLite"))
      #endif
      #if !PostgreSQL
        let postgres = await ToolCall.run("run", folder.path, "--store", "postgres://localhost/x")
        #expect(postgres.code == 2)
        #expect(postgres.error.contains("trait PostgreSQL"))
      #endif
      #expect(await ToolCall.run("run", folder.path, "--store", "oracle:x").code == 64)
    }
  }
}
