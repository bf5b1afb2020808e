import EventSourcing
import Foundation

/// Measures a store beside a plain loop over its C library, and beside figures of the Python package.
@main
struct StoreBenchmark {
  static let usage = """
    usage: store-benchmark sqlite:FILE | postgres://… MEASURE [SECONDS] [FILE WITH THE PEER'S FIGURES]
      append        one caller and 64 callers, one event an append
      profile       the store's side of it alone, for a profiler; the number of callers may stand behind the seconds
      read          a stream is loaded, all events are read
      fill COUNT    appends events until so many are there
      tail COUNT    follows so many events and prints the memory in use
    """

  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else { return print(usage) }
    let sides = try await Sides.open(arguments[0])
    let number = arguments.count > 2 ? Double(arguments[2]) : nil
    let measure = arguments[1]
    let peerFile = arguments.count > 3 && measure != "profile" ? arguments[3] : nil
    let comparison = try Comparison(peerFile: peerFile)
    switch measure {
    case "append": try await append(sides, seconds: number ?? 3, comparison)
    case "profile":
      let json = try Basket.codec.json(Basket.event().payload)
      for callers in arguments.count > 3 ? [Int(arguments[3]) ?? 1] : [1, 64] {
        let rate = try await Work.append(
          to: sides.store, callers: callers, seconds: number ?? 10, Work.readyEvents(json))
        print("\(callers) at once: \(Int(rate))")
      }
    case "read": try await read(sides, comparison)
    case "fill": try await Work.fill(sides.store, upTo: Int(number ?? 0))
    case "tail": try await Work.tail(sides.store, count: Int(number ?? 0))
    default: print(usage)
    }
  }

  static func append(_ sides: Sides, seconds: Double, _ comparison: Comparison) async throws {
    let json = try Basket.codec.json(Basket.event().payload)
    // The plain loop binds a payload that is ready, and so does the store here; events are encoded beside the peer.
    for (callers, key) in [(1, "append-1"), (64, "append-64")] {
      let title = "\(sides.name): append, \(callers) at once"
      try await comparison.plain(title, bar: 80) {
        sides.append(callers, json, seconds)
      } ours: {
        try await Work.append(to: sides.store, callers: callers, seconds: seconds, Work.readyEvents(json))
      }
      try await comparison.peer(key, title) {
        try await Work.append(to: sides.store, callers: callers, seconds: seconds) { Work.typedEvents() }
      }
    }
  }

  static func read(_ sides: Sides, _ comparison: Comparison) async throws {
    let limit = 200_000
    try await Work.fill(sides.store, upTo: limit)
    let id = UUID()
    let events = try (1...20_000).map { version in
      EventEnvelope(try Basket.event(), stream: Basket.stream(of: id), version: version, position: .start)
    }
    try await sides.store.appendAll(events)
    let load = "\(sides.name): load 20,000 events, decoded"
    try await comparison.plain(load, bar: 50) {
      sides.load(Basket.stream(of: id).text)
    } ours: {
      try await Work.load(id, from: sides.store)
    }
    try await comparison.peer("load", load) { try await Work.load(id, from: sides.store) }
    let all = "\(sides.name): read all, decoded"
    try await comparison.plain(all, bar: 50) {
      sides.read(limit, true)
    } ours: {
      try await Work.read(from: sides.store, limit: limit, decodes: true)
    }
    try await comparison.peer("read", all) { try await Work.read(from: sides.store, limit: limit, decodes: true) }
    try await comparison.plain("\(sides.name): read all, payloads as bytes", bar: nil) {
      sides.read(limit, false)
    } ours: {
      try await Work.read(from: sides.store, limit: limit, decodes: false)
    }
  }
}
