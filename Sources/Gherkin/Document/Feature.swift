/// A feature: the root of a document's tree.
public struct Feature: TitledNode {
  let storage: DocumentStorage
  let record: FeatureRecord

  /// The parts of the title.
  public var titleParts: TitleParts { TitleParts(storage: storage, record: record.title) }

  /// The spoken language of the keywords, such as `en`.
  public var language: String { storage.language }

  /// The background of all scenarios.
  public var background: Background? {
    record.background < 0 ? nil : Background(storage, Int(record.background))
  }

  /// The scenarios that belong to no rule.
  public var scenarios: NodeList<Scenario> {
    NodeList(storage: storage, range: record.scenarios.range, make: Scenario.init)
  }

  /// The rules, which come behind the feature's own scenarios.
  public var rules: NodeList<Rule> { NodeList(storage: storage, range: record.rules.range, make: Rule.init) }

  /// All scenarios of the feature and of its rules, in the order of the source.
  public var allScenarios: NodeList<Scenario> {
    NodeList(storage: storage, range: 0..<storage.records.scenarios.count, make: Scenario.init)
  }
}

/// A rule: scenarios of a feature that illustrate one business rule.
public struct Rule: TitledNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  private var record: RuleRecord { storage.records.rules[index] }

  /// The parts of the title.
  public var titleParts: TitleParts { TitleParts(storage: storage, record: record.title) }

  /// The rule's id.
  public var id: NodeID { NodeID(Int(record.title.id)) }

  /// The background of the rule's scenarios, which comes behind the feature's.
  public var background: Background? {
    record.background < 0 ? nil : Background(storage, Int(record.background))
  }

  /// The scenarios of the rule.
  public var scenarios: NodeList<Scenario> {
    NodeList(storage: storage, range: record.scenarios.range, make: Scenario.init)
  }
}

/// The steps that come before those of each scenario.
public struct Background: TitledNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  private var record: BackgroundRecord { storage.records.backgrounds[index] }

  /// The parts of the title.
  public var titleParts: TitleParts { TitleParts(storage: storage, record: record.title) }

  /// The background's id.
  public var id: NodeID { NodeID(Int(record.title.id)) }

  /// The steps.
  public var steps: NodeList<Step> { NodeList(storage: storage, range: record.steps.range, make: Step.init) }
}

/// A scenario, or an outline of several where it has examples.
public struct Scenario: TitledNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  var record: ScenarioRecord { storage.records.scenarios[index] }

  /// The parts of the title.
  public var titleParts: TitleParts { TitleParts(storage: storage, record: record.title) }

  /// The scenario's id.
  public var id: NodeID { NodeID(Int(record.title.id)) }

  /// The steps.
  public var steps: NodeList<Step> { NodeList(storage: storage, range: record.steps.range, make: Step.init) }

  /// The tables of examples; a scenario with any is an outline.
  public var examples: NodeList<Examples> {
    NodeList(storage: storage, range: titleParts.details.examples.range, make: Examples.init)
  }

  /// The rule that the scenario belongs to.
  public var rule: Rule? { storage.records.ruleIndex(ofScenario: index).map { Rule(storage, $0) } }
}

/// A table of examples of an outline: one scenario for each row below the header.
public struct Examples: TitledNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  var record: ExamplesRecord { storage.records.examples[index] }

  /// The parts of the title.
  public var titleParts: TitleParts { TitleParts(storage: storage, record: record.title) }

  /// The id of the examples.
  public var id: NodeID { NodeID(Int(record.title.id)) }

  /// The row of the placeholders' names, or `nil` where there is no table.
  public var header: TableRow? {
    record.rows.range.first.map { TableRow(storage, $0) }
  }

  /// The rows of values below the header.
  public var rows: NodeList<TableRow> {
    NodeList(storage: storage, range: record.rows.range.dropFirst(), make: TableRow.init)
  }
}
