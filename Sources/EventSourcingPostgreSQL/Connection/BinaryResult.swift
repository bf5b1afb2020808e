#if PostgreSQL
  internal import CPostgreSQL
  internal import EventSourcing

  /// The rows that a statement answered, in PostgreSQL's binary format.
  final class BinaryResult {
    /// Microseconds from 1970 to 2000, where PostgreSQL's times begin.
    static let epoch: Int64 = 946_684_800_000_000

    private let result: OpaquePointer
    /// The number of rows.
    let count: Int

    /// Takes over a result of libpq.
    init(_ result: OpaquePointer) {
      self.result = result
      count = Int(PQntuples(result))
    }

    deinit { PQclear(result) }

    /// How many rows the statement changed.
    var changedRows: Int { PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0 }

    /// The type of a column, by its number in the server's catalogue.
    func type(_ column: Int32) -> UInt32 { PQftype(result, column) }

    func isNull(_ row: Int, _ column: Int32) -> Bool { PQgetisnull(result, Int32(row), column) == 1 }

    /// The bytes of a value; they live as long as the result does.
    func bytes(_ row: Int, _ column: Int32) -> UnsafeRawBufferPointer {
      guard let value = PQgetvalue(result, Int32(row), column) else {
        return UnsafeRawBufferPointer(start: nil, count: 0)
      }
      return UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result, Int32(row), column)))
    }

    /// A whole number of two, four or eight bytes.
    func number(_ row: Int, _ column: Int32) throws -> Int64 {
      let bytes = bytes(row, column)
      switch bytes.count {
      case 8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
      case 4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
      case 2: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
      default: throw PostgreSQLFailure.unexpected("column \(column) holds no number")
      }
    }

    func integer(_ row: Int, _ column: Int32) throws -> Int { Int(try number(row, column)) }

    func text(_ row: Int, _ column: Int32) -> String { String(decoding: bytes(row, column), as: UTF8.self) }

    func identity(_ row: Int, _ column: Int32) throws -> UUID {
      let bytes = bytes(row, column)
      guard bytes.count == 16 else { throw PostgreSQLFailure.unexpected("column \(column) holds no UUID") }
      return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
    }

    /// A time in microseconds since 1970.
    func time(_ row: Int, _ column: Int32) throws -> Int64 { try number(row, column) &+ Self.epoch }
  }
#endif
