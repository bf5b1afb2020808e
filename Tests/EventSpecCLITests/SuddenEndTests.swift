@testable import EventSpecCLI
import Foundation
import Testing

/// Runs of the tool that somebody or something ends before they are done.
@Suite("Runs that come to a sudden end")
struct SuddenEndTests {
  /// The tool over a domain whose commands trap, hang or take long, as a process of its own.
  final class Tool {
    private let process = Process()
    private let outputPipe = Pipe()
    private let errorPipe = Pipe()

    init(_ arguments: [String], ignoresInterrupts: Bool = false) throws {
      var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        folder = bundle.bundleURL.deletingLastPathComponent()
      }
      let program = folder.appendingPathComponent("LineEditorProbe")
      process.executableURL = ignoresInterrupts ? URL(filePath: "/bin/sh") : program
      process.arguments =
        (ignoresInterrupts ? ["-c", "trap '' INT; exec \"$0\" \"$@\"", program.path] : []) + ["tool"] + arguments
      process.environment = ["SWIFT_BACKTRACE": "enable=no"]
      process.standardOutput = outputPipe
      process.standardError = errorPipe
      try process.run()
    }

    /// Reads the output until it holds a text; nil where it ends before.
    func output(upTo text: String) -> String? {
      var output = ""
      while !output.contains(text) {
        let data = outputPipe.fileHandleForReading.availableData
        guard !data.isEmpty else { return nil }
        output += String(decoding: data, as: UTF8.self)
      }
      return output
    }

    func interrupt() { process.interrupt() }

    /// Waits for the end.
    func end() -> (code: Int32, reason: Process.TerminationReason, output: String, error: String) {
      let output = String(decoding: outputPipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      let error = String(decoding: errorPipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (process.terminationStatus, process.terminationReason, output, error)
    }
  }

  private static func scenarios(_ count: Int, _ command: String) -> String {
    (1...count).map { number in
      """
        Scenario: Number \(number)
          When Hanging number\(number): \(command)
          Then Hanging number\(number): Begun

      """
    }.joined()
  }

  @Test("A trap in the domain's code is told with the scenario in which it lies")
  func trap() async throws {
    let content = "Feature: F\n" + Self.scenarios(3, "Begin") + Self.scenarios(1, "Trap")
    try await SpecFolder.with(["a.feature": content]) { folder in
      let end = try Tool(["run", folder.path, "--jobs", "1"]).end()
      #expect(end.reason == .uncaughtSignal)
      #expect(end.error.contains("in the scenario at \(folder("a.feature")):11"), "\(end.error)")
    }
  }

  @Test("A run that is interrupted ends with complete reports, and says that scenarios are missing")
  func interruption() async throws {
    let content = "Feature: F\n" + Self.scenarios(200, "Rest")
    try await SpecFolder.with(["a.feature": content]) { folder in
      let json = folder("report.json")
      let tool = try Tool(["run", folder("a.feature"), "--jobs", "1", "--format", "pretty", "--format", "json=\(json)"])
      #expect(tool.output(upTo: "Number 2") != nil)
      tool.interrupt()
      let end = tool.end()
      #expect(end.code == 130)
      #expect(end.error.contains("cut short"))
      #expect(end.output.contains(" passed, 0 failed"))
      let report = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: json))) as? [String: Any]
      let summary = try #require(report?["summary"] as? [String: Any])
      #expect(summary["isCutShort"] as? Bool == true)
      #expect((summary["passed"] as? Int ?? 200) < 200)
    }
  }

  @Test("A signal that the process was started to ignore does not end a run")
  func ignoredSignal() async throws {
    let content = "Feature: F\n" + Self.scenarios(8, "Rest")
    try await SpecFolder.with(["a.feature": content]) { folder in
      let tool = try Tool(["run", folder("a.feature"), "--jobs", "1"], ignoresInterrupts: true)
      #expect(tool.output(upTo: "Number 2") != nil)
      tool.interrupt()
      let end = tool.end()
      #expect(end.code == 0)
      #expect(end.output.hasSuffix("8 passed, 0 failed\n"))
    }
  }

  @Test("A run that does not end when it is told to ends when it is told again")
  func secondInterruption() async throws {
    let content = "Feature: F\n" + Self.scenarios(1, "Hang")
    try await SpecFolder.with(["a.feature": content]) { folder in
      let tool = try Tool(["run", folder.path])
      #expect(tool.output(upTo: "It hangs.") != nil)
      tool.interrupt()
      try await Task.sleep(for: .milliseconds(50))
      tool.interrupt()
      let end = tool.end()
      #expect(end.reason == .uncaughtSignal)
      #expect(end.error.contains("once more"))
    }
  }

  @Test("Who follows a report sees each scenario when it is done, not when the run is")
  func following() async throws {
    let content = "Feature: F\n" + Self.scenarios(100, "Rest")
    try await SpecFolder.with(["a.feature": content]) { folder in
      let tool = try Tool(["run", folder.path, "--jobs", "1", "--format", "json"])
      let first = try #require(tool.output(upTo: "Number 2"))
      #expect(!first.contains("Number 20"))
      tool.interrupt()
      _ = tool.end()
    }
  }

  @Test("Any number of jobs is taken", arguments: ["1024", "3000000", "9223372036854775807"])
  func jobs(_ jobs: String) async throws {
    try await SpecFolder.with(["a.feature": Specs.passing]) { folder in
      let call = await ToolCall.run("run", folder.path, "--jobs", jobs)
      #expect(call.lines.last == "2 passed, 0 failed")
    }
  }
}
