/// The pickles of a document, made one by one as they are asked for.
///
/// A pickle is what a runner runs: a scenario with the steps of its backgrounds in front, or one row of an outline's
/// examples with the row's values put into the steps. Nothing is kept between two pickles, so that a file of 100,000
/// scenarios takes no more memory than its document.
public struct Pickles: Sequence, Sendable {
  let storage: DocumentStorage
  let firstID: Int

  /// The first id that neither a node of the document nor a pickle has.
  ///
  /// - Complexity: O(*n*) in the number of scenarios.
  public var nextID: NodeID {
    var next = firstID
    for index in storage.records.scenarios.indices {
      let shape = PickleShape(of: index, in: storage)
      let examples = storage.records.details(of: storage.records.scenarios[index].title).examples.range
      let rows = examples.reduce(0) { count, examples in
        count + Swift.max(0, storage.records.examples[examples].rows.range.count - 1)
      }
      next += (examples.isEmpty ? 1 : rows) * (shape.stepCount + 1)
    }
    return NodeID(next)
  }

  /// Makes an iterator over the pickles, in the order of the source.
  public func makeIterator() -> Iterator { Iterator(storage: storage, nextID: firstID) }

  /// Makes pickles one by one.
  public struct Iterator: IteratorProtocol, Sendable {
    private let storage: DocumentStorage
    private var nextID: Int
    private var scenario = 0
    private var examples = 0
    private var row = 0
    private var shape: PickleShape?
    private var placeholders: PlaceholderTable?

    init(storage: DocumentStorage, nextID: Int) {
      self.storage = storage
      self.nextID = nextID
    }

    /// The next pickle, or `nil` behind the last.
    public mutating func next() -> Pickle? {
      while scenario < storage.records.scenarios.count {
        let tables = storage.records.details(of: storage.records.scenarios[scenario].title).examples.range
        let shape = self.shape ?? PickleShape(of: scenario, in: storage)
        self.shape = shape
        if tables.isEmpty {
          defer { moveToNextScenario() }
          return makePickle(shape, examples: -1, row: -1)
        }
        if let pickle = nextRow(of: tables, shape) { return pickle }
        moveToNextScenario()
      }
      return nil
    }

    private mutating func nextRow(of tables: Range<Int>, _ shape: PickleShape) -> Pickle? {
      while examples < tables.count {
        let index = tables.lowerBound + examples
        let rows = storage.records.examples[index].rows.range
        // The first row is the header.
        if row + 1 < rows.count {
          row += 1
          if placeholders == nil, let header = rows.first {
            placeholders = PlaceholderTable(header: storage.records.rows[header].cells.range, in: storage)
          }
          return makePickle(shape, examples: index, row: rows.lowerBound + row)
        }
        examples += 1
        row = 0
        placeholders = nil
      }
      return nil
    }

    private mutating func moveToNextScenario() {
      scenario += 1
      examples = 0
      row = 0
      shape = nil
      placeholders = nil
    }

    private mutating func makePickle(_ shape: PickleShape, examples: Int, row: Int) -> Pickle {
      let firstStepID = nextID
      nextID += shape.stepCount + 1
      return Pickle(
        storage: storage, scenarioIndex: scenario, shape: shape, examplesIndex: examples, rowIndex: row,
        placeholders: placeholders, firstStepID: firstStepID)
    }
  }
}

extension GherkinDocument {
  /// The pickles of the document, made one by one as they are asked for.
  ///
  /// - Parameter firstID: The first id to give out; by default the one behind the document's own.
  public func pickles(firstID: NodeID? = nil) -> Pickles {
    Pickles(storage: storage, firstID: firstID?.number ?? storage.nextID)
  }
}

/// Which steps of a document make up the pickles of a scenario.
struct PickleShape: Sendable {
  private(set) var featureBackground = RecordRange()
  private(set) var ruleBackground = RecordRange()
  let steps: RecordRange

  init(of scenario: Int, in storage: DocumentStorage) {
    let record = storage.records.scenarios[scenario]
    steps = record.steps
    // A scenario without steps of its own has no background either.
    guard !steps.range.isEmpty else { return }
    if let background = storage.records.feature?.background, background >= 0 {
      featureBackground = storage.records.backgrounds[Int(background)].steps
    }
    guard let rule = storage.records.ruleIndex(ofScenario: scenario) else { return }
    let background = storage.records.rules[rule].background
    if background >= 0 { ruleBackground = storage.records.backgrounds[Int(background)].steps }
  }

  /// How many steps a pickle has.
  var stepCount: Int { featureBackground.range.count + ruleBackground.range.count + steps.range.count }

  /// How many of them come from a background.
  var backgroundStepCount: Int { featureBackground.range.count + ruleBackground.range.count }

  /// The index of the document's step that stands at a position of the pickle.
  func stepIndex(at position: Int) -> Int {
    let featureCount = featureBackground.range.count
    if position < featureCount { return featureBackground.range.lowerBound + position }
    let backgroundCount = backgroundStepCount
    if position < backgroundCount { return ruleBackground.range.lowerBound + position - featureCount }
    return steps.range.lowerBound + position - backgroundCount
  }

  /// The type of the step at a position, a conjunction being of the type of what it goes on with.
  func type(at position: Int, in storage: DocumentStorage) -> StepKeywordType {
    let own = storage.records.steps[stepIndex(at: position)].resolvedType
    guard own == .conjunction else { return own }
    let lastOfFeature = featureBackground.range.last.map { storage.records.steps[$0].resolvedType } ?? .unknown
    let featureType = lastOfFeature == .conjunction ? .unknown : lastOfFeature
    if position < featureBackground.range.count { return .unknown }
    if position < backgroundStepCount { return featureType }
    guard let lastOfRule = ruleBackground.range.last.map({ storage.records.steps[$0].resolvedType }) else {
      return featureType
    }
    return lastOfRule == .conjunction ? featureType : lastOfRule
  }
}
