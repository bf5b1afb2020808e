/// The rows of a view in a store's transaction, coded and decoded.
struct StoredViewRows<Row: View>: Sendable {
  // Rows refer to a transaction only while one of its handlers runs, on the transaction's own thread.
  nonisolated(unsafe) let transaction: any ViewTransaction
  let generation: ViewGeneration.ID

  // Rows and notes share a table: a first letter tells them apart.
  private static func rowID(_ id: Row.RowID) -> String { "r" + id.streamText }
  private static func rowKey(_ key: Row.Key) -> String { "r" + key.streamText }
  private static func noteID(_ name: String) -> String { "n" + name }
  private static var noteKey: String { "n" }

  func entry(_ id: Row.RowID) throws -> ViewRows<Row>.Entry? {
    try transaction.row(Self.rowID(id), in: generation).map { try Self.decode($0).entry }
  }

  func entries(key: Row.Key) throws -> [(Row.RowID, ViewRows<Row>.Entry)] {
    try transaction.rows(key: Self.rowKey(key), in: generation).map { try Self.decode($0) }
  }

  func note(_ name: String) throws -> Row.Note? {
    try transaction.row(Self.noteID(name), in: generation).map {
      try StoredValue.decode(Row.Note.self, from: $0.content)
    }
  }

  /// All rows behind one, in a stable order.
  func entries(after id: Row.RowID?, limit: Int) throws -> [(Row.RowID, ViewRows<Row>.Entry)] {
    // Notes stand before all rows.
    try transaction.rows(in: generation, after: id.map(Self.rowID) ?? "o", limit: limit).map { try Self.decode($0) }
  }

  /// Writes what handlers have changed.
  func write(_ rows: ViewRows<Row>) throws {
    for (id, entry) in rows.entries {
      guard let entry else {
        try transaction.removeRow(Self.rowID(id), in: generation)
        continue
      }
      try transaction.put(
        StoredRow(id: Self.rowID(id), key: Self.rowKey(entry.key), content: StoredValue.encode(entry.row)),
        in: generation)
    }
    for (name, note) in rows.notes {
      guard let note else {
        try transaction.removeRow(Self.noteID(name), in: generation)
        continue
      }
      try transaction.put(
        StoredRow(id: Self.noteID(name), key: Self.noteKey, content: StoredValue.encode(note)), in: generation)
    }
  }

  private static func decode(_ stored: StoredRow) throws -> (Row.RowID, entry: ViewRows<Row>.Entry) {
    guard let id = Row.RowID(streamText: String(stored.id.dropFirst())),
      let key = Row.Key(streamText: String(stored.key.dropFirst()))
    else {
      throw ViewError(
        .unreadableRow, view: Row.name, "view \(Row.name) has a stored row '\(stored.id)' whose id or key does not read"
      )
    }
    do {
      return (id, ViewRows<Row>.Entry(row: try StoredValue.decode(Row.self, from: stored.content), key: key))
    } catch {
      throw ViewError(
        .unreadableRow, view: Row.name,
        "row '\(id.streamText)' of view \(Row.name) does not read: \(error); where its form has changed, raise its version",
        underlying: error)
    }
  }
}
