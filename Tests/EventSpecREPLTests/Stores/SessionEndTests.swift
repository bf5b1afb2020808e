import EventSourcing
import Foundation
import Testing

@testable import EventSpecREPL

#if SQLite
  import EventSourcingSQLite

  @Suite("The end of a session over a SQLite file")
  struct SessionEndTests {
    private static let commit = """
      Order o: CreateOrder(customerID: alice)
      :commit

      """

    /// A session's file, alone as when it is copied.
    private static func copied(_ file: String) async throws -> [String] {
      let copy = file + ".copy"
      try FileManager.default.copyItem(atPath: file, toPath: copy)
      let store = try await SQLiteEventStore(SQLiteConfiguration(copy))
      defer { store.closeAtOnce() }
      return try await store.readAll(after: .start, limit: 10).map(\.type)
    }

    private static func withFile(_ body: (String) async throws -> Void) async throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "eventspec-end-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try await body(folder.appending(path: "store.db").path)
    }

    /// Starts the tool with a script that comes through a pipe.
    private static func start(_ file: String) throws -> (process: Process, input: FileHandle, output: FileHandle) {
      let process = Process()
      process.executableURL = ProbeTerminal.productFolder.appending(path: "eventspec")
      process.arguments = ["repl", "--store", "sqlite:" + file, "--write"]
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      return (process, input.fileHandleForWriting, output.fileHandleForReading)
    }

    @Test(
      "Whatever ends a script, its file holds what was committed and no log is left",
      arguments: [("", 0), (":quit\n", 0), ("Nonsense\n", 1)])
    func script(end: String, code: Int32) async throws {
      try await Self.withFile { file in
        let (process, input, output) = try Self.start(file)
        try input.write(contentsOf: Data((Self.commit + end).utf8))
        try input.close()
        _ = try output.readToEnd()
        process.waitUntilExit()
        #expect(process.terminationStatus == code)
        #expect(!FileManager.default.fileExists(atPath: file + "-wal"))
        #expect(try await Self.copied(file) == ["OrderCreated"])
      }
    }

    @Test("A signal that ends a script closes its file", arguments: [SIGTERM, SIGHUP, SIGINT])
    func signals(number: Int32) async throws {
      try await Self.withFile { file in
        let (process, input, output) = try Self.start(file)
        try input.write(contentsOf: Data(Self.commit.utf8))
        var answers = Data()
        while !String(decoding: answers, as: UTF8.self).contains("committed") { answers += output.availableData }
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == number)
        #expect(!FileManager.default.fileExists(atPath: file + "-wal"))
        #expect(try await Self.copied(file) == ["OrderCreated"])
      }
    }

    @Test("A file in a folder that may not be written can be looked at, as long as all events are in it")
    func unwritableFolder() async throws {
      try await Self.withFile { file in
        let (process, input, output) = try Self.start(file)
        try input.write(contentsOf: Data(Self.commit.utf8))
        try input.close()
        _ = try output.readToEnd()
        process.waitUntilExit()
        let folder = (file as NSString).deletingLastPathComponent
        chmod(file, 0o444)
        chmod(folder, 0o555)
        defer { chmod(folder, 0o755) }
        let looked = try Self.look(file)
        guard let looked else { return }
        #expect(looked.code == 0 && looked.text.contains("Order o  1 event"), "\(looked.text)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["store.db"])
        // A log with something in it cannot be read without files beside it.
        chmod(folder, 0o755)
        try Data("something".utf8).write(to: URL(filePath: file + "-wal"))
        chmod(folder, 0o555)
        let refused = try #require(try Self.look(file))
        #expect(refused.code == 2 && refused.text.contains("the right to write to"), "\(refused.text)")
      }
    }

    /// Lists a file's streams as somebody who may write nowhere near it; nil where nobody else can be had.
    private static func look(_ file: String) throws -> (code: Int32, text: String)? {
      let tool = ProbeTerminal.productFolder.appending(path: "eventspec").path
      var words = [tool]
      if geteuid() == 0 {
        words = ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", tool]
        let probe = Process()
        probe.executableURL = URL(filePath: words[0])
        probe.arguments = Array(words.dropFirst()) + ["--version"]
        probe.standardOutput = FileHandle.nullDevice
        probe.standardError = FileHandle.nullDevice
        guard FileManager.default.isExecutableFile(atPath: words[0]), (try? probe.run()) != nil else {
          print("SKIPPED: there is no setpriv here, the folder that may not be written was not tested")
          return nil
        }
        probe.waitUntilExit()
        guard probe.terminationStatus == 0 else {
          print("SKIPPED: another user cannot start the tool here, the folder that may not be written was not tested")
          return nil
        }
      }
      let process = Process()
      process.executableURL = URL(filePath: words[0])
      process.arguments = Array(words.dropFirst()) + ["repl", "--store", "sqlite:" + file]
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      process.standardError = output
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data(":streams\n".utf8))
      try input.fileHandleForWriting.close()
      let text = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }

    @Test(
      "A session on a terminal closes its file, by Ctrl-D and by the loss of the terminal", arguments: [true, false])
    func terminal(isLost: Bool) async throws {
      try await Self.withFile { file in
        let terminal = try ProbeTerminal(
          program: "eventspec", arguments: ["repl", "--store", "sqlite:" + file, "--write"],
          environment: ["EVENTSPEC_RECOVERY": "", "EVENTSPEC_REPLRC": ""], columns: 100, rows: 40)
        try terminal.expectLine("eventspec>")
        terminal.send(Self.commit.replacing("\n", with: "\r"))
        try terminal.expect("committed")
        try terminal.expectLine("Order o v1>")
        if isLost { terminal.signal(SIGHUP) } else { terminal.send("\u{4}") }
        _ = try terminal.end()
        #expect(!FileManager.default.fileExists(atPath: file + "-wal"))
        #expect(try await Self.copied(file) == ["OrderCreated"])
      }
    }
  }
