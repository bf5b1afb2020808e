#if PostgreSQL
  internal import EventSourcing

  /// Where a PostgreSQL store is and how it is used.
  ///
  /// What is not said here comes from libpq: `PGHOST`, `PGUSER`, `PGPASSWORD`, `PGSSLMODE`, the password file, the
  /// service file. Neither the description nor any error shows a password.
  public struct PostgreSQLConfiguration: Sendable {
    /// The address: a `postgres://` URL or libpq's `key=value` form; empty where the environment says it all.
    public var address: String
    /// The schema that holds the store's tables; several stores share a database by different schemas.
    public var schema: String
    /// Whether nothing may be written; the schema is not created either.
    public var isReadOnly: Bool
    /// How many connections read at the same time; appends have one more, and wake-up signals another.
    public var readers: Int
    /// How long one statement may take.
    public var statementTimeout: Duration
    /// How long a statement may wait for a lock.
    public var lockTimeout: Duration
    /// How long a connection may take to be made, unless the address or `PGCONNECT_TIMEOUT` says otherwise.
    public var connectTimeout: Duration
    /// How long a call goes on trying while the server cannot be reached.
    public var patience: Duration
    /// How often a subscription looks for events when no signal comes.
    public var pollInterval: Duration
    /// Whether other processes are told of appends by `NOTIFY`, a hint that spares their readers half a poll interval.
    public var sendsSignals: Bool
    /// The shard that this store reads and writes.
    public var shard: Int

    /// Whether a commit is awaited until it is on the disk; scratch stores need not.
    var awaitsDisk = true

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - address: A `postgres://` URL, where `schema=` may stand among the parameters, or libpq's `key=value` form.
    ///   - schema: The schema that holds the tables; by default what the address says, else `eventsourcing`.
    ///   - isReadOnly: Whether nothing may be written.
    ///   - readers: How many connections read at the same time.
    public init(_ address: String = "", schema: String? = nil, isReadOnly: Bool = false, readers: Int = 4) {
      let (address, addressSchema) = ConnectionAddress.separatingSchema(from: address)
      self.address = address
      self.schema = schema ?? addressSchema ?? "eventsourcing"
      self.isReadOnly = isReadOnly
      self.readers = readers
      statementTimeout = .seconds(30)
      lockTimeout = .seconds(10)
      connectTimeout = .seconds(10)
      patience = .seconds(10)
      pollInterval = .milliseconds(100)
      sendsSignals = true
      shard = 0
    }
  }

  extension PostgreSQLConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address without its password, and the schema.
    public var description: String { "\(ConnectionAddress.redacted(address)), schema \(schema)" }
    /// The same as ``description``.
    public var debugDescription: String { description }
    /// Shows no more than ``description``.
    public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
  }

  extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
    var inMilliseconds: Int { Int((inSeconds * 1000).rounded(.up)) }
  }
#endif
