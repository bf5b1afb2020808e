#if PostgreSQL
  import DurableStoreChecks
  import EventSourcing

  @testable import EventSourcingPostgreSQL

  /// A store as it is often written, with positions from a sequence: it shows that the check of tailing can fail.
  final class SequenceStore: EventStore {
    private let workers = WorkerPool<PostgreSQLConnection>(size: 1)
    private let configuration: PostgreSQLConfiguration
    private let table: String

    init(_ server: PostgreSQLServer, schema: String) throws {
      configuration = server.configuration(schema: schema)
      table = "\(schema)_naive"
      try administer(
        server,
        "create table if not exists \(table) (position bigserial primary key, stream text, version bigint, id uuid)")
    }

    deinit { workers.shutDown() }

    var capabilities: EventStoreCapabilities { [] }

    func append(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) async throws -> AppendResult {
      let table = table
      return try await run { connection in
        try connection.transaction {
          for event in events {
            var parameters = BinaryParameters()
            parameters.add(stream.text)
            parameters.addIdentities([event.id])
            try connection.execute(
              Statement(
                name: "naive",
                sql: "insert into \(table) (stream, version, id) values ($1::text, 0, ($2::uuid[])[1])"), parameters)
          }
        }
        return AppendResult(version: 0, position: .start)
      }
    }

    func readAll(after checkpoint: Checkpoint, limit: Int) async throws -> [EventEnvelope] {
      let table = table
      return try await run { connection in
        var parameters = BinaryParameters()
        parameters.add(Int64(clamping: checkpoint.number))
        parameters.add(limit)
        let result = try connection.execute(
          Statement(
            name: "naive_read",
            sql: "select position, id from \(table) where position > $1::bigint order by position limit $2::bigint"),
          parameters)
        return try (0..<result.count).map { row in
          EventEnvelope(
            NewEvent(id: try result.identity(row, 1), type: "", occurredAt: .now, payload: .json([])),
            stream: StreamName("naive"), version: 1, position: Checkpoint(UInt64(try result.number(row, 0))))
        }
      }
    }

    func readStream(_ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection) async throws
      -> [EventEnvelope]
    { [] }
    func version(of stream: StreamName) async throws -> Int { 0 }
    func streams(withPrefix prefix: String, after name: StreamName?, limit: Int) async throws -> [StreamSummary] { [] }
    func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws {}

    private func run<Value: Sendable>(
      _ body: @escaping @Sendable (PostgreSQLConnection) throws -> Value
    ) async throws -> Value {
      let configuration = configuration
      return try await workers.run { connection in
        let current = try connection ?? PostgreSQLConnection(configuration)
        connection = current
        return try body(current)
      }
    }
  }
#endif
