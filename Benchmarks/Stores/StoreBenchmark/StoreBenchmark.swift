import EventSourcing
import EventSourcingPostgreSQL
import EventSourcingSQLite
import Foundation
import RawStores

/// What is appended and loaded.
struct Basket: Aggregate {
  enum Command: DomainMessage { case add(product: UUID, name: String, quantity: Int, price: Decimal, note: String) }
  enum Event: DomainMessage { case added(product: UUID, name: String, quantity: Int, price: Decimal, note: String) }

  var count = 0

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .add(let product, let name, let quantity, let price, let note):
      [.added(product: product, name: name, quantity: quantity, price: price, note: note)]
    }
  }

  mutating func apply(_ event: Event) {
    switch event {
    case .added(_, _, let quantity, _, _): count += quantity
    }
  }

  static let sample = Event.added(
    product: UUID(), name: "Kettle, brushed steel", quantity: 2, price: Decimal(2995) / 100,
    note: String(repeating: "x", count: 80))
}

/// The stores on both sides: ours, and a plain loop over the C library.
struct Sides: Sendable {
  var name: String
  var store: any EventStore
  var append: @Sendable (_ batch: Int, _ payload: [UInt8], _ seconds: Double) -> Double
  var read: @Sendable (_ decodes: Bool) -> Double
  var load: @Sendable (_ stream: String) -> Double
}

let codec = EventCodec<Basket>()
let plainCodec = MessageCodec<Basket.Event>()

/// Decodes a payload that the plain loop has read.
let decode: @convention(c) (UnsafePointer<CChar>?, Int32) -> Void = { bytes, count in
  let payload = Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  if case .record(let record)? = try? JSONText.read(payload) { _ = try? plainCodec.decode(caseIndex: 0, record) }
}

@main
struct StoreBenchmark {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let address = arguments.first else {
      print("usage: store-benchmark sqlite:FILE | postgres://… [SECONDS | ten-million]")
      return
    }
    let sides = try await sides(address)
    if arguments.dropFirst().first == "ten-million" { return try await readTenMillion(sides) }
    let seconds = arguments.dropFirst().first.flatMap { Double($0) } ?? 3
    print("\(sides.name), events a second, median of 5 rounds of \(seconds) s, both sides in turn")
    let payload = try codec.newEvent(Basket.sample, id: UUID(), occurredAt: .now, metadata: [:]).payload
    let json = try codec.json(payload)

