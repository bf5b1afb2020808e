import Banking
import EventSourcing
import Synchronization
import Testing

/// A store in which a write goes wrong at a given number: before it, or after it with nobody knowing.
private final class DyingStore: ForwardingStore, ViewStore {
  struct Death: Error {}
  let base: MemoryEventStore
  let remaining: Mutex<Int>
  let afterwards: Bool

  init(_ base: MemoryEventStore, dyingAt number: Int, afterwards: Bool) {
    self.base = base
    remaining = Mutex(number)
    self.afterwards = afterwards
  }

  private func isLast() -> Bool {
    remaining.withLock {
      $0 -= 1; return $0 == 0
    }
  }

  func append(to stream: StreamName, events: [NewEvent], expected: ExpectedVersion) async throws -> AppendResult {
    let isLast = isLast()
    if isLast, !afterwards { throw EventStoreError(.unavailable, "gone") }
    let result = try await base.append(to: stream, events: events, expected: expected)
    if isLast { throw EventStoreError(.unavailable, "gone") }
    return result
  }

  func withViewTransaction<Result: Sendable>(
    _ body: @escaping @Sendable (any ViewTransaction) throws -> Result
  ) async throws -> Result {
    let isLast = isLast()
    if isLast, !afterwards { throw EventStoreError(.unavailable, "gone") }
    let result = try await base.withViewTransaction(body)
    if isLast { throw EventStoreError(.unavailable, "gone") }
    return result
  }
}

@Suite struct TransferProcessTests {
  let store = MemoryEventStore()
  let alice = UUID()
  let bob = UUID()
  let transfer = UUID()
  var accounts: Repository<Account> { Repository(store: store) }
  var transfers: Repository<Transfer> { Repository(store: store) }

  private func runner(_ store: some EventStore & ViewStore) -> ProcessManagerRunner<TransferProcess> {
    ProcessManagerRunner(
      TransferProcess.self, aggregates: [Account.self, Transfer.self], events: store, processes: store)
  }

  private func open(_ balances: [UUID: Decimal]) async throws {
    for (id, balance) in balances {
      try await accounts.execute(.openAccount(owner: "somebody"), on: id)
      if balance > 0 { try await accounts.execute(.deposit(amount: balance, transferID: nil), on: id) }
    }
  }

  private func request(_ amount: Decimal) async throws {
    try await transfers.execute(
      .requestTransfer(source: alice, target: bob, amount: amount), on: transfer, metadata: ["user": "alice"])
  }

  private func balance(_ id: UUID) async throws -> Decimal { try await accounts.load(id).state.balance }

  @Test func `money moves from one account to the other`() async throws {
    try await open([alice: 100, bob: 5])
    try await request(30)
    try await runner(store).catchUp()
    #expect(try await balance(alice) == 70)
    #expect(try await balance(bob) == 35)
    #expect(try await transfers.load(transfer).state.status == .completed)
    #expect(try await runner(store).process(transfer) == nil)

    let events = try await store.readAll(after: Checkpoint(5), limit: 100)
    #expect(events.map(\.type) == ["MoneyWithdrawn", "MoneyDeposited", "TransferCompleted"])
    #expect(Set(events.map(\.metadata.correlation)).count == 1)
    #expect(events.allSatisfy { $0.metadata.actor == "alice" })
    let requested = try await store.readStream(Transfer.stream(of: transfer)).first
    #expect(events.first?.metadata.causation == requested?.id.streamText)
  }

  @Test func `a transfer that the source refuses fails`() async throws {
    try await open([alice: 10, bob: 0])
    try await request(30)
    try await runner(store).catchUp()
    #expect(try await balance(alice) == 10)
    #expect(try await transfers.load(transfer).state.status == .failed)
  }

  @Test func `money that the target refuses goes back`() async throws {
    try await open([alice: 100])
    try await request(30)
    try await runner(store).catchUp()
    #expect(try await balance(alice) == 100)
    let types = try await store.readAll(after: .start, limit: 100).map(\.type)
    #expect(types.suffix(3) == ["MoneyWithdrawn", "MoneyDeposited", "TransferFailed"])
    let last = try await store.readAll(after: .start, limit: 100).last
    #expect(
      try last.map { try EventCodec<Transfer>().decode($0) } == [
        .transferFailed(transferID: transfer, reason: "Account not found")
      ])
  }

  @Test(arguments: 1...40, [true, false])
  func `a transfer happens once, wherever the process dies`(at number: Int, afterwards: Bool) async throws {
    try await open([alice: 100, bob: 0])
    try await request(30)
    let dying = DyingStore(store, dyingAt: number, afterwards: afterwards)
    _ = try? await runner(dying).catchUp()
    try await runner(store).catchUp()
    #expect(try await balance(alice) == 70)
    #expect(try await balance(bob) == 30)
    #expect(try await transfers.load(transfer).version == 2)
  }

  @Test(arguments: 1...40, [true, false])
  func `money goes back once, wherever the process dies`(at number: Int, afterwards: Bool) async throws {
    try await open([alice: 100])
    try await request(30)
    let dying = DyingStore(store, dyingAt: number, afterwards: afterwards)
    _ = try? await runner(dying).catchUp()
    // The target comes to be meanwhile: what was given up must stay given up.
    let movements = try await store.version(of: Account.stream(of: alice)) - 2
    let isGivenUp = movements == 2
    try await accounts.execute(.openAccount(owner: "late"), on: bob)
    try await runner(store).catchUp()
    let (left, right) = (try await balance(alice), try await balance(bob))
    #expect(left + right == 100)
    if isGivenUp { #expect(left == 100) }
    #expect(try await transfers.load(transfer).version == 2)
  }

  @Test func `two runners of one process manager do everything once`() async throws {
    try await open([alice: 1_000, bob: 0])
    for _ in 0..<10 {
      try await transfers.execute(.requestTransfer(source: alice, target: bob, amount: 1), on: UUID())
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 { group.addTask { [store] in try await runner(store).catchUp() } }
      try await group.waitForAll()
    }
    try await runner(store).catchUp()
    #expect(try await balance(alice) == 990)
    #expect(try await balance(bob) == 10)
  }
}