#endif

@Suite("Bytes that are no UTF-8")
struct UnreadableBytesTests {
  /// Runs a script from a file.
  private func run(_ script: [UInt8], files: [String: [UInt8]] = [:]) async throws -> (code: Int32, text: String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "eventspec-bytes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, content) in files { try Data(content).write(to: folder.appending(path: name)) }
    try Data(script).write(to: folder.appending(path: "session.repl"))
    let process = Process()
    process.executableURL = ProbeTerminal.productFolder.appending(path: "eventspec")
    process.arguments = ["repl", "session.repl"]
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  private static let latin =
    Array("AddItem(productID: a, productName: caf".utf8) + [0xE9] + Array(", quantity: 1)\n".utf8)

  @Test("A script's line with such a byte is an error that says which byte where")
  func script() async throws {
    let run = try await run(Array("OrderCreated(customerID: alice)\n".utf8) + Self.latin + Array(":state\n".utf8))
    #expect(run.code == 1)
    #expect(run.text.contains("eventspec: session.repl:2: the byte 0xE9 at column 39 is no UTF-8"), "\(run.text)")
    #expect(!run.text.contains("\u{FFFD}"))
  }

  @Test("Nothing is taken of a loaded file with such a byte", arguments: ["other.repl", "other.feature"])
  func load(name: String) async throws {
    let head =
      name.hasSuffix(".repl")
      ? "OrderCreated(customerID: alice)\n" : "Feature: f\nScenario: a\nGiven OrderCreated(customerID: alice)\nWhen "
    let run = try await run(
      Array(":load \(name)\n".utf8), files: [name: Array(head.utf8) + Self.latin + Array("Then no events\n".utf8)])
    #expect(run.code == 1)
    #expect(run.text.contains("no UTF-8"), "\(run.text)")
    #expect(!run.text.contains("+ 1"))
  }
}