    try await compare("append, one caller, one event each", rounds: 5) {
      sides.append(1, json, seconds)
    } ours: {
      try await append(sides.store, callers: 1, json: json, seconds: seconds)
    }
    try await compare("append, 64 callers, one event each", rounds: 5) {
      sides.append(64, json, seconds)
    } ours: {
      try await append(sides.store, callers: 64, json: json, seconds: seconds)
    }
    let stream = Basket.stream(of: UUID())
    for _ in 0..<20 {
      let events = try (0..<1000).map { _ in
        try codec.newEvent(Basket.sample, id: UUID(), occurredAt: .now, metadata: [:])
      }
      _ = try await sides.store.append(to: stream, events: events, expected: .any)
    }
    try await compare("load 20,000 events of a stream, decoded", rounds: 5) {
      sides.load(stream.text)
    } ours: {
      let start = ContinuousClock.now
      let loaded = try await Repository<Basket>(store: sides.store).load(
        Basket.ID(streamText: String(stream.id ?? "")) ?? UUID())
      return Double(loaded.version) / (ContinuousClock.now - start).seconds
    }
    try await compare("read all, decoded", rounds: 5) {
      sides.read(true)
    } ours: {
      try await readAll(sides.store, decodes: true)
    }
    try await compare("read all, payloads as bytes", rounds: 5) {
      sides.read(false)
    } ours: {
      try await readAll(sides.store, decodes: false)
    }
  }

  static func sides(_ address: String) async throws -> Sides {
    if address.hasPrefix("sqlite:") {
      let path = String(address.dropFirst("sqlite:".count))
      return Sides(name: "SQLite", store: try await SQLiteEventStore(path)) { batch, payload, seconds in
        var taken = 0.0
        let count = payload.withUnsafeBufferPointer { bytes in
          bytes.withMemoryRebound(to: CChar.self) {
            raw_sqlite_append(path, Int32(batch), $0.baseAddress, Int32($0.count), seconds, &taken)
          }
        }
        return Double(count) / taken
      } read: { decodes in
        var taken = 0.0
        return Double(raw_sqlite_read(path, decodes ? decode : nil, &taken)) / taken
      } load: { stream in
        var taken = 0.0
        return Double(raw_sqlite_load(path, stream, decode, &taken)) / taken
      }
    }
    let store = try await PostgreSQLEventStore(PostgreSQLConfiguration(address, schema: "benchmark"))
    let schema = store.configuration.schema
    return Sides(name: "PostgreSQL", store: store) { batch, payload, seconds in
      var taken = 0.0
      let count = payload.withUnsafeBufferPointer { bytes in
        bytes.withMemoryRebound(to: CChar.self) {
          raw_postgresql_append(address, schema, Int32(batch), $0.baseAddress, Int32($0.count), seconds, &taken)
        }
      }
      return Double(count) / taken
    } read: { decodes in
      var taken = 0.0
      return Double(raw_postgresql_read(address, schema, decodes ? decode : nil, &taken)) / taken
    } load: { stream in
      var taken = 0.0
      return Double(raw_postgresql_load(address, schema, stream, decode, &taken)) / taken
    }
  }

  static func append(_ store: any EventStore, callers: Int, json: [UInt8], seconds: Double) async throws -> Double {
    let start = ContinuousClock.now
    let end = start + .seconds(seconds)
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<callers {
        group.addTask {
          var count = 0
          while ContinuousClock.now < end {
            let event = NewEvent(id: UUID(), type: "Added", occurredAt: .now, payload: .json(json))
            _ = try await store.append(to: Basket.stream(of: UUID()), events: [event], expected: .noStream)
            count += 1
          }
          return count
        }
      }
      return try await group.reduce(0, +)
    }
    return Double(count) / (ContinuousClock.now - start).seconds
  }

  static func readAll(_ store: any EventStore, decodes: Bool) async throws -> Double {
    let start = ContinuousClock.now
    var count = 0
    var checkpoint = Checkpoint.start
    while true {
      let events = try await store.readAll(after: checkpoint, limit: 1000)
      guard let last = events.last else { break }
      if decodes { for event in events { _ = try codec.decode(event) } }
      count += events.count
      checkpoint = last.position
    }
    return Double(count) / (ContinuousClock.now - start).seconds
  }

  /// Reads ten million events, which must be there, and prints the memory in use on the way.
  static func readTenMillion(_ sides: Sides) async throws {
    var count = 0
    var checkpoint = Checkpoint.start
    let start = ContinuousClock.now
    while true {
      let events = try await sides.store.readAll(after: checkpoint, limit: 1000)
      guard let last = events.last else { break }
      count += events.count
      checkpoint = last.position
      if count % 1_000_000 == 0 { print("\(count) events, \(residentMegabytes()) MB resident") }
    }
    let seconds = (ContinuousClock.now - start).seconds
    print("\(count) events in \(Int(seconds)) s, \(Int(Double(count) / seconds)) a second")
  }

  static func residentMegabytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096 >> 20
  }

  nonisolated(nonsending) static func compare(
    _ title: String, rounds: Int, raw: @Sendable () -> Double, ours: @Sendable () async throws -> Double
  ) async throws {
    var (rawRates, ourRates): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      rawRates.append(raw())
      ourRates.append(try await ours())
    }
    let (rawRate, ourRate) = (rawRates.sorted()[rounds / 2], ourRates.sorted()[rounds / 2])
    print(
      "\(title.padding(toLength: 44, withPad: " ", startingAt: 0))  raw \(Int(rawRate))  ours \(Int(ourRate))  "
        + "\(Int((ourRate / rawRate * 100).rounded())) %")
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
