internal import Gherkin

/// Cucumber Messages as NDJSON, which the official HTML report and all tools of that ecosystem read.
///
/// Sources, documents and pickles are written file by file, each followed by its scenarios' test cases, so that a long
/// run needs no more memory than its largest file.
public struct MessagesReporter: Reporter {
  private var json = JSONWriter()
  private var file = PickledFile()
  /// The next id; those of documents and pickles are given out by the parser, from here on.
  private var nextID = 0
  private var start = StartTime()
  private var runID = ""
  private var stepDefinitionID = ""
  private var checkHookID = ""

  /// When the run began.
  private struct StartTime {
    var seconds: Int64 = 0
    var nanoseconds: UInt64 = 0

    /// Writes the time some nanoseconds later.
    func write(after later: UInt64, to json: inout JSONWriter) {
      let sum = nanoseconds + later
      json.key("timestamp")
      json.object { json in
        json.field("seconds", seconds + Int64(clamping: sum / 1_000_000_000))
        json.field("nanos", sum % 1_000_000_000)
      }
    }
  }

  /// What of a file's pickles test cases refer to.
  private struct PickledFile {
    var pickles: [PickleIDs] = []
  }

  private struct PickleIDs {
    /// The ids of the steps count up from here; the pickle's own is the next one.
    var firstStep: Int
    var stepCount: Int
    var pickle: Int { firstStep + stepCount }
  }

  /// Makes a reporter.
  public init() {}

  /// What must be in the events for this report.
  public var needs: ReportNeeds { [.passedSteps, .content, .times] }

  /// Takes the next event and writes what there is to say of it.
  public mutating func report(_ event: RunEvent, write: (String) -> Void) {
    switch event {
    case .runStarted(let run): begin(run)
    case .problem: return
    case .fileStarted(let file): begin(file, write: write)
    case .scenarioFinished(let result): testCase(result)
    case .fileFailed(let file, let diagnostics): broken(file, diagnostics, write: write)
    case .fileFinished: file = PickledFile()
    case .runFinished(let summary): end(summary)
    }
    write(json.take())
  }

  private mutating func newID() -> String {
    defer { nextID += 1 }
    return String(nextID)
  }

  // MARK: The run

  private mutating func begin(_ run: RunDescription) {
    start = StartTime(seconds: run.startedAtSeconds, nanoseconds: UInt64(clamping: run.startedAtNanoseconds))
    envelope("meta") { json in
      json.field("protocolVersion", "32.0.0")
      json.key("implementation")
      json.object { json in
        json.field("name", run.toolName)
        json.field("version", run.toolVersion)
      }
      for part in [("runtime" as StaticString, "Swift"), ("os", Self.operatingSystem), ("cpu", Self.processor)] {
        json.key(part.0)
        json.object { $0.field("name", part.1) }
      }
    }
    runID = newID()
    stepDefinitionID = newID()
    checkHookID = newID()
    envelope("stepDefinition") { [stepDefinitionID] json in
      json.field("id", stepDefinitionID)
      json.key("pattern")
      json.object { json in
        json.field("source", "a typed literal of the domain \(run.domain)")
        json.field("type", "CUCUMBER_EXPRESSION")
      }
      json.key("sourceReference")
      json.object { _ in }
    }
    envelope("hook") { [checkHookID] json in
      json.field("id", checkHookID)
      json.field("name", "the checks that are always on")
      json.field("type", "AFTER_TEST_CASE")
      json.key("sourceReference")
      json.object { _ in }
    }
    envelope("testRunStarted") { [runID, start] json in
      json.field("id", runID)
      start.write(after: 0, to: &json)
    }
  }

  private mutating func end(_ summary: RunSummary) {
    envelope("testRunFinished") { [runID, start] json in
      json.field("success", summary.exitCode == 0)
      start.write(after: summary.nanoseconds, to: &json)
      json.field("testRunStartedId", runID)
      if !summary.problems.isEmpty {
        json.field("message", summary.problems.map(\.message).joined(separator: "\n"))
      }
    }
  }

  // MARK: Files

  private mutating func begin(_ specFile: SpecFile, write: (String) -> Void) {
    file = PickledFile()
    guard let content = specFile.content else { return }
    json.rawLine(GherkinMessages.source(content, uri: specFile.path))
    let result = GherkinParser(firstID: NodeID(nextID)).parse(content, uri: specFile.path)
    guard let document = result.document else { return }
    GherkinMessages.gherkinDocument(document) { json.rawLine($0) }
    let pickles = document.pickles()
    for pickle in pickles {
      json.rawLine(GherkinMessages.pickle(pickle))
      if json.count > 1 << 16 { write(json.take()) }
      let count = pickle.steps.count
      file.pickles.append(PickleIDs(firstStep: pickle.id.number - count, stepCount: count))
    }
    nextID = pickles.nextID.number
  }

