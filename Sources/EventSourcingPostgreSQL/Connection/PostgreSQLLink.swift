#if PostgreSQL
  internal import EventSourcing

  /// A connection that is made when it is needed, and again after it broke; used by one thread.
  final class PostgreSQLLink {
    private let configuration: PostgreSQLConfiguration
    private var connection: PostgreSQLConnection?
    private var hasChecked = false

    /// Makes a link; it does not connect yet.
    init(_ configuration: PostgreSQLConfiguration) { self.configuration = configuration }

    /// Whether there is a connection of which no fault is known.
    var isConnected: Bool { connection.map { !$0.isBroken } ?? false }

    /// Uses the connection.
    ///
    /// - Parameter body: What to do with it.
    /// - Throws: ``PostgreSQLFailure``, or what the body throws.
    func withConnection<Value>(_ body: (PostgreSQLConnection) throws -> Value) throws -> Value {
      if connection?.isBroken == true { connection = nil }
      let connection = try self.connection ?? connect()
      do {
        return try body(connection)
      } catch {
        if connection.isBroken { self.connection = nil }
        throw error
      }
    }

    /// Uses the connection for reading: tries again after it broke, as long as the configuration's patience lasts.
    func reading<Value>(_ action: String, _ body: (PostgreSQLConnection) throws -> Value) throws -> Value {
      let deadline = monotonicSeconds() + configuration.patience.inSeconds
      var pause = 0.01
      while true {
        do {
          return try withConnection(body)
        } catch let failure as PostgreSQLFailure {
          guard failure.breaksConnection || failure.isTransient, monotonicSeconds() + pause < deadline else {
            throw failure.error(doing: action)
          }
          blockThread(seconds: pause)
          pause = min(pause * 2, 0.5)
        }
      }
    }

    private func connect() throws -> PostgreSQLConnection {
      let connection = try PostgreSQLConnection(configuration)
      if !hasChecked {
        try SchemaMigrations(names: SchemaNames(configuration.schema), shard: configuration.shard)
          .run(on: connection, isReadOnly: configuration.isReadOnly)
        hasChecked = true
      }
      self.connection = connection
      return connection
    }
  }
#endif
