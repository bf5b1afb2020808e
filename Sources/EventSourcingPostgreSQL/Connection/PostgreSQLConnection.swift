#if PostgreSQL
  internal import CPostgreSQL
  internal import EventSourcing

  #if canImport(Darwin)
    internal import Darwin
  #elseif canImport(Glibc)
    internal import Glibc
  #elseif canImport(Musl)
    internal import Musl
  #endif

  /// A statement by the name under which a connection prepares it.
  struct Statement: Sendable {
    var name: String
    var sql: String
  }

  /// One connection to the server, used by one thread.
  ///
  /// Calls block their thread, and no longer than the time-out of a statement and a little more, whatever the network
  /// does: the socket is non-blocking and waited for with `poll`.
  final class PostgreSQLConnection {
    private let connection: OpaquePointer
    private let secrets: [String]
    private let answerTimeout: Double
    private var prepared: Set<String> = []
    private(set) var isBroken = false

    /// Connects, and sets up the session.
    ///
    /// - Throws: ``PostgreSQLFailure``.
    init(_ configuration: PostgreSQLConfiguration) throws {
      secrets = ConnectionAddress.secrets(of: configuration.address)
      answerTimeout = configuration.statementTimeout.inSeconds + 5
      connection = try Self.connect(configuration, secrets)
      PQsetnonblocking(connection, 1)
      PQsetNoticeProcessor(connection, { _, _ in }, nil)
      try setUp(configuration)
    }

    deinit { if isOpen { PQfinish(connection) } }

    private var isOpen = true

    /// Ends the connection.
    func close() {
      guard isOpen else { return }
      isOpen = false
      isBroken = true
      PQfinish(connection)
    }

    /// The socket, for waiting for signals.
    var socket: Int32 { PQsocket(connection) }

    /// Runs a statement, preparing it first where this connection has not yet.
    ///
    /// - Parameters:
    ///   - statement: The statement.
    ///   - parameters: Its parameters.
    ///   - meanwhile: What is done once it has been sent, while the server works; not where it could not be sent.
    /// - Throws: ``PostgreSQLFailure``.
    @discardableResult
    func execute(
      _ statement: Statement, _ parameters: BinaryParameters = BinaryParameters(), meanwhile: () -> Void = {}
    ) throws -> BinaryResult {
      try prepare(statement)
      do {
        return try send(statement, parameters, meanwhile: meanwhile)
      } catch PostgreSQLFailure.statement(let state, _) where state == "26000" || state == "0A000" {
        // A pooler gave us another session, or the tables changed: the statement has not run.
        prepared.removeAll()
        try? command("deallocate all")
        try prepare(statement)
        return try send(statement, parameters)
      }
    }

    /// Runs a command without parameters or rows.
    func command(_ sql: String) throws {
      try start { PQsendQuery(connection, sql) }
      _ = try answer()
    }

    /// Runs a body in a transaction, and rolls it back where the body throws.
    func transaction<Value>(_ begin: String = "begin", _ body: () throws -> Value) throws -> Value {
      try command(begin)
      do {
        let value = try body()
        try command("commit")
        return value
      } catch {
        if !isBroken { try? command("rollback") }
        throw error
      }
    }

    /// Takes the notifications that have arrived.
    ///
    /// - Returns: Whether there were any.
    func takeNotifications() throws -> Bool {
      guard PQconsumeInput(connection) == 1 else { throw broken() }
      var found = false
      while let notification = PQnotifies(connection) {
        found = true
        PQfreemem(notification)
      }
      return found
    }

    /// Sends rows to a `copy … from stdin (format binary)` that has been started.
    func copyIn(_ sql: String, _ nextChunk: () throws -> [UInt8]?) throws {
      try start { PQsendQuery(connection, sql) }
      let deadline = monotonicSeconds() + answerTimeout
      while PQisBusy(connection) == 1 { try awaitInput(until: deadline) }
      guard let first = PQgetResult(connection) else { throw broken() }
      defer { PQclear(first) }
      guard PQresultStatus(first) == PGRES_COPY_IN else { throw failure(of: first) }
      do {
        while let chunk = try nextChunk() {
          let sent = chunk.withUnsafeBytes { bytes -> Int32 in
            var status: Int32 = 0
            repeat {
              status = PQputCopyData(
                connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(clamping: bytes.count))
              if status == 0 { waitForSocket(reading: false, seconds: 1) }
            } while status == 0
            return status
          }
          guard sent == 1 else { throw broken() }
        }
      } catch {
        PQputCopyEnd(connection, "stopped")
        _ = try? answer()
        throw error
      }
      guard PQputCopyEnd(connection, nil) == 1 else { throw broken() }
      try flush(until: monotonicSeconds() + answerTimeout)
      _ = try answer()
    }

    /// Waits until the socket can be read, or the time is over.
    @discardableResult
    func waitForSocket(reading: Bool, seconds: Double) -> Bool {
      var descriptor = pollfd(fd: PQsocket(connection), events: Int16(reading ? POLLIN : POLLIN | POLLOUT), revents: 0)
      return poll(&descriptor, 1, Int32(clamping: Int((seconds * 1000).rounded(.up)))) > 0
    }

    private func prepare(_ statement: Statement) throws {
      guard !prepared.contains(statement.name) else { return }
      try start { PQsendPrepare(connection, statement.name, statement.sql, 0, nil) }
      _ = try answer()
      prepared.insert(statement.name)
    }

    private func send(
      _ statement: Statement, _ parameters: BinaryParameters, meanwhile: () -> Void = {}
    ) throws -> BinaryResult {
      try start {
        parameters.bytes.withUnsafeBytes { bytes in
          let values = parameters.ranges.map { range -> UnsafePointer<CChar>? in
            guard let range else { return nil }
            // An empty value needs a pointer that is not null.
            guard let base = bytes.baseAddress else { return Self.nothing }
            return (base + range.lowerBound).assumingMemoryBound(to: CChar.self)
          }
          let lengths = parameters.ranges.map { Int32(clamping: $0?.count ?? 0) }
          let formats = [Int32](repeating: 1, count: values.count)
          return PQsendQueryPrepared(
            connection, statement.name, Int32(values.count), values, lengths, formats, 1)
        }
      }
      return try answer(meanwhile: meanwhile)
    }

    // Safe to share unchecked: one byte that stays as long as the program runs and that nobody writes.
    nonisolated(unsafe) private static let nothing: UnsafePointer<CChar> = {
      let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
      pointer.initialize(to: 0)
      return UnsafePointer(pointer)
    }()

    private func start(_ send: () -> Int32) throws {
      guard !isBroken else { throw PostgreSQLFailure.disconnected("it was broken before") }
      guard send() == 1 else { throw broken() }
    }

    private func flush(until deadline: Double) throws {
      while true {
        switch PQflush(connection) {
        case 0: return
        case 1:
          guard waitForSocket(reading: false, seconds: deadline - monotonicSeconds()) else { throw silent() }
          // What the server sends meanwhile must be read, or both sides wait for each other.
          guard PQconsumeInput(connection) == 1 else { throw broken() }
        default: throw broken()
        }
      }
    }

    private func awaitInput(until deadline: Double) throws {
      let seconds = deadline - monotonicSeconds()
      guard seconds > 0 else { throw silent() }
      if waitForSocket(reading: true, seconds: seconds) {
        guard PQconsumeInput(connection) == 1 else { throw broken() }
      }
    }

    private func answer(meanwhile: () -> Void = {}) throws -> BinaryResult {
      let deadline = monotonicSeconds() + answerTimeout
      try flush(until: deadline)
      meanwhile()
      var last: BinaryResult?
      var failed: PostgreSQLFailure?
      while true {
        while PQisBusy(connection) == 1 { try awaitInput(until: deadline) }
        guard let result = PQgetResult(connection) else { break }
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: last = BinaryResult(result)
        default:
          failed = failed ?? failure(of: result)
          PQclear(result)
        }
        if PQstatus(connection) == CONNECTION_BAD { break }
      }
      if let failed {
        if failed.breaksConnection { isBroken = true }
        throw failed
      }
      guard PQstatus(connection) == CONNECTION_OK, let last else { throw broken() }
      return last
    }

    private func failure(of result: OpaquePointer) -> PostgreSQLFailure {
      guard let state = PQresultErrorField(result, Int32(UInt8(ascii: "C"))) else {
        return .disconnected(clean(PQresultErrorMessage(result)))
      }
      let primary = PQresultErrorField(result, Int32(UInt8(ascii: "M")))
      return .statement(state: String(cString: state), message: clean(primary))
    }

    private func broken() -> PostgreSQLFailure {
      isBroken = true
      return .disconnected(clean(PQerrorMessage(connection)))
    }

    private func silent() -> PostgreSQLFailure {
      isBroken = true
      return .disconnected("no answer came within \(Int(answerTimeout)) s")
    }

    private func clean(_ message: UnsafePointer<CChar>?) -> String {
      Self.clean(message.map { String(cString: $0) } ?? "", secrets)
    }

    static func clean(_ message: String, _ secrets: [String]) -> String {
      var text = secrets.reduce(message) { ConnectionAddress.replacing($1, in: $0) }
      while let last = text.last, last.isWhitespace { text.removeLast() }
      return text.isEmpty ? "no reason is given" : lines(of: text).joined(separator: "; ")
    }

    /// The lines of a message; what it indents with tabs stands behind a blank.
    private static func lines(of text: String) -> [String] {
      text.split(separator: "\n").map { line in
        String(line.drop { $0 == "\t" || $0 == " " }.map { $0 == "\t" ? " " : $0 })
      }
    }

    private static func connect(_ configuration: PostgreSQLConfiguration, _ secrets: [String]) throws -> OpaquePointer {
      var settings: [(String, String)] = [
        ("fallback_application_name", "eventsourcing"), ("client_encoding", "UTF8"),
      ]
      if getenv("PGCONNECT_TIMEOUT") == nil {
        settings.append(("connect_timeout", String(max(2, Int(configuration.connectTimeout.inSeconds.rounded(.up))))))
      }
      // The address comes last: what it says wins.
      settings.append(("dbname", configuration.address))
      if configuration.address.isEmpty { settings.removeLast() }
      var keywords: [UnsafePointer<CChar>?] = settings.map { UnsafePointer(strdup($0.0)) } + [nil]
      var values: [UnsafePointer<CChar>?] = settings.map { UnsafePointer(strdup($0.1)) } + [nil]
      defer {
        for pointer in keywords + values { free(UnsafeMutablePointer(mutating: pointer)) }
        keywords.removeAll()
        values.removeAll()
      }
      var isSecondTry = false
      while true {
        guard let connection = PQconnectdbParams(keywords, values, 1) else {
          throw PostgreSQLFailure.unreachable("there is no memory for a connection")
        }
        if PQstatus(connection) == CONNECTION_OK { return connection }
        defer { PQfinish(connection) }
        let message = clean(PQerrorMessage(connection).map { String(cString: $0) } ?? "", secrets)
        // The server's messages may be in any language, so that only a second look tells a refusal from an outage.
        let isFull = message.contains("too many") || message.contains("remaining connection slots")
        switch PQpingParams(keywords, values, 1) {
        case PQPING_OK where isFull: throw PostgreSQLFailure.unreachable(message)
        case PQPING_OK:
          // It may have come up between the two looks.
          guard !isSecondTry else { throw PostgreSQLFailure.refused(message) }
          isSecondTry = true
        case PQPING_NO_ATTEMPT: throw PostgreSQLFailure.refused(withoutQuotations(message))
        default: throw PostgreSQLFailure.unreachable(message)
        }
      }
    }

    /// What libpq quotes of an address that it cannot read might be part of a password.
    private static func withoutQuotations(_ message: String) -> String {
      message.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "…" }.joined()
    }

    private func setUp(_ configuration: PostgreSQLConfiguration) throws {
      var settings = [
        ("statement_timeout", String(configuration.statementTimeout.inMilliseconds)),
        ("lock_timeout", String(configuration.lockTimeout.inMilliseconds)),
        ("default_transaction_isolation", "read committed"), ("timezone", "UTC"),
      ]
      if !configuration.awaitsDisk { settings.append(("synchronous_commit", "off")) }
      if configuration.isReadOnly { settings.append(("default_transaction_read_only", "on")) }
      var sql = "select set_config($1::text, $2::text, false)"
      var parameters = BinaryParameters()
      for (index, setting) in settings.enumerated() {
        parameters.add(setting.0)
        parameters.add(setting.1)
        if index > 0 { sql += ", set_config($\(index * 2 + 1)::text, $\(index * 2 + 2)::text, false)" }
      }
      if configuration.awaitsDisk {
        // An acknowledged event must outlive a crash, whatever the database's own default is.
        sql += """
          , case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', false) end
          """
      }
      try execute(Statement(name: "", sql: sql), parameters)
      prepared.remove("")
      try setUpPlanning()
    }

    /// Has plans made once, in a way that uses a fresh table's indexes though there are no statistics of it yet.
    private func setUpPlanning() throws {
      let settings = [
        "plan_cache_mode = force_generic_plan", "jit = off", "enable_seqscan = off", "enable_nestloop = off",
      ]
      do {
        try command(settings.map { "set \($0)" }.joined(separator: "; "))
      } catch PostgreSQLFailure.statement where !isBroken {
        // Older servers and others that speak the protocol plan in their own way.
      }
    }
  }
#endif
