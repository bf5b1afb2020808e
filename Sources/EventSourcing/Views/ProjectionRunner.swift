/// Keeps a view's rows in a store up with the events of another.
///
/// Rows and checkpoint change in one transaction, so that each event has its effect once, whenever the process dies.
/// Runners of one view in several processes get in each other's way without harm: the transaction that comes second
/// finds the checkpoint moved and does nothing.
///
/// ```swift
/// let runner = ProjectionRunner(OrderDetails.self, events: store, views: store)
/// try await runner.catchUp()
/// let row = try await runner.row(orderID)
/// ```
public struct ProjectionRunner<Row: View>: InlineProjecting {
  private let events: any EventStore
  /// Where rows are kept.
  public let views: any ViewStore
  private let batchSize: Int
  private let projection = Row.projection

  /// Makes a runner.
  ///
  /// - Parameters:
  ///   - view: The view.
  ///   - events: Where events come from.
  ///   - views: Where rows are kept.
  ///   - batchSize: How many events go into one transaction.
  public init(_ view: Row.Type, events: any EventStore, views: any ViewStore, batchSize: Int = 500) {
    self.events = events
    self.views = views
    self.batchSize = max(batchSize, 1)
  }

  // MARK: Running

  /// Folds all events that there are and are not in the rows yet.
  ///
  /// Rows that another version of the view has made are left to their readers until new ones are complete.
  ///
  /// - Returns: The position of the last event in the rows.
  /// - Throws: ``ViewError`` with code `stopped` where a handler refuses an event: the rows stand before it.
  @discardableResult
  public func catchUp() async throws -> Checkpoint {
    let state = try await views.withViewTransaction { try Generations<Row>(in: $0) }
    if let active = state.current { return try await catchUp(active.id) }
    let building: ViewGeneration
    if let begun = state.begun { building = begun } else { building = try await begin() }
    return try await complete(building.id)
  }

  /// Makes all rows anew beside those that are there, which are read until the new ones are complete.
  ///
  /// - Throws: As ``catchUp()``; the rows that were there go on being read.
  public func rebuild() async throws {
    let building = try await begin()
    _ = try await complete(building.id)
  }

  /// Catches a generation up and puts it in the place of the one that is read.
  private func complete(_ id: ViewGeneration.ID) async throws -> Checkpoint {
    while true {
      let checkpoint = try await catchUp(id)
      if try await activate(id) { return checkpoint }
    }
  }

  /// Follows the events until the task is cancelled.
  ///
  /// - Parameter pollInterval: How long to rely on the store's hint before looking again.
  /// - Throws: As ``catchUp()``, and `CancellationError`.
  public func run(pollInterval: Duration = .seconds(1)) async throws {
    while true {
      let checkpoint = try await catchUp()
      try Task.checkCancellation()
      try await events.waitForEvents(after: checkpoint, timeout: pollInterval)
      try Task.checkCancellation()
    }
  }

  private func begin() async throws -> ViewGeneration {
    try await views.withViewTransaction { transaction in
      let generations = try transaction.generations(of: Row.name)
      // A rebuild that nobody finished is of no use to anybody.
      for generation in generations where !generation.isActive { try transaction.remove(generation.id) }
      let number = (generations.map(\.id.number).max() ?? 0) + 1
      let generation = ViewGeneration(
        id: .init(view: Row.name, number: number), formVersion: Row.version, isActive: false)
      try transaction.save(generation)
      return generation
    }
  }

  /// Has a generation read from now on, unless the one in its place has come further: nobody must see a view go back.
  private func activate(_ id: ViewGeneration.ID) async throws -> Bool {
    try await views.withViewTransaction { transaction in
      let generations = try transaction.generations(of: Row.name)
      guard var built = generations.first(where: { $0.id == id }) else { return true }
      let others = generations.filter { $0.id.number < id.number }
      if others.contains(where: { $0.isActive && $0.formVersion == Row.version && $0.checkpoint > built.checkpoint }) {
        return false
      }
      built.isActive = true
      try transaction.save(built)
      for other in others { try transaction.remove(other.id) }
      return true
    }
  }

  @discardableResult
  private func catchUp(_ id: ViewGeneration.ID) async throws -> Checkpoint {
    while true {
      let generation = try await views.withViewTransaction { transaction in
        try transaction.generations(of: Row.name).first { $0.id == id }
      }
      // Somebody else has put a newer one in its place.
      guard let generation else { return try await checkpoint() }
      let batch = try await events.readAll(after: generation.checkpoint, limit: batchSize)
      guard !batch.isEmpty else { return generation.checkpoint }
      let stop = try await apply(batch, to: generation)
      if let stop { throw stop }
      try Task.checkCancellation()
    }
  }

