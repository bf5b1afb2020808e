import EventSourcing
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// core-benchmark [PYTHON-APPEND PYTHON-REPLAY]: the bars of the event-sourcing core, in one run. The two numbers are
// events a second of the Python package, as `core.sh` measures them in the same run.

var report = Report()
let clock = Date(timeIntervalSince1970: 0)
let million = 1_000_000

/// The history of an account: opened, then nothing but deposits.
///
/// Of all histories this is the one that a bare loop is fastest with, which has no branch to guess: ratios to it are the
/// strictest that there are.
func events(_ count: Int) -> [Account.Event] {
  [.accountOpened(owner: "alice")]
    + (1..<count).map { .moneyDeposited(amount: $0 % 100, balance: $0) }
}

func newEvents(_ events: [Account.Event]) throws -> [NewEvent] {
  let codec = EventCodec<Account>()
  return try events.map { try codec.newEvent($0, id: Environment.system.newID(), occurredAt: clock, metadata: [:]) }
}

/// The bare loop: nothing but `apply` over values that lie in one array, compiled together with the aggregate.
@inline(never)
func replay(_ events: [Account.Event]) -> Account {
  var state = Account()
  for event in events { state.apply(event) }
  return state
}

// MARK: Replay

report.title("Replay of \(million) events of one stream, nanoseconds an event")
let id = UUID()
let stream = Account.stream(of: id)
let history = events(million)
let bare = await nanoseconds(per: million) { if replay(history).movements != million - 1 { exit(1) } }
report.line("a bare loop of apply over the values", bare.short)

let store = MemoryEventStore()
let stored = try newEvents(history)
for start in stride(from: 0, to: million, by: 1_000) {
  _ = try await store.append(to: stream, events: Array(stored[start..<(start + 1_000)]), expected: .exact(start))
}
let typed = try await nanoseconds(per: million) {
  if try await Repository<Account>(store: store).load(id).state.movements != million - 1 { exit(1) }
}
report.line("loaded as typed events", typed.short, bar: "\((typed / bare).short) of 3 times", holds: typed / bare <= 3)
let plain = PlainStore(base: store)
let enveloped = try await nanoseconds(per: million) {
  if try await Repository<Account>(store: plain).load(id).state.movements != million - 1 { exit(1) }
}
report.line(
  "loaded as envelopes", enveloped.short, bar: "\((enveloped / bare).short) of 25 times", holds: enveloped / bare <= 25)

// MARK: Append

report.title("Append of single events, nanoseconds an event")
let names = (0..<10_000).map { Account.stream(of: UUID(of: $0)) }
let sizes = [1_000, 10_000, 100_000, million]
for streams in [1, 10_000] {
  var costs: [Double] = []
  for size in sizes {
    let repeats = max(1, 100_000 / size)
    let cost = try await nanoseconds(per: size * repeats, runs: size == million ? 3 : 5) {
      for _ in 0..<repeats {
        let store = MemoryEventStore()
        for (number, event) in stored[..<size].enumerated() {
          let name = streams == 1 ? stream : names[number % streams]
          _ = try await store.append(to: name, events: [event], expected: .exact(number / streams))
        }
      }
    }
    costs.append(cost)
    report.line("\(size) events, \(streams == 1 ? "one stream" : "\(min(streams, size)) streams")", cost.short)
  }
  if let first = costs.first, let last = costs.last {
    report.line(
      "from the fewest to the most", "\((last / first).short) times", bar: "flat: 2", holds: last / first <= 2)
  }
}

// MARK: Snapshots

