import EventSourcing
import EventSourcingTesting
import Testing

@Suite struct ContractTests {
  @Test(arguments: FaultyStore.Fault.allCases)
  func `the contract finds the fault of a store`(fault: FaultyStore.Fault) async throws {
    var found: [ContractViolation] = []
    for check in EventStoreContract.checks where !check.description.contains("subscription") {
      do {
        try await check.run(seed: 7) { FaultyStore(fault) }
      } catch let violation as ContractViolation {
        found.append(violation)
      }
    }
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.description.contains("(seed 7)") })
  }

  @Test func `a reader that does not wait for late positions is seen to miss events`() async throws {
    let check = try #require(EventStoreContract.checks.first { $0.description.contains("tails under load") })
    try await check.run { MemoryEventStore() }
    await #expect(throws: ContractViolation.self) { try await check.run { FaultyStore(.showsPositionsLate) } }
  }

  @Test func `checks have names of their own`() {
    let names =
      EventStoreContract.checks.map(\.description) + SnapshotStoreContract.checks.map(\.description)
      + ViewStoreContract.checks.map(\.description) + InlineProjectionContract.checks.map(\.description)
    #expect(Set(names).count == names.count)
  }
}