  /// Folds events into a generation's rows, up to one that a handler refuses.
  private func apply(_ batch: [EventEnvelope], to generation: ViewGeneration) async throws -> ViewError? {
    let work: @Sendable (ArraySlice<EventEnvelope>) async throws -> Void = { batch in
      guard !batch.isEmpty else { return }
      try await views.withViewTransaction { transaction in
        let now = try transaction.generations(of: Row.name).first { $0.id == generation.id }
        guard let now, now.checkpoint == generation.checkpoint else { return }
        try fold(batch, into: now, in: transaction)
      }
    }
    do {
      try await work(batch[...])
      return nil
    } catch let error as ViewError where error.code == .stopped {
      // What stands before the refused event goes in; then the projection stops there.
      try await work(batch.prefix { $0.position != error.position })
      return error
    }
  }

  /// Folds events into the rows of a generation, and moves its checkpoint behind them.
  private func fold(
    _ batch: ArraySlice<EventEnvelope>, into generation: ViewGeneration, in transaction: any ViewTransaction
  ) throws {
    guard let last = batch.last else { return }
    var rows = ViewRows<Row>()
    let source = StoredViewRows<Row>(transaction: transaction, generation: generation.id)
    rows.source = source
    for envelope in batch { try projection.applyStored(envelope, to: &rows) }
    try source.write(rows)
    var moved = generation
    moved.checkpoint = last.position
    try transaction.save(moved)
  }

  /// Takes events in the transaction that appends them.
  public func take(_ events: [EventEnvelope], after previous: Checkpoint, in transaction: any ViewTransaction) throws
    -> Bool
  {
    guard let last = events.last, let current = try Generations<Row>(in: transaction).current,
      current.checkpoint >= previous
    else { return false }
    // A store that repeats its transaction shows the rows as they were before it.
    if current.checkpoint < last.position { try fold(events[...], into: current, in: transaction) }
    return true
  }

  // MARK: Reading

  /// The position of the last event in the rows that are read.
  public func checkpoint() async throws -> Checkpoint {
    try await views.withViewTransaction { try Generations<Row>(in: $0).active?.checkpoint ?? .start }
  }

  /// The row with an id, nil where there is none.
  ///
  /// - Parameter id: What the row is known by.
  /// - Returns: The row as it is now, without the events that are not in it yet.
  public func row(_ id: Row.RowID) async throws -> Row? {
    try await read { try $0.entry(id)?.row }
  }

  /// The rows with a key, in the view's order where it has one.
  ///
  /// - Parameter key: What the rows are asked for by.
  /// - Returns: The rows as they are now.
  public func rows(key: Row.Key) async throws -> [Row] {
    let rows = try await read { try $0.entries(key: key).map(\.1.row) } ?? []
    return Row.rowOrder.map { rows.sorted(by: $0) } ?? rows
  }

  /// Rows with any key, a page at a time.
  ///
  /// - Parameters:
  ///   - id: The last row seen, nil for none.
  ///   - limit: How many at the most.
  /// - Returns: The rows behind it with their ids, in the order of their ids.
  public func rows(after id: Row.RowID? = nil, limit: Int) async throws -> [(id: Row.RowID, row: Row)] {
    try await read { try $0.entries(after: id, limit: limit).map { ($0, $1.row) } } ?? []
  }

  private func read<Result: Sendable>(
    _ body: @escaping @Sendable (StoredViewRows<Row>) throws -> Result?
  ) async throws -> Result? {
    try await views.withViewTransaction { transaction in
      guard let active = try Generations<Row>(in: transaction).active, active.formVersion == Row.version else {
        return nil
      }
      return try body(StoredViewRows(transaction: transaction, generation: active.id))
    }
  }
}

/// What there is of a view's rows.
private struct Generations<Row: View>: Sendable {
  /// The rows that are read.
  var active: ViewGeneration?
  /// The rows that are read, where this version of the view has made them.
  var current: ViewGeneration?
  /// Rows of this version that nobody has completed.
  var begun: ViewGeneration?

  init(in transaction: any ViewTransaction) throws {
    let generations = try transaction.generations(of: Row.name)
    active = generations.filter(\.isActive).max { $0.id.number < $1.id.number }
    current = active.flatMap { $0.formVersion == Row.version ? $0 : nil }
    begun = generations.filter { !$0.isActive && $0.formVersion == Row.version }.max { $0.id.number < $1.id.number }
  }
}
