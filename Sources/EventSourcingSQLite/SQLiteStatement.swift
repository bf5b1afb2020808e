#if SQLite
  internal import EventSourcing
  internal import GRDB
  internal import GRDBSQLite

  /// A prepared statement, bound and stepped through without detours.
  struct PreparedStatement {
    private let pointer: OpaquePointer
    private let database: Database

    /// Prepares a statement, or takes the one that the connection has prepared before.
    init(_ sql: String, on database: Database) throws {
      let statement = try database.cachedStatement(sql: sql)
      pointer = statement.sqliteStatement
      self.database = database
      sqlite3_reset(pointer)
    }

    func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(pointer, index, value) }
    func bind(_ index: Int32, _ value: Int) { sqlite3_bind_int64(pointer, index, Int64(value)) }

    func bind(_ index: Int32, _ value: String) {
      var value = value
      value.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { bytes in
          _ = sqlite3_bind_text(
            pointer, index, bytes.baseAddress ?? Self.nothing, Int32(clamping: bytes.count), Self.copied)
        }
      }
    }

    /// Binds bytes that are UTF-8 as a text.
    func bindText(_ index: Int32, _ value: [UInt8]) {
      value.withUnsafeBytes { bytes in
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) ?? Self.nothing
        _ = sqlite3_bind_text64(pointer, index, start, UInt64(bytes.count), Self.copied, UInt8(SQLITE_UTF8))
      }
    }

    func bind(_ index: Int32, _ value: UUID) {
      withUnsafeBytes(of: value.uuid) { bytes in
        _ = sqlite3_bind_blob(pointer, index, bytes.baseAddress, 16, Self.copied)
      }
    }

    func bind(_ index: Int32, _ value: [UInt8]) {
      value.withUnsafeBytes { bytes in
        _ = sqlite3_bind_blob64(
          pointer, index, bytes.baseAddress ?? UnsafeRawPointer(Self.nothing), UInt64(bytes.count), Self.copied)
      }
    }

    /// Steps to the next row.
    ///
    /// - Returns: Whether there is one; where there is none, the statement can be bound anew.
    func step() throws -> Bool {
      switch sqlite3_step(pointer) {
      case SQLITE_ROW: return true
      case SQLITE_DONE:
        sqlite3_reset(pointer)
        return false
      default:
        let code = sqlite3_extended_errcode(database.sqliteConnection)
        let message = sqlite3_errmsg(database.sqliteConnection).map { String(cString: $0) }
        sqlite3_reset(pointer)
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
      }
    }

    /// Runs a statement that gives no rows.
    func run() throws { while try step() {} }

    func reset() { sqlite3_reset(pointer) }

    /// How many rows the connection's last statement changed.
    var changedRows: Int { Int(sqlite3_changes(database.sqliteConnection)) }
    /// The number of the row that the connection inserted last.
    var lastInsertedNumber: Int64 { sqlite3_last_insert_rowid(database.sqliteConnection) }

    func number(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }
    func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(pointer, column)) }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

    /// The bytes of a text; they live until the next step.
    func text(_ column: Int32) -> UnsafeRawBufferPointer {
      let start = sqlite3_column_text(pointer, column)
      return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(pointer, column)))
    }

    /// The bytes of a blob; they live until the next step.
    func blob(_ column: Int32) -> UnsafeRawBufferPointer {
      let start = sqlite3_column_blob(pointer, column)
      return UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(pointer, column)))
    }

    func string(_ column: Int32) -> String { String(decoding: text(column), as: UTF8.self) }

    // Safe to share unchecked: no function but a mark that SQLite knows, SQLITE_TRANSIENT.
    nonisolated(unsafe) private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    // Safe to share unchecked: one byte that stays as long as the program runs and that nobody writes.
    nonisolated(unsafe) private static let nothing: UnsafePointer<CChar> = {
      let pointer = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
      pointer.initialize(to: 0)
      return UnsafePointer(pointer)
    }()
  }
#endif
