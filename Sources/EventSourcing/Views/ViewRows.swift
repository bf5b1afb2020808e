/// The rows of a view, as a projection's handlers change them.
///
/// It is a value. What it holds may be all rows, or those of a stored view that the handlers have asked for.
public struct ViewRows<Row: View>: Sendable {
  struct Entry: Sendable {
    var row: Row
    var key: Row.Key
  }

  /// The rows by id; nil for one that is known not to be there.
  private(set) var entries: [Row.RowID: Entry?] = [:]
  private(set) var notes: [String: Row.Note?] = [:]
  private var idsByKey: [Row.Key: [Row.RowID]] = [:]

  /// Where rows are that nobody has asked for yet; nil where all are here.
  var source: StoredViewRows<Row>?
  /// The first trouble in reading from there.
  private(set) var failure: (any Error)?

  /// Makes rows without any.
  public init() {}

  // MARK: Reading

  /// The row with an id, nil where there is none.
  public subscript(id: Row.RowID) -> Row? {
    mutating get { entry(id)?.row }
  }

  /// The rows with a key, in the view's order where it has one.
  ///
  /// - Parameter key: What the rows are asked for by.
  /// - Returns: The rows.
  public mutating func rows(key: Row.Key) -> [Row] {
    if let source {
      do {
        for (id, entry) in try source.entries(key: key) where entries[id] == nil { note(entry, id: id) }
      } catch {
        failure = failure ?? error
      }
    }
    return presentRows(key: key)
  }

  /// The rows with a key among those that are here.
  package func presentRows(key: Row.Key) -> [Row] {
    let rows = (idsByKey[key] ?? []).compactMap { entries[$0]??.row }
    guard let order = Row.rowOrder else { return rows }
    return rows.sorted(by: order)
  }

  /// All rows that are here with their ids and keys, in no particular order.
  package var present: [(id: Row.RowID, key: Row.Key, row: Row)] {
    entries.compactMap { id, entry in entry.map { (id, $0.key, $0.row) } }
  }

  /// Whether no row is here.
  package var isEmpty: Bool { idsByKey.isEmpty }

  // MARK: Changing

  /// Adds a row.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - id: What it is known by.
  ///   - key: What it is asked for by.
  /// - Throws: ``ViewError`` where there is such a row already.
  public mutating func insert(_ row: Row, id: Row.RowID, key: Row.Key) throws {
    guard entry(id) == nil else { throw ViewError.rowExists(view: Row.name, id: id.streamText) }
    note(Entry(row: row, key: key), id: id)
  }

  /// Adds a row that is asked for by its id.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - id: What it is known by, and asked for by.
  /// - Throws: ``ViewError`` where there is such a row already.
  public mutating func insert(_ row: Row, id: Row.RowID) throws where Row.RowID == Row.Key {
    try insert(row, id: id, key: id)
  }

  /// Changes a row.
  ///
  /// - Parameters:
  ///   - id: What the row is known by.
  ///   - change: The change.
  /// - Throws: ``ViewError`` where there is no such row, or what the change throws.
  public mutating func update(_ id: Row.RowID, _ change: (inout Row) throws -> Void) throws {
    guard var entry = entry(id) else { throw ViewError.rowMissing(view: Row.name, id: id.streamText) }
    try change(&entry.row)
    entries[id] = .some(entry)
  }

  /// Changes a row that is asked for by its id, beginning with a default where there is none.
  ///
  /// - Parameters:
  ///   - id: What the row is known by, and asked for by.
  ///   - initial: The row to begin with.
  ///   - change: The change.
  /// - Throws: What the change throws.
  public mutating func update(
    _ id: Row.RowID, default initial: @autoclosure () -> Row, _ change: (inout Row) throws -> Void
  ) rethrows where Row.RowID == Row.Key {
    if var entry = entry(id) {
      try change(&entry.row)
      entries[id] = .some(entry)
    } else {
      var row = initial()
      try change(&row)
      note(Entry(row: row, key: id), id: id)
    }
  }

  /// Removes a row.
  ///
  /// - Parameter id: What the row is known by.
  /// - Returns: The row, nil where there was none.
  @discardableResult
  public mutating func remove(_ id: Row.RowID) -> Row? {
    guard let entry = entry(id) else { return nil }
    entries[id] = source == nil ? nil : .some(nil)
    idsByKey[entry.key]?.removeAll { $0 == id }
    if idsByKey[entry.key]?.isEmpty == true { idsByKey[entry.key] = nil }
    return entry.row
  }

  /// What the projection has noted for itself, beside the rows.
  public subscript(note name: some AggregateIdentity) -> Row.Note? {
    mutating get {
      let name = name.streamText
      if let known = notes[name] { return known }
      guard let source else { return nil }
      do {
        let note = try source.note(name)
        notes[name] = .some(note)
        return note
      } catch {
        failure = failure ?? error
        return nil
      }
    }
    set { notes[name.streamText] = .some(newValue) }
  }

  /// What the projection has noted for itself, with a default where it has noted nothing.
  public subscript(note name: some AggregateIdentity, default initial: @autoclosure () -> Row.Note) -> Row.Note {
    mutating get { self[note: name] ?? initial() }
    set { self[note: name] = newValue }
  }

  // MARK: Rows that are elsewhere

  private mutating func entry(_ id: Row.RowID) -> Entry? {
    if let known = entries[id] { return known }
    guard let source else { return nil }
    do {
      guard let entry = try source.entry(id) else {
        entries[id] = .some(nil)
        return nil
      }
      note(entry, id: id)
      return entry
    } catch {
      failure = failure ?? error
      return nil
    }
  }

  private mutating func note(_ entry: Entry, id: Row.RowID) {
    entries[id] = .some(entry)
    idsByKey[entry.key, default: []].append(id)
  }
}
