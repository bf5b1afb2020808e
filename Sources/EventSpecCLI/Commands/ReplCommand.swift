import ArgumentParser
import EventSpec
import EventSpecREPL

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// `repl`: the domain is explored line by line.
struct ReplCommand: ToolCommand {
  static let configuration = CommandConfiguration(
    commandName: "repl",
    abstract: "Explore the domain: steps are taken and answered one by one.",
    discussion: """
      From a pipe or a script there is no banner, prompt or colour, and the first error ends it with exit code 1. \
      ':help' tells what can be typed.
      """)

  @Argument(help: "A script whose lines are taken.", completion: .file())
  var script: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Open the streams of a store: memory (default), sqlite:FILE or postgres://…", valueName: "store"),
    transform: { try StoreArgument($0) })
  var store: StoreArgument = .memory

  @Flag(name: .long, help: "Allow ':commit' to write to the store.")
  var write = false

  @Option(
    name: .long, help: ArgumentHelp("Open a scenario just before its act.", valueName: "file:line"),
    completion: .file(extensions: ["feature"]))
  var at: String?

  @Flag(name: .long, help: "Answer each line with one JSON object.")
  var json = false

  var needsDomain: Bool { true }

  func validate() throws {
    if write, store == .memory { throw ValidationError("'--write' needs '--store'.") }
    if at != nil, store != .memory { throw ValidationError("'--at' opens a scenario of its own, without '--store'.") }
  }

  func run(_ context: ToolContext) async throws -> Int32 {
    let options = REPLOptions(
      script: script, scenario: at, writesJSON: json, store: try await store.openStreams(isReadOnly: !write),
      isWritable: write,
      environment: Self.environment, toolName: ToolIdentity.name)
    return await REPL.run(domain: context.domain, options: options)
  }

  private static var environment: [String: String] {
    var result: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return result
  }
}
