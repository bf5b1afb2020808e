internal import Gherkin

/// A spec file made ready to be run: its scenarios in the order of the run, or what is wrong with it.
struct SpecFilePlan: Sendable {
  /// One scenario.
  struct Entry: Sendable {
    /// The scenario's place among those of the file.
    var index: Int
    var pickle: Pickle
  }

  var file: SpecFile
  /// The name of the feature.
  var featureName = ""
  /// The scenarios that are meant, in the order of the run.
  var entries: [Entry] = []
  /// Why the file cannot be run; empty where it can.
  var diagnostics: [Diagnostic] = []
  /// What is wrong with steps of outlines, by the number of the step's id.
  var placeholders: [Int: [Diagnostic]] = [:]
  /// Lines that were asked for and have no scenario.
  var problems: [RunProblem] = []

  /// Reads and parses a file.
  ///
  /// - Parameters:
  ///   - found: The file and the lines that are meant.
  ///   - options: How the specs are run.
  ///   - salt: What distinguishes the file's shuffled order from others'.
  ///   - keepsContent: Whether the file's bytes are asked for.
  init(_ found: FoundSpec, options: RunOptions, salt: UInt64 = 0, keepsContent: Bool) {
    do {
      let content = try readFile(found.path)
      self.init(found, content: content, options: options, salt: salt, keepsContent: keepsContent)
    } catch {
      self.init(unreadable: found.path, (error as? FileReadingError)?.message ?? "\(error)")
    }
  }

  private init(unreadable path: String, _ reason: String) {
    file = SpecFile(path: path)
    let place = SpecLocation(file: path, line: 0, column: 0)
    diagnostics = [Diagnostic(at: place, "the file cannot be read: \(reason)")]
  }

  /// Parses the bytes of a file.
  init(_ found: FoundSpec, content: [UInt8], options: RunOptions, salt: UInt64 = 0, keepsContent: Bool) {
    file = SpecFile(path: found.path, content: keepsContent ? content : nil)
    let result = GherkinParser().parse(content, uri: found.path)
    // A text that is no UTF-8 would be run with other characters than the author's.
    let warnings = result.warnings.filter { $0.code == .invalidUTF8 }
    diagnostics = result.errors.map { error in
      let place = SpecLocation(found.path, error.location)
      guard error.code == .unexpectedToken, let text = error.found else {
        return Diagnostic(at: place, error.explanation)
      }
      let (suggestion, notes) = Self.advice(on: text)
      return Diagnostic(at: place, error.explanation, suggestion: suggestion, notes: notes)
    }
    diagnostics += warnings.map { Diagnostic(at: SpecLocation(found.path, $0.location), $0.explanation) }
    guard diagnostics.isEmpty, let document = result.document else { return }
    featureName = document.feature?.name ?? ""
    for (index, pickle) in document.pickles().enumerated() { entries.append(Entry(index: index, pickle: pickle)) }
    for warning in result.warnings where warning.code != .invalidUTF8 {
      guard let step = warning.stepID else { continue }
      let diagnostic = Diagnostic(at: SpecLocation(found.path, warning.location), warning.explanation)
      placeholders[step.number, default: []].append(diagnostic)
    }
    if !found.lines.isEmpty { select(found.lines) }
    if case .random(let seed) = options.order {
      var generator = SeededGenerator(seed: seed ^ (salt &* 0x9E37_79B9_7F4A_7C15))
      entries.shuffle(using: &generator)
    }
  }

  /// What a line that is nothing to Gherkin was most likely meant to begin with.
  private static func advice(on text: String) -> (suggestion: String?, notes: [String]) {
    let word = String(text.prefix { $0 != " " && $0 != "\t" && $0 != ":" })
    let steps = ["Given", "When", "Then", "And", "But"]
    if steps.contains(word) {
      return (nil, ["behind '\(word)' there must be a blank, and no other character, for the line to be a step"])
    }
    let titles = ["Scenario:", "Background:", "Rule:", "Examples:", "Scenario Outline:"]
    // What begins with a bracket or a name of the domain lacks its keyword altogether.
    guard word.count > 1, word.count < 14 else { return (nil, []) }
    return (NearestName.nearest(to: word, among: steps + titles), [])
  }

  // MARK: Lines

  /// What a line stands in.
  private enum Place {
    case scenario(Location)
    case rule(Location)
    case feature
  }

  private mutating func select(_ lines: [Int]) {
    var meant: Set<Int> = []
    for line in lines {
      let found = entries(entries, at: line)
      if found.isEmpty {
        problems.append(RunProblem(path: file.path, "no scenario stands at line \(line) of '\(file.path)'"))
      }
      meant.formUnion(found.map(\.index))
    }
    entries.removeAll { !meant.contains($0.index) }
  }

  /// Those of some scenarios that a line means.
  func entries(_ entries: [Entry], at line: Int) -> [Entry] {
    guard let feature = entries.first?.pickle.feature else { return [] }
    let place = place(of: line, in: feature)
    return entries.filter { covers($0.pickle, line, place) }
  }

  private func place(of line: Int, in feature: Feature) -> Place? {
    if let scenario = feature.allScenarios.first(where: { lines(of: $0).contains(line) }) {
      return .scenario(scenario.location)
    }
    if let rule = feature.rules.first(where: { lines(of: $0).contains(line) }) { return .rule(rule.location) }
    return lines(of: feature).contains(line) ? .feature : nil
  }

  /// Whether a line means a scenario: one of its own, of its Examples row, or of what it stands in.
  private func covers(_ pickle: Pickle, _ line: Int, _ place: Place?) -> Bool {
    switch place {
    case nil: return false
    case .feature: return true
    case .rule(let location): return pickle.rule?.location == location
    case .scenario(let location):
      guard pickle.scenario.location == location else { return false }
      // Within an outline a row means itself, Examples mean their rows, and the steps mean all rows.
      guard let row = pickle.examplesRow, let examples = pickle.examples else { return true }
      guard pickle.scenario.examples.contains(where: { lines(of: $0).contains(line) }) else { return true }
      guard lines(of: examples).contains(line) else { return false }
      return row.location.line == line || !examples.rows.contains { $0.location.line == line }
    }
  }

  private func lines(of node: some TitledNode) -> ClosedRange<Int> {
    let range = node.range
    let first = min(node.tags.first?.location.line ?? range.start.line, range.start.line)
    return first...max(first, range.end.line)
  }
}

extension SpecLocation {
  /// A place in a file.
  init(_ file: String, _ location: Location) {
    self.init(file: file, line: location.line, column: location.column)
  }
}
