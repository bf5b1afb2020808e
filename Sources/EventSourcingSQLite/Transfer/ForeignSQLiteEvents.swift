#if SQLite
  public import EventSourcing
  internal import GRDB

  /// Events that another system wrote into an SQLite file, as a source for an export or import.
  ///
  /// It only reads.
  public final class ForeignSQLiteEvents: EventSource {
    private let reader: any DatabaseReader
    private let mapping: ForeignMapping
    private let sql: String
    private let path: String

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - mapping: Where the events are; a table without a column for positions has `rowid`.
    /// - Throws: ``EventStoreError`` where the file cannot be opened, ``TransferError`` with code `mapping` where the table
    ///   has not the columns.
    public init(_ path: String, mapping: ForeignMapping) async throws {
      var mapping = mapping
      // That package's tables in SQLite have no column for positions.
      if mapping == .pyEventSourcing { mapping.position = "rowid" }
      let complete = mapping
      self.mapping = mapping
      self.path = path
      var options = Configuration()
      options.readonly = true
      options.busyMode = .timeout(10)
      do {
        reader = try SQLiteFile.openForReading(SQLitePath(path: path), options)
        try await reader.read { try Self.check(complete, on: $0) }
      } catch {
        throw SQLiteFailure.error(error, doing: "events could not be read", path: path, isReadOnly: true)
      }
      let names = SQLiteTables(prefix: "")
      let table = mapping.table.split(separator: ".").map { names.quoted(String($0)) }.joined(separator: ".")
      let columns = mapping.columns.map { $0.map { names.quoted($0) } ?? "null" }.joined(separator: ", ")
      let position = names.quoted(mapping.position)
      sql = "select \(columns) from \(table) where \(position) > ? order by \(position) limit ?"
    }

    /// Reads the events behind a position.
    public func events(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
      let (sql, mapping) = (sql, mapping)
      do {
        return try await reader.read { database in
          let statement = try PreparedStatement(sql, on: database)
          statement.bind(1, Int64(clamping: checkpoint.number))
          statement.bind(2, limit)
          defer { statement.reset() }
          var events: [EventEnvelope] = []
          while try statement.step() { events.append(try Self.row(statement).event(mapping)) }
          return events
        }
      } catch {
        throw SQLiteFailure.error(error, doing: "events of '\(mapping.table)' could not be read", path: path)
      }
    }

    // SQLite takes a quoted name that is no column for a text: each is looked up first.
    private static func check(_ mapping: ForeignMapping, on database: Database) throws {
      let table = String(mapping.table.split(separator: ".").last ?? "")
      let columns = try database.columns(in: table).map { $0.name.lowercased() }
      for column in mapping.columns.compactMap({ $0 }) where column.lowercased() != "rowid" {
        guard columns.contains(column.lowercased()) else {
          throw TransferError(
            .mapping,
            "the mapping does not fit: table '\(table)' has no column '\(column)', it has \(columns.joined(separator: ", "))"
          )
        }
      }
    }

    private static func row(_ statement: PreparedStatement) -> ForeignRow {
      var row = ForeignRow(
        position: statement.number(0), stream: statement.string(1), version: statement.number(2),
        type: statement.string(3),
        payload: Array(statement.blob(4)))
      if !statement.isNull(5) { row.id = statement.string(5) }
      if !statement.isNull(6) { row.metadata = Array(statement.blob(6)) }
      if !statement.isNull(7) {
        let text = statement.string(7)
        row.time = DateText.read(text)
        if row.time == nil { row.unreadableTime = text }
      }
      if !statement.isNull(8) { row.schemaVersion = statement.number(8) }
      return row
    }
  }
#endif
