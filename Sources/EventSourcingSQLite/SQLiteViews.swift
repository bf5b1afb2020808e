#if SQLite
  public import EventSourcing
  internal import GRDB

  extension SQLiteEventStore: ViewStore {
    /// Runs work on views' rows in one transaction, which holds the file's write lock unless the store is read-only.
    public func withViewTransaction<Result: Sendable>(
      _ body: @escaping @Sendable (any ViewTransaction) throws -> Result
    ) async throws -> Result {
      let tables = tables
      if writer == nil {
        return try await read("views could not be read") { try body(SQLiteViewTransaction($0, tables)) }
      }
      return try await write("views were not changed") { try body(SQLiteViewTransaction($0, tables)) }
    }
  }

  /// A transaction over views' rows.
  final class SQLiteViewTransaction: ViewTransaction {
    private let database: Database
    private let tables: SQLiteTables

    init(_ database: Database, _ tables: SQLiteTables) {
      self.database = database
      self.tables = tables
    }

    func generations(of view: String) throws -> [ViewGeneration] {
      let statement = try PreparedStatement(
        "select number, form_version, checkpoint, is_active from \(tables.views) where view = ?", on: database)
      statement.bind(1, StoredName.write(view))
      defer { statement.reset() }
      var generations: [ViewGeneration] = []
      while try statement.step() {
        guard let checkpoint = Checkpoint(statement.string(2)) else {
          throw EventStoreError(.corrupt, "the checkpoint of view '\(view)' does not read: '\(statement.string(2))'")
        }
        generations.append(
          ViewGeneration(
            id: .init(view: view, number: statement.integer(0)), formVersion: statement.integer(1),
            checkpoint: checkpoint, isActive: statement.integer(3) == 1))
      }
      return generations
    }

    func save(_ generation: ViewGeneration) throws {
      let statement = try prepare(
        """
        insert or replace into \(tables.views) (view, number, form_version, checkpoint, is_active)
        values (?, ?, ?, ?, ?)
        """, generation.id)
      statement.bind(3, generation.formVersion)
      statement.bind(4, generation.checkpoint.description)
      statement.bind(5, generation.isActive ? 1 : 0)
      try statement.run()
    }

    func remove(_ generation: ViewGeneration.ID) throws {
      try prepare("delete from \(tables.viewRows) where view = ? and number = ?", generation).run()
      try prepare("delete from \(tables.views) where view = ? and number = ?", generation).run()
    }

    func row(_ id: String, in generation: ViewGeneration.ID) throws -> StoredRow? {
      let statement = try prepare(select + " and id = ?", generation)
      statement.bind(3, StoredName.write(id))
      return try rows(statement).first
    }

    func rows(key: String, in generation: ViewGeneration.ID) throws -> [StoredRow] {
      let statement = try prepare(select + " and key = ? order by id", generation)
      statement.bind(3, StoredName.write(key))
      return try rows(statement)
    }

    func rows(in generation: ViewGeneration.ID, after id: String?, limit: Int) throws -> [StoredRow] {
      let statement = try prepare(
        select + (id == nil ? " and id >= ?" : " and id > ?") + " order by id limit ?", generation)
      statement.bind(3, id.map(StoredName.write) ?? "")
      statement.bind(4, max(limit, 0))
      return try rows(statement)
    }

    func put(_ row: StoredRow, in generation: ViewGeneration.ID) throws {
      let statement = try prepare(
        "insert or replace into \(tables.viewRows) (view, number, id, key, content) values (?, ?, ?, ?, ?)", generation)
      statement.bind(3, StoredName.write(row.id))
      statement.bind(4, StoredName.write(row.key))
      statement.bind(5, row.content)
      try statement.run()
    }

    func removeRow(_ id: String, in generation: ViewGeneration.ID) throws {
      let statement = try prepare("delete from \(tables.viewRows) where view = ? and number = ? and id = ?", generation)
      statement.bind(3, StoredName.write(id))
      try statement.run()
    }

    private var select: String { "select id, key, content from \(tables.viewRows) where view = ? and number = ?" }

    private func prepare(_ sql: String, _ generation: ViewGeneration.ID) throws -> PreparedStatement {
      let statement = try PreparedStatement(sql, on: database)
      statement.bind(1, StoredName.write(generation.view))
      statement.bind(2, generation.number)
      return statement
    }

    private func rows(_ statement: PreparedStatement) throws -> [StoredRow] {
      defer { statement.reset() }
      var rows: [StoredRow] = []
      while try statement.step() {
        rows.append(
          StoredRow(
            id: StoredName.read(statement.string(0)), key: StoredName.read(statement.string(1)),
            content: Array(statement.blob(2))))
      }
      return rows
    }
  }
#endif
