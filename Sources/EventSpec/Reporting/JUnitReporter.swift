/// JUnit's XML: a test suite per feature, a test case per scenario.
///
/// A test suite states how many cases it has, so a suite is kept until it is complete; a long one is written in parts
/// of a thousand cases each, under the same name.
public struct JUnitReporter: Reporter {
  private var suite = Suite()
  private static let most = 1000

  private struct Suite {
    var name = ""
    var file = ""
    var cases = ""
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
    var nanoseconds: UInt64 = 0
  }

  /// Makes a reporter.
  public init() {}

  /// What must be in the events for this report.
  public var needs: ReportNeeds { [.times] }

  /// Takes the next event and writes what there is to say of it.
  public mutating func report(_ event: RunEvent, write: (String) -> Void) {
    switch event {
    case .runStarted(let run):
      write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(XMLText(run.domain))\">\n")
    case .problem(let problem):
      endSuite(write: write)
      suite = Suite(name: "eventspec", file: problem.path ?? "")
      broken(name: problem.path ?? "eventspec", file: problem.path ?? "", problem.message)
      endSuite(write: write)
    case .fileStarted(let file):
      endSuite(write: write)
      suite = Suite(name: file.path, file: file.path)
    case .scenarioFinished(let result):
      if suite.tests == 0 { suite.name = result.scenario.feature }
      scenario(result)
      if suite.tests >= Self.most { endSuite(write: write) }
    case .fileFailed(let file, let diagnostics):
      endSuite(write: write)
      suite = Suite(name: file.path, file: file.path)
      let lines = diagnostics.map { "\($0.location.place): \($0.fullMessage)" }
      broken(name: file.path, file: file.path, lines.joined(separator: "\n"))
      endSuite(write: write)
    case .fileFinished: endSuite(write: write)
    case .runFinished:
      endSuite(write: write)
      write("</testsuites>\n")
    }
  }

  private mutating func scenario(_ result: ScenarioResult) {
    let scenario = result.scenario
    suite.tests += 1
    suite.nanoseconds += result.nanoseconds
    // Readers take two cases for one that have the same class and name: rows of an outline, titles in several rules.
    let group = [scenario.feature, scenario.rule].compactMap(\.self).joined(separator: " / ")
    let isRow = scenario.scenarioLine != scenario.location.line
    let name = isRow ? "\(scenario.name) (row at line \(scenario.location.line))" : scenario.name
    suite.cases += "    <testcase name=\"\(XMLText(name))\" classname=\"\(XMLText(group))\""
    suite.cases += " file=\"\(XMLText(scenario.location.file))\" line=\"\(scenario.location.line)\""
    suite.cases += " time=\"\(seconds(result.nanoseconds))\""
    switch result.status {
    case .passed: suite.cases += "/>\n"
    case .skipped:
      suite.skipped += 1
      suite.cases += ">\n      <skipped message=\"@skip\"/>\n    </testcase>\n"
    case .failed: element("failure", of: result)
    case .undefined, .unresolved: element("error", of: result)
    }
  }

  private mutating func element(_ name: String, of result: ScenarioResult) {
    if name == "failure" { suite.failures += 1 } else { suite.errors += 1 }
    let type = result.failures.first?.kind.rawValue ?? result.status.rawValue
    let error = result.diagnostics.first { $0.severity == .error }
    let message = error?.message ?? result.failures.first?.message ?? result.status.rawValue
    var text = StyledText(isColored: false)
    FailureReport().write(result, to: &text)
    suite.cases += ">\n      <\(name) message=\"\(XMLText(message))\" type=\"\(XMLText(type))\">"
    suite.cases += "\(XMLText(text.text, isContent: true))</\(name)>\n    </testcase>\n"
  }

  private mutating func broken(name: String, file: String, _ message: String) {
    suite.tests += 1
    suite.errors += 1
    let summary = message.split(separator: "\n").first.map(String.init) ?? ""
    suite.cases += "    <testcase name=\"\(XMLText(name))\" classname=\"\(XMLText(file))\" file=\"\(XMLText(file))\""
    suite.cases += " time=\"0.000000\">\n      <error message=\"\(XMLText(summary))\" type=\"broken\">"
    suite.cases += "\(XMLText(message, isContent: true))</error>\n    </testcase>\n"
  }

  private mutating func endSuite(write: (String) -> Void) {
    guard suite.tests > 0 else { return }
    write(
      "  <testsuite name=\"\(XMLText(suite.name))\" tests=\"\(suite.tests)\" failures=\"\(suite.failures)\""
        + " errors=\"\(suite.errors)\" skipped=\"\(suite.skipped)\" time=\"\(seconds(suite.nanoseconds))\""
        + " file=\"\(XMLText(suite.file))\">\n")
    write(suite.cases)
    write("  </testsuite>\n")
    suite = Suite(name: suite.name, file: suite.file)
  }

  private func seconds(_ nanoseconds: UInt64) -> String {
    let micros = nanoseconds / 1000
    let fraction = String(micros % 1_000_000)
    return "\(micros / 1_000_000)." + String(repeating: "0", count: 6 - fraction.utf8.count) + fraction
  }
}

/// Text for XML, in an attribute or between tags; what XML cannot hold is shown as an escape.
struct XMLText: CustomStringConvertible {
  let description: String

  init(_ text: String, isContent: Bool = false) {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n" where isContent: result += "\n"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      case "\r": result += "&#13;"
      default:
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE {
          result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    description = result
  }
}
