import Banking
import EventSourcing
import Synchronization
import Testing

/// A snapshot store that tells what was kept, and can be out of order.
private final class ObservedSnapshots: SnapshotStore {
  struct Broken: Error {}
  private let snapshots = Mutex<[StreamName: Snapshot]>([:])
  let kept = Mutex<[Int]>([])
  let isBroken: Bool

  init(isBroken: Bool = false) { self.isBroken = isBroken }

  func snapshot(of stream: StreamName) async throws -> Snapshot? {
    if isBroken { throw Broken() }
    return snapshots.withLock { $0[stream] }
  }
  func save(_ snapshot: Snapshot) async throws {
    if isBroken { throw Broken() }
    kept.withLock { $0.append(snapshot.version) }
    snapshots.withLock { $0[snapshot.stream] = snapshot }
  }
  func removeSnapshot(of stream: StreamName) async throws { snapshots.withLock { $0[stream] = nil } }
}

/// A store that counts the events read from it and offers no typed events.
private struct PlainStore: ForwardingStore {
  let base = MemoryEventStore()
  let read = ReadCount()

  final class ReadCount: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func add(_ count: Int) { value.withLock { $0 += count } }
    func reset() { value.withLock { $0 = 0 } }
  }

  var capabilities: EventStoreCapabilities { [] }
  func readStream(_ stream: StreamName, from version: Int, limit: Int, direction: ReadDirection) async throws
    -> [EventEnvelope]
  {
    let events = try await base.readStream(stream, from: version, limit: limit, direction: direction)
    read.add(events.count)
    return events
  }
  func waitForEvents(after checkpoint: Checkpoint, timeout: Duration) async throws {}
}

@Suite struct SnapshotTests {
  private let store = PlainStore()
  private let snapshots = ObservedSnapshots()
  let id = UUID()
  private var stream: StreamName { Account.stream(of: id) }

  private func accounts(every: Int = 50) -> Repository<Account> {
    Repository(store: store, snapshots: snapshots, snapshotEvery: every)
  }

  private func fill(_ repository: Repository<Account>, to version: Int) async throws {
    var account = try await repository.load(id)
    let context = CommandContext(id: id, now: Date(timeIntervalSince1970: 0), identities: { UUID() })
    if account.version == 0 { try account.handle(.openAccount(owner: "alice"), in: context) }
    while account.version + account.pendingEvents.count < version {
      try account.handle(.deposit(amount: 1, transferID: nil), in: context)
    }
    try await repository.save(&account)
  }

  @Test func `a snapshot is taken when a multiple is crossed, hit or not`() async throws {
    let accounts = accounts()
    for version in [49, 50, 51, 99, 103, 149, 260, 299] { try await fill(accounts, to: version) }
    #expect(snapshots.kept.withLock { $0 } == [50, 103, 260])
  }

  @Test func `loading begins at the snapshot`() async throws {
    let accounts = accounts()
    try await fill(accounts, to: 1_000)
    try await fill(accounts, to: 1_010)
    store.read.reset()
    let loaded = try await accounts.load(id)
    #expect(loaded.version == 1_010 && loaded.state.balance == 1_009)
    #expect(store.read.count == 11)
    #expect(try await accounts.load(id, at: 1_005).state.balance == 1_004)
    #expect(try await accounts.load(id, at: 500).state.balance == 499)
  }

  @Test(arguments: ["truncated", "other form", "ahead", "other aggregate", "no JSON", "version 0"])
  func `a snapshot that cannot be used is passed over`(trouble: String) async throws {
    let accounts = accounts()
    try await fill(accounts, to: 60)
    var snapshot = try #require(try await snapshots.snapshot(of: stream))
    // What it holds is wrong, so that its use would show.
    snapshot.state = Array(String(decoding: snapshot.state, as: UTF8.self).replacing("59", with: "7").utf8)
    switch trouble {
    case "truncated": snapshot.state.removeLast(5)
    case "other form": snapshot.stateVersion = 2
    case "ahead": snapshot.version = 61
    case "other aggregate": snapshot.aggregate = "Order"
    case "no JSON": snapshot.state = [0xFF, 0]
    default: snapshot.version = 0
    }
    try await snapshots.save(snapshot)
    let loaded = try await accounts.load(id)
    #expect(loaded.version == 60)
    #expect(loaded.state.balance == 59)

    let typed = Repository<Account>(store: store.base, snapshots: snapshots)
    let same = try await typed.load(id)
    #expect(same.version == 60 && same.state.balance == 59)
    #expect(try await accounts.load(id, at: 60).state.balance == 59)
  }

  @Test func `the state from any snapshot is that of full replay`() async throws {
    let every = accounts(every: 1)
    for version in 1...30 {
      try await fill(every, to: version)
      let plain = Repository<Account>(store: store)
      #expect(try await every.load(id).state == plain.load(id).state)
    }
    #expect(snapshots.kept.withLock { $0 } == Array(1...30))
  }

  @Test func `snapshots that fail cost time, nothing else`() async throws {
    let failures = Mutex(0)
    var accounts = Repository<Account>(store: store, snapshots: ObservedSnapshots(isBroken: true), snapshotEvery: 10)
    accounts.onSnapshotFailure = { _, _ in failures.withLock { $0 += 1 } }
    try await fill(accounts, to: 25)
    #expect(try await accounts.load(id).version == 25)
    #expect(failures.withLock { $0 } > 0)
  }

  @Test func `no snapshot is taken where none is wanted`() async throws {
    try await fill(accounts(every: 0), to: 200)
    #expect(snapshots.kept.withLock { $0 }.isEmpty)
  }
}
