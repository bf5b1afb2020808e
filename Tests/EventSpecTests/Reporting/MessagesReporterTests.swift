@testable import EventSpec
import EventSourcing
import Foundation
import Ordering
import Synchronization
import Testing

@Suite("Cucumber Messages")
struct MessagesReporterTests {
  /// The envelopes of a run over some files, by their order.
  private func envelopes(_ files: [String: String]) async throws -> [(name: String, body: [String: Any])] {
    let text = Mutex("")
    try await withFolder { folder in
      for (name, content) in files { try folder.write(name, content: content) }
      let target = ReportTarget(MessagesReporter()) { piece in text.withLock { $0 += piece } }
      _ = await SpecRunner(domain: ordering, toolVersion: "1").run(
        [SpecSelection(path: folder.path)], reports: [target])
    }
    return try text.withLock { $0 }.split(separator: "\n").map { line in
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: [String: Any]])
      let entry = try #require(object.first)
      #expect(object.count == 1)
      return (entry.key, entry.value)
    }
  }

  private let spec = """
    Feature: A
      Background:
        Given OrderCreated(customerID: alice)
      Scenario: Passes
        When RemoveItem(productID: widget)
        Then error "Product not in order"
      Scenario: Fails
        Then state(status: placed)
      Scenario: Is misspelt
        When CancelOder(reason: x)
        Then no events
      @skip
      Scenario: Waits
        Then state(status: placed)
      Scenario: Asserts nothing
        When RemoveItem(productID: widget)

    """

  @Test("tell of a whole run, in order")
  func order() async throws {
    let names = try await envelopes([
      "a.feature": spec, "b.feature": "Feature: B\n  nonsense\n  Scenario: C\n    Given d\n  e\n",
    ])
    .map(\.name)
    #expect(names.prefix(4) == ["meta", "stepDefinition", "hook", "testRunStarted"])
    #expect(
      names.dropFirst(4).prefix(7) == ["source", "gherkinDocument", "pickle", "pickle", "pickle", "pickle", "pickle"])
    #expect(names.filter { $0 == "testCase" }.count == 5)
    #expect(names.filter { $0 == "parseError" }.count == 1)
    #expect(names.last == "testRunFinished")
    let started = names.filter { $0 == "testStepStarted" }.count
    #expect(names.filter { $0 == "testStepFinished" }.count == started)
  }

  @Test("refer to nothing that has not been told before, and give no id twice")
  func references() async throws {
    var known: Set<String> = []
    for (name, body) in try await envelopes(["a.feature": spec, "b.feature": spec]) {
      func require(_ key: String, in body: [String: Any]) {
        if let id = body[key] as? String { #expect(known.contains(id), "\(name).\(key) is \(id)") }
      }
      for key in ["pickleId", "testCaseId", "testCaseStartedId", "testStepId", "testRunStartedId"] {
        require(key, in: body)
      }
      for step in body["testSteps"] as? [[String: Any]] ?? [] {
        require("pickleStepId", in: step)
        require("hookId", in: step)
      }
      for id in Self.ids(of: body, named: name) { #expect(known.insert(id).inserted, "\(id) twice, in \(name)") }
    }
  }

  /// The ids that an envelope gives out, at any depth.
  private static func ids(of value: Any, named name: String) -> [String] {
    if let object = value as? [String: Any] {
      return [object["id"] as? String].compactMap { $0 } + object.values.flatMap { ids(of: $0, named: name) }
    }
    return (value as? [Any])?.flatMap { ids(of: $0, named: name) } ?? []
  }

  @Test("say what came of each step")
  func statuses() async throws {
    let finished = try await envelopes(["a.feature": spec]).filter { $0.name == "testStepFinished" }
    let statuses = finished.map { ($0.body["testStepResult"] as? [String: Any])?["status"] as? String }
    #expect(
      statuses == [
        "PASSED", "PASSED", "PASSED",
        "PASSED", "FAILED",
        "SKIPPED", "UNDEFINED", "SKIPPED",
        "SKIPPED", "SKIPPED",
        "PASSED", "PENDING",
      ])
  }

  @Test("mark a literal's values as match arguments")
  func arguments() async throws {
    let testCase = try #require(try await envelopes(["a.feature": spec]).first { $0.name == "testCase" })
    let steps = try #require(testCase.body["testSteps"] as? [[String: Any]])
    let lists = try #require(steps[0]["stepMatchArgumentsLists"] as? [[String: Any]])
    let argument = try #require((lists.first?["stepMatchArguments"] as? [[String: Any]])?.first)
    let group = try #require(argument["group"] as? [String: Any])
    #expect(group["value"] as? String == "alice")
    #expect(group["start"] as? Int == 25)
    #expect(argument["parameterTypeName"] as? String == "customerID")
  }
}