  private mutating func broken(_ specFile: SpecFile, _ diagnostics: [Diagnostic], write: (String) -> Void) {
    if let content = specFile.content {
      json.rawLine(GherkinMessages.source(content, uri: specFile.path))
      let result = GherkinParser(firstID: NodeID(nextID)).parse(content, uri: specFile.path)
      for error in result.errors { json.rawLine(GherkinMessages.parseError(error, uri: specFile.path)) }
      if !result.errors.isEmpty { return }
    }
    for diagnostic in diagnostics {
      envelope("parseError") { json in
        json.key("source")
        json.object { json in
          json.field("uri", specFile.path)
          if diagnostic.location.line > 0 {
            json.key("location")
            json.object { json in
              json.field("line", diagnostic.location.line)
              if diagnostic.location.column > 0 { json.field("column", diagnostic.location.column) }
            }
          }
        }
        json.field("message", diagnostic.fullMessage)
      }
    }
  }

  // MARK: Scenarios

  private mutating func testCase(_ result: ScenarioResult) {
    guard file.pickles.indices.contains(result.scenario.index) else { return }
    let pickle = file.pickles[result.scenario.index]
    let caseID = newID()
    let startedID = newID()
    let firstStepID = nextID
    nextID += pickle.stepCount
    let outcomes = (0..<pickle.stepCount).map { outcome(of: $0, in: result) }
    let check = checkOutcome(of: result, steps: outcomes)
    let checkID = check == nil ? nil : newID()

    envelope("testCase") { [runID, stepDefinitionID, checkHookID] json in
      json.field("id", caseID)
      json.field("pickleId", String(pickle.pickle))
      json.field("testRunStartedId", runID)
      json.key("testSteps")
      json.beginArray()
      for index in 0..<pickle.stepCount {
        json.object { json in
          json.field("id", String(firstStepID + index))
          json.field("pickleStepId", String(pickle.firstStep + index))
          let isDefined = outcomes[index].status != "UNDEFINED"
          json.key("stepDefinitionIds")
          json.array(isDefined ? [stepDefinitionID] : []) { $0.string($1) }
          json.key("stepMatchArgumentsLists")
          let steps = result.steps.indices.contains(index) ? [result.steps[index]] : []
          json.array(isDefined ? steps : []) { json, step in
            json.object { json in
              json.key("stepMatchArguments")
              json.array(StepArguments(step)) { json, argument in argument.write(to: &json) }
            }
          }
        }
      }
      if let checkID {
        json.object { json in
          json.field("id", checkID)
          json.field("hookId", checkHookID)
        }
      }
      json.endArray()
    }
    envelope("testCaseStarted") { [start] json in
      json.field("attempt", 0)
      json.field("id", startedID)
      json.field("testCaseId", caseID)
      start.write(after: result.startedAfter, to: &json)
    }
    var time = result.startedAfter
    for index in 0..<pickle.stepCount {
      testStep(String(firstStepID + index), outcomes[index], startedID: startedID, time: &time)
    }
    if let check, let checkID { testStep(checkID, check, startedID: startedID, time: &time) }
    envelope("testCaseFinished") { [start] json in
      json.field("testCaseStartedId", startedID)
      start.write(after: result.startedAfter + result.nanoseconds, to: &json)
      json.field("willBeRetried", false)
    }
  }

  private mutating func testStep(_ id: String, _ outcome: StepOutcomeMessage, startedID: String, time: inout UInt64) {
    envelope("testStepStarted") { [start, time] json in
      json.field("testCaseStartedId", startedID)
      json.field("testStepId", id)
      start.write(after: time, to: &json)
    }
    time += outcome.nanoseconds
    envelope("testStepFinished") { [start, time] json in
      json.field("testCaseStartedId", startedID)
      json.field("testStepId", id)
      json.key("testStepResult")
      json.object { json in
        json.field("status", outcome.status)
        json.key("duration")
        Self.seconds(outcome.nanoseconds, to: &json)
        if let message = outcome.message {
          json.field("message", message)
          if outcome.status == "FAILED" {
            json.key("exception")
            json.object { json in
              json.field("type", outcome.type)
              json.field("message", message)
            }
          }
        }
      }
      start.write(after: time, to: &json)
    }
  }

  private struct StepOutcomeMessage {
    var status: String
    var type = "failed"
    var message: String?
    var nanoseconds: UInt64 = 0
  }

