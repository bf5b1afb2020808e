#if PostgreSQL
  public import EventSourcing

  /// Events that another system wrote into a PostgreSQL database, as a source for an export or import.
  ///
  /// It only reads: every transaction is read-only. The system should not be writing at the same time, since what gives
  /// its positions may not be in the order of commits.
  public final class ForeignPostgreSQLEvents: EventSource {
    private let workers = WorkerPool<PostgreSQLConnection>(size: 1)
    private let configuration: PostgreSQLConfiguration
    private let mapping: ForeignMapping
    private let statement: Statement

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - address: The database.
    ///   - mapping: Where the events are.
    public init(_ address: String, mapping: ForeignMapping) {
      configuration = PostgreSQLConfiguration(address, isReadOnly: true)
      self.mapping = mapping
      let table = mapping.table.split(separator: ".").map { SchemaNames.quoted(String($0)) }.joined(separator: ".")
      let columns = mapping.columns.map { $0.map { SchemaNames.quoted($0) } ?? "null" }.joined(separator: ", ")
      let position = SchemaNames.quoted(mapping.position)
      statement = Statement(
        name: "foreign",
        sql: "select \(columns) from \(table) where \(position) > $1::bigint order by \(position) limit $2::bigint")
    }

    deinit { workers.shutDown() }

    /// Reads the events behind a position.
    public func events(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
      let (configuration, mapping, statement) = (configuration, mapping, statement)
      return try await workers.run { connection in
        do {
          let current = try connection ?? PostgreSQLConnection(configuration)
          connection = current
          var parameters = BinaryParameters()
          parameters.add(Int64(clamping: checkpoint.number))
          parameters.add(limit)
          let result = try current.execute(statement, parameters)
          return try (0..<result.count).map { try Self.row(result, $0, mapping).event(mapping) }
        } catch PostgreSQLFailure.statement(let state, let message) where state.hasPrefix("42") {
          throw TransferError(.mapping, "the mapping does not fit the table '\(mapping.table)': \(message)")
        } catch let failure as PostgreSQLFailure {
          connection = nil
          throw failure.error(doing: "events of '\(mapping.table)' could not be read")
        }
      }
    }

    private static func row(_ result: BinaryResult, _ row: Int, _ mapping: ForeignMapping) throws -> ForeignRow {
      guard let position = try integer(result, row, 0), let stream = try text(result, row, 1),
        let version = try integer(result, row, 2), let type = try text(result, row, 3),
        let payload = try bytes(result, row, 4)
      else {
        throw TransferError(.mapping, "a row of '\(mapping.table)' lacks position, stream, version, type or payload")
      }
      var found = ForeignRow(position: position, stream: stream, version: version, type: type, payload: payload)
      found.id = try text(result, row, 5)
      found.metadata = try bytes(result, row, 6)
      if !result.isNull(row, 7) {
        switch result.type(7) {
        case 1114, 1184: found.time = StoredTime.date(microseconds: try result.time(row, 7))
        default:
          let written = try text(result, row, 7)
          found.time = written.flatMap { DateText.read($0) }
          if found.time == nil { found.unreadableTime = written }
        }
      }
      found.schemaVersion = try integer(result, row, 8)
      return found
    }

    private static func integer(_ result: BinaryResult, _ row: Int, _ column: Int32) throws -> Int64? {
      if result.isNull(row, column) { return nil }
      switch result.type(column) {
      case 20, 21, 23: return try result.number(row, column)
      default: return Int64(result.text(row, column))
      }
    }

    private static func text(_ result: BinaryResult, _ row: Int, _ column: Int32) throws -> String? {
      if result.isNull(row, column) { return nil }
      switch result.type(column) {
      case 2950: return try result.identity(row, column).streamText
      case 20, 21, 23: return String(try result.number(row, column))
      default: return result.text(row, column)
      }
    }

    /// The bytes of JSON, whatever type its column has; `jsonb` comes with a version number before it.
    private static func bytes(_ result: BinaryResult, _ row: Int, _ column: Int32) throws -> [UInt8]? {
      if result.isNull(row, column) { return nil }
      let bytes = result.bytes(row, column)
      return result.type(column) == 3802 ? Array(bytes.dropFirst()) : Array(bytes)
    }
  }
#endif
