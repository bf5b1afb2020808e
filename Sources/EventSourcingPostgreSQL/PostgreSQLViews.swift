#if PostgreSQL
  public import EventSourcing

  extension PostgreSQLEventStore: ViewStore {
    /// Runs work on views' rows in one serializable transaction, and again where another one came in its way.
    public func withViewTransaction<Result: Sendable>(
      _ body: @escaping @Sendable (any ViewTransaction) throws -> Result
    ) async throws -> Result {
      try await inTransaction("views were not changed") { _, transaction in try body(transaction) }
    }

    /// Runs work in one serializable transaction, again where another one came in its way or the connection broke.
    ///
    /// - Parameters:
    ///   - action: What was not done where it does not work.
    ///   - body: The work, which has to bear running again when it has been done already.
    func inTransaction<Result: Sendable>(
      _ action: String, _ body: @escaping @Sendable (PostgreSQLConnection, PostgreSQLViewTransaction) throws -> Result
    ) async throws -> Result {
      let configuration = configuration
      let names = statements.names
      return try await readers.run { link in
        let current = link ?? PostgreSQLLink(configuration)
        link = current
        return try Self.repeating(action, on: current, configuration, names, body)
      }
    }

    private static func repeating<Result>(
      _ action: String, on link: PostgreSQLLink, _ configuration: PostgreSQLConfiguration, _ names: SchemaNames,
      _ body: (PostgreSQLConnection, PostgreSQLViewTransaction) throws -> Result
    ) throws -> Result {
      let deadline = monotonicSeconds() + configuration.patience.inSeconds
      // A standby knows no serializable transactions, and one that only reads needs none.
      let begin =
        configuration.isReadOnly
        ? "begin isolation level repeatable read, read only" : "begin isolation level serializable"
      var attempts = 0
      while true {
        attempts += 1
        var inTransaction: PostgreSQLFailure?
        do {
          return try link.withConnection { connection in
            try connection.transaction(begin) {
              let transaction = PostgreSQLViewTransaction(connection, names)
              defer { inTransaction = transaction.failure }
              let result = try body(connection, transaction)
              try transaction.flush()
              return result
            }
          }
        } catch {
          // The work may have put the store's failure into an error of its own.
          guard let failure = inTransaction ?? error as? PostgreSQLFailure else { throw error }
          let mayRepeat = failure.isTransient || failure.isUniqueViolation || failure.breaksConnection
          guard mayRepeat, monotonicSeconds() < deadline else {
            throw error is PostgreSQLFailure ? failure.error(doing: action) : error
          }
          blockThread(
            seconds: failure.breaksConnection ? 0.1 : 0.001 * Double(min(attempts, 50)) * .random(in: 0.5...1.5))
        }
      }
    }
  }

  /// A transaction over views' rows.
  ///
  /// What is written is kept back until it is read or the transaction ends, so that many rows go in one statement.
  final class PostgreSQLViewTransaction: ViewTransaction {
    private let connection: PostgreSQLConnection
    private let names: SchemaNames
    // Keyed by the ids' bytes: texts that look the same are not the same id.
    private var pending: [ViewGeneration.ID: [[UInt8]: StoredRow?]] = [:]
    /// What went wrong, however the work reported it.
    private(set) var failure: PostgreSQLFailure?

    init(_ connection: PostgreSQLConnection, _ names: SchemaNames) {
      self.connection = connection
      self.names = names
    }

    func generations(of view: String) throws -> [ViewGeneration] {
      var parameters = BinaryParameters()
      parameters.add(StoredName.write(view))
      let result = try run(
        "view_generations",
        "select number, form_version, checkpoint, is_active from \(names.views) where view = $1::text",
        parameters)
      return try noting {
        try (0..<result.count).map { row in
          guard let checkpoint = Checkpoint(result.text(row, 2)) else {
            throw PostgreSQLFailure.store(
              EventStoreError(.corrupt, "the checkpoint of view '\(view)' does not read: '\(result.text(row, 2))'"))
          }
          return ViewGeneration(
            id: .init(view: view, number: try result.integer(row, 0)), formVersion: try result.integer(row, 1),
            checkpoint: checkpoint, isActive: result.bytes(row, 3).first == 1)
        }
      }
    }

    func save(_ generation: ViewGeneration) throws {
      var parameters = parameters(generation.id)
      parameters.add(generation.formVersion)
      parameters.add(generation.checkpoint.description)
      parameters.add(generation.isActive)
      _ = try run(
        "save_generation",
        """
        insert into \(names.views) (view, number, form_version, checkpoint, is_active)
        values ($1::text, $2::bigint, $3::bigint, $4::text, $5::boolean)
        on conflict (view, number) do update set form_version = excluded.form_version, checkpoint = excluded.checkpoint,
          is_active = excluded.is_active, updated_at = now()
        """, parameters)
    }

    func remove(_ generation: ViewGeneration.ID) throws {
      pending[generation] = nil
      _ = try run(
        "remove_generation_rows", "delete from \(names.viewRows) where view = $1::text and number = $2::bigint",
        parameters(generation))
      _ = try run(
        "remove_generation", "delete from \(names.views) where view = $1::text and number = $2::bigint",
        parameters(generation))
    }

    func row(_ id: String, in generation: ViewGeneration.ID) throws -> StoredRow? {
      if let row = pending[generation]?[Array(id.utf8)] { return row }
      var parameters = parameters(generation)
      parameters.add(StoredName.write(id))
      return rows(
        try run("view_row", select + " and id = $3::text", parameters)
      ).first
    }

    func rows(key: String, in generation: ViewGeneration.ID) throws -> [StoredRow] {
      try flush()
      var parameters = parameters(generation)
      parameters.add(StoredName.write(key))
      return rows(try run("view_rows_of_key", select + " and key = $3::text order by id", parameters))
    }

    func rows(in generation: ViewGeneration.ID, after id: String?, limit: Int) throws -> [StoredRow] {
      try flush()
      var parameters = parameters(generation)
      parameters.add(id.map(StoredName.write) ?? "")
      parameters.add(max(limit, 0))
      parameters.add(id == nil)
      return rows(
        try run(
          "view_rows", select + " and (id > $3::text or $5::boolean) order by id limit $4::bigint", parameters))
    }

    func put(_ row: StoredRow, in generation: ViewGeneration.ID) throws {
      pending[generation, default: [:]][Array(row.id.utf8)] = .some(row)
    }

    func removeRow(_ id: String, in generation: ViewGeneration.ID) throws {
      pending[generation, default: [:]][Array(id.utf8)] = .some(nil)
    }

    /// Writes what has been kept back.
    func flush() throws {
      for (generation, rows) in pending {
        let written = rows.values.compactMap { $0 }.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        let removed = rows.filter { $0.value == nil }.map { StoredName.write(String(decoding: $0.key, as: UTF8.self)) }
          .sorted()
        if !removed.isEmpty {
          var parameters = parameters(generation)
          parameters.addTexts(removed)
          _ = try run(
            "remove_view_rows",
            "delete from \(names.viewRows) where view = $1::text and number = $2::bigint and id = any($3::text[])",
            parameters)
        }
        if !written.isEmpty {
          var parameters = parameters(generation)
          parameters.addTexts(written.map { StoredName.write($0.id) })
          parameters.addTexts(written.map { StoredName.write($0.key) })
          parameters.addBytes(written.map(\.content))
          _ = try run(
            "put_view_rows",
            """
            insert into \(names.viewRows) (view, number, id, key, content)
            select $1::text, $2::bigint, r.id, r.key, r.content
            from unnest($3::text[], $4::text[], $5::bytea[]) as r(id, key, content)
            on conflict (view, number, id) do update set key = excluded.key, content = excluded.content
            """, parameters)
        }
      }
      pending = [:]
    }

    private var select: String {
      "select id, key, content from \(names.viewRows) where view = $1::text and number = $2::bigint"
    }

    private func rows(_ result: BinaryResult) -> [StoredRow] {
      (0..<result.count).map { row in
        StoredRow(
          id: StoredName.read(result.text(row, 0)), key: StoredName.read(result.text(row, 1)),
          content: Array(result.bytes(row, 2)))
      }
    }

    private func parameters(_ generation: ViewGeneration.ID) -> BinaryParameters {
      var parameters = BinaryParameters()
      parameters.add(StoredName.write(generation.view))
      parameters.add(generation.number)
      return parameters
    }

    private func run(_ name: String, _ sql: String, _ parameters: BinaryParameters) throws -> BinaryResult {
      try noting { try connection.execute(Statement(name: name, sql: sql), parameters) }
    }

    private func noting<Value>(_ body: () throws -> Value) throws -> Value {
      do {
        return try body()
      } catch let failure as PostgreSQLFailure {
        self.failure = self.failure ?? failure
        throw failure.error(doing: "views were not changed")
      }
    }
  }
#endif