  private func outcome(of index: Int, in result: ScenarioResult) -> StepOutcomeMessage {
    if result.status == .skipped { return StepOutcomeMessage(status: "SKIPPED") }
    guard result.steps.indices.contains(index) else { return StepOutcomeMessage(status: "SKIPPED") }
    let step = result.steps[index]
    let failures = result.failures.filter { $0.stepIndex == index }
    let diagnostics = result.diagnostics.filter { $0.location.line == step.location.line && $0.severity == .error }
    let messages = failures.map(Self.message) + (step.status == .unresolved ? diagnostics.map(\.fullMessage) : [])
    let message = messages.isEmpty ? nil : messages.joined(separator: "\n\n")
    let type = failures.first?.kind.rawValue ?? "failed"
    let isUndefined = failures.contains { $0.kind == .undefined }
    let status =
      switch step.status {
      case _ where isUndefined: "PENDING"
      case .passed: failures.isEmpty ? "PASSED" : "FAILED"
      case .failed: "FAILED"
      case .skipped: "SKIPPED"
      case .undefined: "PENDING"
      case .unresolved: "UNDEFINED"
      }
    let isExpected = result.isExpectedFailure && status == "FAILED"
    return StepOutcomeMessage(
      status: isExpected ? "PENDING" : status, type: type, message: message, nanoseconds: step.nanoseconds)
  }

  /// What fails the scenario as a whole and shows at none of its steps.
  private func checkOutcome(of result: ScenarioResult, steps: [StepOutcomeMessage]) -> StepOutcomeMessage? {
    guard result.status != .passed, result.status != .skipped else { return nil }
    let failures = result.failures.filter { $0.stepIndex == nil || ($0.stepIndex ?? 0) >= steps.count }
    let lines = Set(result.steps.map(\.location.line))
    let diagnostics = result.diagnostics.filter { $0.severity == .error && !lines.contains($0.location.line) }
    let messages = failures.map(Self.message) + diagnostics.map(\.fullMessage)
    let shows = steps.contains { ["FAILED", "UNDEFINED", "PENDING"].contains($0.status) }
    if messages.isEmpty && shows { return nil }
    return StepOutcomeMessage(
      status: "FAILED", type: failures.first?.kind.rawValue ?? result.status.rawValue,
      message: messages.isEmpty ? result.status.rawValue : messages.joined(separator: "\n\n"))
  }

  private static func message(of failure: Failure) -> String {
    var text = StyledText(isColored: false)
    text.line(failure.message)
    if !failure.comparison.isEmpty {
      text.endLine()
      ComparisonTable(failure.comparison).write(indent: 0, to: &text)
    }
    for state in failure.stateBefore {
      text.endLine()
      text.line("State before the act: \(state.stream), version \(state.version)")
      for field in state.fields { text.line("  \(field.name): \(field.value)") }
    }
    if !failure.notes.isEmpty { text.endLine() }
    for note in failure.notes { text.line(note) }
    return text.text
  }

  // MARK: Parts

  private mutating func envelope(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    json.beginObject()
    json.key(name)
    json.object(body)
    json.endObject()
    json.endLine()
  }

  private static func seconds(_ nanoseconds: UInt64, to json: inout JSONWriter) {
    json.object { json in
      json.field("seconds", nanoseconds / 1_000_000_000)
      json.field("nanos", nanoseconds % 1_000_000_000)
    }
  }

  private static var operatingSystem: String {
    #if os(Linux)
      "linux"
    #elseif os(macOS)
      "darwin"
    #else
      "unknown"
    #endif
  }

  private static var processor: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown"
    #endif
  }
}

/// The literal's values in a step's text, as match arguments.
private struct StepArguments: Sequence {
  struct Argument {
    /// Where the value starts, in UTF-16 code units, in which these messages count.
    var start: Int
    var text: String
    var field: String

    func write(to json: inout JSONWriter) {
      json.object { json in
        json.key("group")
        json.object { json in
          json.key("children")
          json.array(EmptyCollection<Int>()) { _, _ in }
          json.field("start", start)
          json.field("value", text)
        }
        json.field("parameterTypeName", field)
      }
    }
  }

  private let arguments: [Argument]

  init(_ step: StepResult) {
    let text = step.text.utf8
    arguments = step.values.compactMap { value in
      guard let start = text.index(text.startIndex, offsetBy: value.range.lowerBound, limitedBy: text.endIndex),
        let end = text.index(text.startIndex, offsetBy: value.range.upperBound, limitedBy: text.endIndex), start <= end
      else { return nil }
      return Argument(
        start: step.text[..<start].utf16.count, text: String(step.text[start..<end]), field: value.field)
    }
  }

  func makeIterator() -> IndexingIterator<[Argument]> { arguments.makeIterator() }
}