report.title("Load with a snapshot every 50 events, microseconds")
var loads: [Double] = []
for length in [120, 10_020, 100_020, 1_000_020] {
  let store = MemoryEventStore()
  let repository = Repository<Account>(store: store, snapshots: store)
  let all = try newEvents(events(length))
  let head = Array(all[..<(length - 20)])
  _ = try await store.append(to: stream, events: head, expected: .noStream)
  var account = LoadedAggregate<Account>(
    id: id, state: replay(Array(history.prefix(length - 70))), version: length - 70)
  account = try await repository.load(id)
  // The snapshot is that of the last multiple; twenty events lie behind it.
  try await store.save(
    Snapshot(
      stream: stream, version: account.version, aggregate: Account.name, stateVersion: 1,
      state: JSONText.write(try DynamicEncoder().encode(account.state))))
  _ = try await store.append(to: stream, events: Array(all.suffix(20)), expected: .exact(length - 20))
  let plain = Repository<Account>(store: PlainStore(base: store), snapshots: store)
  let cost = try await nanoseconds(per: 1_000) {
    for _ in 0..<1_000 { if try await plain.load(id).version != length { exit(1) } }
  }
  loads.append(cost)
  report.line("a stream of \(length) events", (cost / 1_000).short)
}
if let least = loads.min(), let most = loads.max() {
  report.line(
    "from the least to the most", "\((most / least).short) times", bar: "flat: 1.5", holds: most / least <= 1.5)
}

// MARK: Execute

report.title("Execute (load, decide, save) on streams of 20 events")
let filled = MemoryEventStore()
let twenty = events(20)
let ids = (0..<20_000).map { UUID(of: $0) }
for id in ids {
  _ = try await filled.append(to: Account.stream(of: id), events: try newEvents(twenty), expected: .noStream)
}
let accounts = Repository<Account>(store: filled)
let executing = try await nanoseconds(per: ids.count, runs: 3) {
  for id in ids { try await accounts.execute(.deposit(amount: 1), on: id) }
}
report.line(
  "commands a second", (1e9 / executing).short, bar: "100000", holds: 1e9 / executing >= 100_000)

// MARK: A store for each scenario

report.title("A store for one scenario, nanoseconds")
let few = Array(stored[..<3])
let making = await nanoseconds(per: 100_000) { for _ in 0..<100_000 { _ = MemoryEventStore() } }
report.line("made and thrown away", making.short, bar: "1000", holds: making < 1_000)
let using = try await nanoseconds(per: 100_000) {
  for _ in 0..<100_000 {
    let store = MemoryEventStore()
    for (number, event) in few.enumerated() {
      _ = try await store.append(to: stream, events: [event], expected: .exact(number))
    }
    if try await store.readStream(stream).count != 3 { exit(1) }
  }
}
report.line("made, three events appended one by one and read back", using.short)

// MARK: Python

let arguments = CommandLine.arguments.dropFirst().compactMap { Double($0) }
if arguments.count == 2 {
  report.title("The Python package eventsourcing, the same aggregate in memory, in the same run")
  let saving = try await nanoseconds(per: 100_000) {
    let repository = Repository<Account>(store: MemoryEventStore())
    var account = LoadedAggregate<Account>(id: id)
    let context = CommandContext(id: id, now: clock, identities: Environment.system.newID)
    try account.handle(.openAccount(owner: "alice"), in: context)
    for _ in 1..<100_000 {
      try await repository.save(&account)
      try account.handle(.deposit(amount: 1), in: context)
    }
    try await repository.save(&account)
  }
  report.line("append, one event a save: events a second there", arguments[0].short)
  report.line("and here", (1e9 / saving).short, bar: "\((1e9 / saving / arguments[0]).short) times as many")
  report.line("replay of one aggregate: events a second there", arguments[1].short)
  report.line(
    "and here, as envelopes", (1e9 / enveloped).short, bar: "\((1e9 / enveloped / arguments[1]).short) times as many")
}
exit(report.isMissed ? 1 : 0)

extension UUID {
  /// An id that is the same in every run.
  init(of number: Int) {
    var bytes = [UInt8](repeating: 0x80, count: 16)
    var mixed = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
    for index in 8..<16 {
      bytes[index] = UInt8(truncatingIfNeeded: mixed)
      mixed >>= 8
    }
    self = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
  }
}
