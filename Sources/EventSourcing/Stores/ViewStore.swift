/// A store of views' rows in coded form, and of how far each view has come.
///
/// Rows and checkpoint change in one transaction: that is what makes a projection's effect happen once for each event.
public protocol ViewStore: Sendable {
  /// Runs work in one transaction; all of its changes take place or, where it throws, none.
  ///
  /// The work is synchronous, so that a durable store can run it on the thread that holds its transaction. It may run
  /// again where the store has to repeat the transaction.
  ///
  /// - Parameter body: The work.
  /// - Returns: What the work returns.
  /// - Throws: What the work throws, or the store's own error.
  func withViewTransaction<Result: Sendable>(
    _ body: @escaping @Sendable (any ViewTransaction) throws -> Result
  ) async throws -> Result
}

/// A transaction over views' rows; of use only within the work it is handed to.
public protocol ViewTransaction: AnyObject {
  /// All generations of a view's rows, in any order.
  func generations(of view: String) throws -> [ViewGeneration]

  /// Writes a generation, in place of the one with the same view and number.
  func save(_ generation: ViewGeneration) throws

  /// Forgets a generation with all its rows.
  func remove(_ generation: ViewGeneration.ID) throws

  /// The row with an id, nil where there is none.
  func row(_ id: String, in generation: ViewGeneration.ID) throws -> StoredRow?

  /// The rows with a key, in the order of their ids' UTF-8 bytes.
  func rows(key: String, in generation: ViewGeneration.ID) throws -> [StoredRow]

  /// All rows, in the order of their ids' UTF-8 bytes.
  ///
  /// - Parameters:
  ///   - generation: The generation.
  ///   - id: The last id seen, nil for none.
  ///   - limit: How many at the most.
  func rows(in generation: ViewGeneration.ID, after id: String?, limit: Int) throws -> [StoredRow]

  /// Writes a row, in place of the one with the same id.
  func put(_ row: StoredRow, in generation: ViewGeneration.ID) throws

  /// Removes the row with an id, where there is one.
  func removeRow(_ id: String, in generation: ViewGeneration.ID) throws
}

/// One build of a view's rows: a rebuild makes a new one beside that which is read.
public struct ViewGeneration: Hashable, Sendable, Identifiable {
  /// What a generation is known by.
  public struct ID: Hashable, Sendable {
    /// The view's name.
    public var view: String
    /// The number, higher for later ones.
    public var number: Int

    /// Makes an id.
    public init(view: String, number: Int) {
      self.view = view
      self.number = number
    }
  }

  /// What it is known by.
  public var id: ID
  /// The version of the rows' form and of the projection that made them.
  public var formVersion: Int
  /// The position of the last event in its rows.
  public var checkpoint: Checkpoint
  /// Whether it is the one that is read.
  public var isActive: Bool

  /// Makes a generation.
  public init(id: ID, formVersion: Int, checkpoint: Checkpoint = .start, isActive: Bool) {
    self.id = id
    self.formVersion = formVersion
    self.checkpoint = checkpoint
    self.isActive = isActive
  }
}

/// A row of a view in coded form.
public struct StoredRow: Hashable, Sendable {
  /// What the row is known by.
  public var id: String
  /// What it is asked for by, among others.
  public var key: String
  /// The row as JSON in UTF-8.
  public var content: [UInt8]

  /// Makes a row.
  public init(id: String, key: String, content: [UInt8]) {
    self.id = id
    self.key = key
    self.content = content
  }
}
