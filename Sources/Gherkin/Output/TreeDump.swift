extension GherkinDocument {
  /// The tree as indented text for people and tests: a line for each node, with its location and its extent.
  ///
  /// ```
  /// Feature “Greeting” 1:1-4:17
  ///   Scenario “Hello” 3:3-4:17
  ///     Given “somebody” 4:5-4:17
  /// ```
  ///
  /// - Complexity: O(*n* log *n*) in the number of nodes.
  public var treeDump: String {
    var dump = TreeDump()
    if let feature { dump.add(feature) }
    for comment in comments { dump.line(0, "Comment", comment.text, comment.range) }
    return dump.text
  }
}

/// Collects the lines of a tree's dump.
private struct TreeDump {
  private(set) var text = ""

  mutating func line(_ level: Int, _ kind: String, _ content: String?, _ range: SourceRange) {
    text += String(repeating: "  ", count: level) + kind
    if let content { text += " “" + content.replacingBytes(of: "\n", with: #"\n"#) + "”" }
    text += " \(range.start)-\(range.end)\n"
  }

  mutating func add(_ feature: Feature) {
    title(0, feature)
    if let background = feature.background { add(1, background) }
    for scenario in feature.scenarios { add(1, scenario) }
    for rule in feature.rules {
      title(1, rule)
      if let background = rule.background { add(2, background) }
      for scenario in rule.scenarios { add(2, scenario) }
    }
  }

  private mutating func title(_ level: Int, _ node: some TitledNode) {
    line(level, node.keyword, node.name, node.range)
    for tag in node.tags { line(level + 1, "Tag", tag.name, tag.range) }
  }

  private mutating func add(_ level: Int, _ background: Background) {
    title(level, background)
    for step in background.steps { add(level + 1, step) }
  }

  private mutating func add(_ level: Int, _ scenario: Scenario) {
    title(level, scenario)
    for step in scenario.steps { add(level + 1, step) }
    for examples in scenario.examples {
      title(level + 1, examples)
      if let header = examples.header { add(level + 2, header) }
      for row in examples.rows { add(level + 2, row) }
    }
  }

  private mutating func add(_ level: Int, _ step: Step) {
    line(level, step.keyword.trimmingBlanks, step.text, step.range)
    if let table = step.dataTable {
      for row in table.rows { add(level + 1, row) }
    }
    if let docString = step.docString { line(level + 1, "DocString", docString.content, docString.range) }
  }

  private mutating func add(_ level: Int, _ row: TableRow) {
    line(level, "Row", nil, row.range)
    for cell in row.cells { line(level + 1, "Cell", cell.value, cell.range) }
  }
}
