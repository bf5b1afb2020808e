import Banking
import EventSourcing
import Testing

@Suite struct LoadedAggregateTests {
  let id = UUID()
  var context: CommandContext<UUID> {
    CommandContext(id: id, now: Date(timeIntervalSince1970: 0), identities: { UUID() })
  }

  @Test func `events are pending until they are collected`() throws {
    var account = LoadedAggregate<Account>(id: id)
    try account.handle(.openAccount(owner: "alice"), in: context)
    try account.handle(.deposit(amount: 5, transferID: nil), in: context)
    #expect(account.version == 0)
    #expect(account.state.balance == 5)
    #expect(account.pendingEvents.count == 2)
    #expect(
      account.collectPendingEvents() == [
        .accountOpened(accountID: id, owner: "alice"), .moneyDeposited(accountID: id, amount: 5, transferID: nil),
      ])
    #expect(account.version == 2)
    #expect(account.pendingEvents.isEmpty)
    #expect(account.collectPendingEvents().isEmpty)
  }

  @Test func `a history and a snapshot with the rest lead to one state`() {
    let history: [Account.Event] = [
      .accountOpened(accountID: id, owner: "alice"), .moneyDeposited(accountID: id, amount: 5, transferID: nil),
      .moneyWithdrawn(accountID: id, amount: 2, transferID: nil),
    ]
    let whole = LoadedAggregate<Account>(id: id, history: history)
    for version in 0...3 {
      let earlier = LoadedAggregate<Account>(id: id, history: Array(history[..<version]))
      var later = LoadedAggregate<Account>(id: id, state: earlier.state, version: version)
      later.replay(history[version...])
      #expect(later.state == whole.state && later.version == 3)
    }
  }

  @Test func `a save that meets a conflict leaves the instance as it was`() async throws {
    let accounts = Repository<Account>(store: MemoryEventStore())
    var (first, second) = (try await accounts.load(id), try await accounts.load(id))
    try first.handle(.openAccount(owner: "alice"), in: context)
    try second.handle(.openAccount(owner: "bob"), in: context)
    #expect(try await accounts.save(&first).map(\.version) == [1])
    let error = await #expect(throws: EventStoreError.self) { try await accounts.save(&second) }
    #expect(error?.code == .conflict)
    #expect(second.pendingEvents.count == 1 && second.version == 0)
    #expect(try await accounts.load(id).state.owner == "alice")
  }

  @Test func `ids that are derived are those of RFC 9562`() throws {
    // The RFC's own example: www.example.com in the namespace of domain names.
    let names = try #require(UUID(uuidString: "6ba7b810-9dad-11d1-80b4-00c04fd430c8"))
    #expect(UUID(of: "www.example.com", in: names).streamText == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
  }
}
