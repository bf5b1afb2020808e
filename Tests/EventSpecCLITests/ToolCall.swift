@testable import EventSpecCLI
import EventSourcing
import EventSpec
import Foundation
import Ordering

/// What a call of the tool came to.
struct ToolCall {
  let code: Int32
  let output: String
  let error: String

  /// Calls the tool over the domain Ordering.
  static func run(_ arguments: String..., isTerminal: Bool = false) async -> ToolCall {
    await run(arguments, isTerminal: isTerminal)
  }

  static func run(_ arguments: [String], isTerminal: Bool = false) async -> ToolCall {
    let output = OutputStream(isTerminal: isTerminal)
    let error = OutputStream()
    let code = await EventSpecTool.run(
      [ordering], arguments: arguments, version: "1.2.3", streams: StandardStreams(output: output, error: error))
    return ToolCall(code: code, output: output.text, error: error.text)
  }

  /// The lines of the output.
  var lines: [String] { output.split(separator: "\n").map(String.init) }
}

/// A folder with spec files, gone behind the test.
struct SpecFolder {
  let path: String

  static func with(_ files: [String: String], _ body: (SpecFolder) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("eventspec-cli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: url) }
    for (name, content) in files {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(content.utf8).write(to: file)
    }
    try await body(SpecFolder(path: url.path))
  }

  /// A file's path.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// A file's content; empty where it cannot be read.
  func content(_ name: String) -> String { (try? String(contentsOfFile: self(name), encoding: .utf8)) ?? "" }
}

enum Specs {
  static let passing = """
    Feature: Passing
      @fast
      Scenario: Created
        When CreateOrder(customerID: alice)
        Then OrderCreated(customerID: alice)

      @slow @ordering
      Scenario: Not created twice
        Given OrderCreated(customerID: alice)
        When CreateOrder(customerID: alice)
        Then error OrderAlreadyExists

    """
  static let failing = """
    Feature: Failing
      Scenario: Created for somebody else
        When CreateOrder(customerID: alice)
        Then OrderCreated(customerID: bob)

    """
  static let unknown = """
    Feature: Unknown
      Scenario: Misspelt
        When CreateOder(customerID: alice)
        Then OrderCreated(customerID: alice)
      Scenario: Fine
        When CreateOrder(customerID: alice)
        Then OrderCreated(customerID: alice)

    """
  static let undefined = """
    Feature: Undefined
      Scenario: Nothing asserted
        When CreateOrder(customerID: alice)

    """
  static let broken = """
    Feature: Broken
      Scenario: A
        Given OrderCreated(customerID: alice)
      nonsense

    """
}
