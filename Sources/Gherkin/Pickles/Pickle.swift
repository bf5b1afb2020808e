/// What a runner runs: a scenario, or one row of an outline's examples.
///
/// Like a node, a pickle is a small value that looks into its document; its strings are made when they are asked for.
public struct Pickle: Sendable {
  let storage: DocumentStorage
  let scenarioIndex: Int
  let shape: PickleShape
  let examplesIndex: Int
  let rowIndex: Int
  let placeholders: PlaceholderTable?
  let firstStepID: Int

  /// The pickle's id, which is given out behind those of its steps.
  public var id: NodeID { NodeID(firstStepID + shape.stepCount) }

  /// The name of the source.
  public var uri: String { storage.uri }

  /// The spoken language of the keywords.
  public var language: String { storage.language }

  /// The name of the scenario, with the values of the row put in.
  public var name: String {
    interpolation.string(storage.name(of: storage.records.scenarios[scenarioIndex].title), in: storage)
  }

  /// Where the scenario stands, or for an outline the row.
  public var location: Location { examplesRow?.location ?? scenario.location }

  /// The scenario or outline that the pickle is made of.
  public var scenario: Scenario { Scenario(storage, scenarioIndex) }

  /// The rule that the scenario belongs to.
  public var rule: Rule? { scenario.rule }

  /// The feature that the scenario belongs to.
  public var feature: Feature? { storage.records.feature.map { Feature(storage: storage, record: $0) } }

  /// The examples whose row the pickle is made of.
  public var examples: Examples? { examplesIndex < 0 ? nil : Examples(storage, examplesIndex) }

  /// The row of values that the pickle is made of.
  public var examplesRow: TableRow? { rowIndex < 0 ? nil : TableRow(storage, rowIndex) }

  /// What the row puts in the place of each placeholder; empty where there is no row.
  public var substitutions: [Substitution] {
    guard let header = examples?.header, let row = examplesRow else { return [] }
    return zip(header.cells, row.cells).map { Substitution(column: $0, cell: $1) }
  }

  /// The tags of the feature, the rule, the scenario and the examples, in this order.
  public var tags: [Tag] {
    var tags: [Tag] = []
    func append(_ title: TitleRecord?) {
      guard let range = title.map({ storage.records.details(of: $0).tags.range }) else { return }
      for index in range { tags.append(Tag(storage, index)) }
    }
    let scenario = storage.records.scenarios[scenarioIndex]
    append(storage.records.feature?.title)
    if let rule = storage.records.ruleIndex(ofScenario: scenarioIndex) { append(storage.records.rules[rule].title) }
    append(scenario.title)
    if examplesIndex >= 0 { append(storage.records.examples[examplesIndex].title) }
    return tags
  }

  /// The ids of the scenario and of the row.
  public var astNodeIDs: [NodeID] { [scenario.id] + (examplesRow.map { [$0.id] } ?? []) }

  /// The steps, those of the backgrounds first; none where the scenario has no steps of its own.
  public var steps: PickleSteps { PickleSteps(pickle: self) }

  var interpolation: Interpolation {
    guard rowIndex >= 0, let placeholders else { return Interpolation() }
    return Interpolation(placeholders: placeholders, values: storage.records.rows[rowIndex].cells.range)
  }
}

/// One value that a row of examples puts in the place of a placeholder.
public struct Substitution: Sendable {
  /// The header's cell, whose value is the placeholder's name.
  public let column: TableCell

  /// The row's cell, whose value takes the place.
  public let cell: TableCell

  /// The placeholder's name, without angle brackets.
  public var name: String { column.value }

  /// What takes the placeholder's place.
  public var value: String { cell.value }
}

/// The steps of a pickle.
public struct PickleSteps: RandomAccessCollection, Sendable {
  let pickle: Pickle

  /// The position of the first step.
  public var startIndex: Int { 0 }

  /// The position behind the last step.
  public var endIndex: Int { pickle.shape.stepCount }

  /// The step at a position.
  public subscript(position: Int) -> PickleStep { PickleStep(pickle: pickle, position: position) }
}
