public import EventSourcing
internal import EventSpec

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// One scenario of a folder of specs, as a test case.
///
/// A few lines run a whole folder under Swift Testing, each scenario its own case:
///
/// ```swift
/// import EventSpecTesting
/// import Testing
///
/// @Test("Specs", arguments: SpecCase.all(in: "specs", domain: ordering))
/// func specs(_ spec: SpecCase) async throws { try await spec.check() }
/// ```
///
/// A file that cannot be parsed is a case that fails, and so is a folder without specs: nothing is lost quietly.
///
/// The environment variable `EVENTSPEC_ONLY`, a scenario's `FILE:LINE` or its name, a file or a folder, leaves what it
/// names alone, which a test filter could not do.
public struct SpecCase: Sendable {
  let member: SpecSuite.Member
  /// The package's root, which paths of specs are given from.
  let root: String
  /// How the package's tool is started; nil where nobody said.
  let tool: String?

  private init(_ member: SpecSuite.Member, root: String, tool: String? = nil) {
    self.member = member
    self.root = root
    self.tool = tool
  }

  /// All cases of a folder or file.
  ///
  /// - Parameters:
  ///   - path: The folder or file; a relative path starts at the root of the package that the test belongs to.
  ///   - domain: The domain.
  ///   - tags: A tag expression that chooses scenarios, such as `"not @slow"`.
  ///   - tool: How the package's own tool is started, such as `"swift run shop"`: a failure then says what to type to open
  ///     its scenario in the REPL.
  ///   - filePath: The test's file, from which the package's root is found.
  /// - Returns: A case for each scenario, and for each thing that is wrong with the specs as a whole.
  public static func all(
    in path: String = "specs", domain: Domain, tags: String = "", tool: String? = nil, filePath: String = #filePath
  ) -> [SpecCase] {
    let root = packageRoot(above: filePath)
    let only = getEnvironment("EVENTSPEC_ONLY")
    return all(in: path, domain: domain, tags: tags, tool: tool, root: root, only: only)
  }

  static func all(
    in path: String, domain: Domain, tags: String, tool: String? = nil, root: String, only: String?
  ) -> [SpecCase] {
    let full = path.hasPrefix("/") ? path : root + "/" + path
    let options: RunOptions
    do {
      options = RunOptions(tags: tags.isEmpty ? nil : try TagExpression(tags))
    } catch {
      return [SpecCase(.problem(RunProblem("\(error)")), root: root)]
    }
    let members = SpecSuite([SpecSelection(path: full)], domain: domain, options: options).members
    guard let only, !only.isEmpty else { return members.map { SpecCase($0, root: root, tool: tool) } }
    let choice = SpecChoice(only, root: root)
    let chosen = members.filter { choice.includes($0) }
    if chosen.isEmpty {
      return [SpecCase(.problem(choice.problem(in: path, members)), root: root)]
    }
    return chosen.map { SpecCase($0, root: root, tool: tool) }
  }

  /// Runs the scenario.
  ///
  /// - Returns: What is wrong, each with its place; empty where all is well.
  func run() async -> SpecReport {
    switch member {
    case .problem(let problem):
      return SpecReport(issues: [SpecIssue(message: problem.message, place: nil)])
    case .brokenFile(_, let diagnostics):
      return SpecReport(issues: diagnostics.map { SpecIssue($0, root: root) })
    case .scenario(let scenario):
      let result = await scenario.run()
      return SpecReport(result, root: root, tool: tool)
    }
  }

  /// Whether the scenario is not to be run, by its tag.
  var isSkipped: Bool {
    if case .scenario(let scenario) = member { scenario.scenario.tags.contains("@skip") } else { false }
  }

  /// What people read as the case's name.
  var title: String {
    switch member {
    case .problem(let problem): problem.message
    case .brokenFile(let path, _): "\(SpecIssue.relative(path, root: root)) cannot be read"
    case .scenario(let scenario):
      "\(scenario.scenario.name) (\(SpecIssue.relative(scenario.scenario.location.file, root: root)):\(scenario.scenario.location.line))"
    }
  }
}

/// What `EVENTSPEC_ONLY` chooses.
struct SpecChoice {
  private let text: String
  private let place: SpecSelection
  private let root: String

  init(_ text: String, root: String) {
    self.text = text
    self.root = root
    var place = SpecSelection(text)
    if place.path.hasPrefix("./") { place.path.removeFirst(2) }
    while place.path.count > 1, place.path.hasSuffix("/") { place.path.removeLast() }
    self.place = place
  }

  func includes(_ member: SpecSuite.Member) -> Bool {
    switch member {
    case .problem: return false
    case .brokenFile(let path, _): return isSame(path, place.path) || isIn(path)
    case .scenario(let scenario):
      if scenario.scenario.name == text { return true }
      let file = scenario.scenario.location.file
      guard let line = place.line else { return isSame(file, place.path) || isIn(file) }
      return isSame(file, place.path) && scenario.isMeant(byLine: line)
    }
  }

  /// What to say where nothing is chosen.
  func problem(in path: String, _ members: [SpecSuite.Member]) -> RunProblem {
    let scenarios = members.compactMap { member -> ScenarioDescription? in
      if case .scenario(let scenario) = member { scenario.scenario } else { nil }
    }
    let files = Set(scenarios.map { SpecIssue.relative($0.location.file, root: root) })
    let near =
      NearestName.nearest(to: text, among: scenarios.map(\.name))
      ?? NearestName.nearest(to: place.path, among: files).map { file in place.line.map { "\(file):\($0)" } ?? file }
    let example = scenarios.first.map { "\(SpecIssue.relative($0.location.file, root: root)):\($0.location.line)" }
    return RunProblem(
      "EVENTSPEC_ONLY is '\(text)', and no scenario in '\(path)' fits: expected a file, a folder, FILE:LINE or a "
        + "scenario's name" + (example.map { ", such as '\($0)'" } ?? "")
        + (near.map { "; did you mean '\($0)'?" } ?? ""))
  }

  /// Whether a file lies in the folder that is named.
  private func isIn(_ path: String) -> Bool {
    guard place.line == nil else { return false }
    return path.hasPrefix(place.path + "/") || SpecIssue.relative(path, root: root).hasPrefix(place.path + "/")
  }

  private func isSame(_ path: String, _ wanted: String) -> Bool {
    path == wanted || SpecIssue.relative(path, root: root) == wanted || path.hasSuffix("/" + wanted)
  }
}

/// The folder above a file that holds its package's manifest; the file's own folder where there is none.
func packageRoot(above filePath: String) -> String {
  var folder = filePath.split(separator: "/").dropLast()
  let own = "/" + folder.joined(separator: "/")
  while !folder.isEmpty {
    let path = "/" + folder.joined(separator: "/")
    if FileManager.default.fileExists(atPath: path + "/Package.swift") { return path }
    folder.removeLast()
  }
  return own
}

func getEnvironment(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
