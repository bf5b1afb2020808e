#if PostgreSQL
  internal import EventSourcing

  /// A store in a schema of its own beside others in a database, which goes when it is done with.
  public struct PostgreSQLScratchStore: Sendable {
    /// The store.
    public let store: PostgreSQLEventStore
    /// The same store over a second connection.
    public let otherConnection: PostgreSQLEventStore

    /// Makes a schema with a name that nobody else has.
    ///
    /// - Parameter configuration: The database, and how it is used.
    /// - Throws: What ``PostgreSQLEventStore/init(_:)`` throws.
    public init(in configuration: PostgreSQLConfiguration) async throws {
      var own = configuration
      own.schema = "scratch_" + UUID().uuidString.lowercased().filter { $0 != "-" }
      own.readers = 1
      own.sendsSignals = false
      own.awaitsDisk = false
      store = try await PostgreSQLEventStore(own)
      otherConnection = PostgreSQLEventStore(unopened: own)
    }

    /// Drops the schema.
    ///
    /// - Throws: ``EventStoreError`` where it cannot be dropped; it is left then.
    public func remove() async throws {
      otherConnection.close()
      let schema = store.statements.names.schema
      try await store.read("the schema of a scratch store was not removed") { connection in
        try connection.command("drop schema if exists \(schema) cascade")
      }
      store.close()
    }
  }
#endif
