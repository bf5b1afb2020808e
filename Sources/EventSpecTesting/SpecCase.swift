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
/// The environment variable `EVENTSPEC_ONLY`, a scenario's `FILE:LINE` or its name, leaves that scenario alone, which a
/// test filter could not do.
public struct SpecCase: Sendable {
  let member: SpecSuite.Member
  /// The package's root, which paths of specs are given from.
  let root: String

  /// All cases of a folder or file.
  ///
  /// - Parameters:
  ///   - path: The folder or file; a relative path starts at the root of the package that the test belongs to.
  ///   - domain: The domain.
  ///   - tags: A tag expression that chooses scenarios, such as `"not @slow"`.
  ///   - filePath: The test's file, from which the package's root is found.
  /// - Returns: A case for each scenario, and for each thing that is wrong with the specs as a whole.
  public static func all(
    in path: String = "specs", domain: Domain, tags: String = "", filePath: String = #filePath
  ) -> [SpecCase] {
    let root = packageRoot(above: filePath)
    let only = getEnvironment("EVENTSPEC_ONLY")
    return all(in: path, domain: domain, tags: tags, root: root, only: only)
  }

  static func all(in path: String, domain: Domain, tags: String, root: String, only: String?) -> [SpecCase] {
    let full = path.hasPrefix("/") ? path : root + "/" + path
    let options: RunOptions
    do {
      options = RunOptions(tags: tags.isEmpty ? nil : try TagExpression(tags))
    } catch {
      return [SpecCase(member: .problem(RunProblem("\(error)")), root: root)]
    }
    let members = SpecSuite([SpecSelection(path: full)], domain: domain, options: options).members
    guard let only, !only.isEmpty else { return members.map { SpecCase(member: $0, root: root) } }
    let chosen = members.filter { SpecChoice(only, root: root).includes($0) }
    if chosen.isEmpty {
      let problem = RunProblem("EVENTSPEC_ONLY is '\(only)', and no scenario in '\(path)' has that place or name")
      return [SpecCase(member: .problem(problem), root: root)]
    }
    return chosen.map { SpecCase(member: $0, root: root) }
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
      return SpecReport(result, root: root)
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
  private let place: SpecSelection?
  private let root: String

  init(_ text: String, root: String) {
    self.text = text
    self.root = root
    let selection = SpecSelection(text)
    place = selection.line == nil ? nil : selection
  }

  func includes(_ member: SpecSuite.Member) -> Bool {
    switch member {
    case .problem: return false
    case .brokenFile(let path, _): return place.map { isSame(path, $0.path) } ?? false
    case .scenario(let scenario):
      if scenario.scenario.name == text { return true }
      guard let place, let line = place.line, isSame(scenario.scenario.location.file, place.path) else { return false }
      return scenario.isMeant(byLine: line)
    }
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
