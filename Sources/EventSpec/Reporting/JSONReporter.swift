/// The report for programs: one JSON object, written as the run goes on, a scenario a line.
///
/// Its form is documented in the article *The JSON report*; `version` grows with every change that a careful reader
/// could notice.
public struct JSONReporter: Reporter {
  /// The version of the report's form.
  public static let version = 1

  private var json = JSONWriter()
  private var isFirst = true

  /// Makes a reporter.
  public init() {}

  /// What must be in the events for this report.
  public var needs: ReportNeeds { [.passedSteps, .times] }

  /// Takes the next event and writes what there is to say of it.
  public mutating func report(_ event: RunEvent, write: (String) -> Void) {
    switch event {
    case .runStarted(let run): begin(run)
    case .fileStarted, .fileFinished: return
    case .problem(let problem):
      element { json in
        json.field("kind", "problem")
        json.field("path", problem.path)
        json.field("message", problem.message)
      }
    case .fileFailed(let file, let diagnostics):
      element { json in
        json.field("kind", "brokenFile")
        json.field("file", file.path)
        Self.write(diagnostics, to: &json)
      }
    case .scenarioFinished(let result): element { Self.write(result, to: &$0) }
    case .runFinished(let summary): end(summary)
    }
    write(json.take())
  }

  private mutating func begin(_ run: RunDescription) {
    json.beginObject()
    json.field("schema", "eventspec-report")
    json.field("version", Self.version)
    json.key("run")
    json.object { json in
      json.field("tool", run.toolName)
      json.field("toolVersion", run.toolVersion)
      json.field("domain", run.domain)
      json.field("startedAt", run.startedAtSeconds)
      if let seed = run.seed { json.field("seed", String(seed)) }
    }
    json.key("results")
    json.beginArray()
  }

  private mutating func element(_ body: (inout JSONWriter) -> Void) {
    if isFirst {
      isFirst = false
      json.breakLine()
      json.object(body)
    } else {
      json.nextLine()
      json.object(body)
    }
  }

  private mutating func end(_ summary: RunSummary) {
    if !isFirst { json.breakLine() }
    json.endArray()
    json.key("summary")
    json.object { json in
      json.field("passed", summary.passed)
      json.field("failed", summary.failed)
      json.field("skipped", summary.skipped)
      json.field("broken", summary.broken)
      json.field("nanoseconds", summary.nanoseconds)
      json.field("isCutShort", summary.isCutShort)
      json.field("exitCode", summary.exitCode)
    }
    json.endObject()
    json.endLine()
  }

  private static func write(_ result: ScenarioResult, to json: inout JSONWriter) {
    let scenario = result.scenario
    json.field("kind", "scenario")
    json.field("name", scenario.name)
    json.field("feature", scenario.feature)
    json.field("rule", scenario.rule)
    json.key("tags")
    json.array(scenario.tags) { $0.string($1) }
    write(scenario.location, to: &json)
    json.field("scenarioLine", scenario.scenarioLine)
    json.field("index", scenario.index)
    json.field("status", result.status.rawValue)
    if result.isExpectedFailure { json.field("isExpectedFailure", true) }
    json.field("nanoseconds", result.nanoseconds)
    json.key("steps")
    json.array(result.steps) { json, step in json.object { write(step, to: &$0) } }
    json.key("failures")
    json.array(result.failures) { json, failure in json.object { write(failure, to: &$0) } }
    write(result.diagnostics, to: &json)
  }

  private static func write(_ step: StepResult, to json: inout JSONWriter) {
    json.field("keyword", step.keyword.trimmed)
    json.field("text", step.text)
    write(step.location, to: &json)
    if step.isBackground { json.field("isBackground", true) }
    json.field("status", step.status.rawValue)
    if let table = step.table {
      json.key("table")
      json.array(table) { json, row in json.array(row) { $0.string($1) } }
    }
    json.field("docString", step.docString)
  }

  private static func write(_ failure: Failure, to json: inout JSONWriter) {
    json.field("kind", failure.kind.rawValue)
    json.field("message", failure.message)
    if let index = failure.stepIndex { json.field("step", index) }
    write(failure.location, to: &json)
    if !failure.comparison.isEmpty {
      json.key("comparison")
      json.array(failure.comparison) { json, line in
        json.object { json in
          json.field("mark", line.mark.rawValue)
          json.field("depth", line.depth)
          json.field("label", line.label)
          json.field("expected", line.expected)
          json.field("actual", line.actual)
        }
      }
    }
    if !failure.stateBefore.isEmpty {
      json.key("stateBefore")
      json.array(failure.stateBefore) { json, state in
        json.object { json in
          json.field("stream", state.stream)
          json.field("version", state.version)
          json.key("fields")
          json.array(state.fields) { json, field in
            json.object { json in
              json.field("name", field.name)
              json.field("value", field.value)
            }
          }
        }
      }
    }
    if !failure.notes.isEmpty {
      json.key("notes")
      json.array(failure.notes) { $0.string($1) }
    }
  }

  private static func write(_ diagnostics: [Diagnostic], to json: inout JSONWriter) {
    json.key("diagnostics")
    json.array(diagnostics) { json, diagnostic in
      json.object { json in
        json.field("severity", diagnostic.severity.rawValue)
        json.field("message", diagnostic.message)
        write(diagnostic.location, to: &json)
        json.field("suggestion", diagnostic.suggestion)
        if !diagnostic.notes.isEmpty {
          json.key("notes")
          json.array(diagnostic.notes) { $0.string($1) }
        }
      }
    }
  }

  private static func write(_ location: SpecLocation, to json: inout JSONWriter) {
    json.field("file", location.file)
    json.field("line", location.line)
    json.field("column", location.column)
  }
}
