import EventSourcing
import EventSourcingPostgreSQL
import EventSourcingSQLite
import RawStores

/// The stores on both sides: ours, and a plain loop over the C library.
struct Sides: Sendable {
  var name: String
  var store: any EventStore & BulkAppending
  /// Appends batches for some seconds; events a second.
  var append: @Sendable (_ batch: Int, _ payload: [UInt8], _ seconds: Double) -> Double
  /// Reads the first events of all, and decodes them or not; events a second.
  var read: @Sendable (_ limit: Int, _ decodes: Bool) -> Double
  /// Reads the events of a stream and decodes them; events a second.
  var load: @Sendable (_ stream: String) -> Double

  /// Opens the stores of an address, `sqlite:FILE` or what libpq takes.
  static func open(_ address: String) async throws -> Sides {
    if address.hasPrefix("sqlite:") { return try await sqlite(String(address.dropFirst("sqlite:".count))) }
    return try await postgreSQL(address)
  }

  private static func sqlite(_ path: String) async throws -> Sides {
    Sides(name: "SQLite", store: try await SQLiteEventStore(path)) { batch, payload, seconds in
      rate { taken in
        withText(payload) { raw_sqlite_append(path, Int32(batch), $0, $1, seconds, &taken) }
      }
    } read: { limit, decodes in
      rate { raw_sqlite_read(path, Int64(limit), decodes ? decode : nil, &$0) }
    } load: { stream in
      rate { raw_sqlite_load(path, stream, decode, &$0) }
    }
  }

  private static func postgreSQL(_ address: String) async throws -> Sides {
    let store = try await PostgreSQLEventStore(PostgreSQLConfiguration(address, schema: "benchmark"))
    let schema = store.configuration.schema
    return Sides(name: "PostgreSQL", store: store) { batch, payload, seconds in
      rate { taken in
        withText(payload) { raw_postgresql_append(address, schema, Int32(batch), $0, $1, seconds, &taken) }
      }
    } read: { limit, decodes in
      rate { raw_postgresql_read(address, schema, Int64(limit), decodes ? decode : nil, &$0) }
    } load: { stream in
      rate { raw_postgresql_load(address, schema, stream, decode, &$0) }
    }
  }

  private static func rate(_ body: (inout Double) -> Int64) -> Double {
    var seconds = 0.0
    let count = body(&seconds)
    return count < 0 ? .nan : Double(count) / seconds
  }

  private static func withText<Value>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>?, Int32) -> Value) -> Value {
    bytes.withUnsafeBytes { body($0.bindMemory(to: CChar.self).baseAddress, Int32($0.count)) }
  }
}

private let messages = MessageCodec<Basket.Event>()

/// Decodes a payload that the plain loop has read.
private let decode: @convention(c) (UnsafePointer<CChar>?, Int32) -> Void = { bytes, count in
  let payload = Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  if case .record(let record)? = try? JSONText.read(payload) { _ = try? messages.decode(caseIndex: 0, record) }
}
