import EventSourcing
import EventSourcingTesting
import Testing

@Suite struct MemoryEventStoreTests {
  @Test(arguments: EventStoreContract.checks)
  func `the event store contract holds`(check: EventStoreContract.Check) async throws {
    try await check.run { MemoryEventStore() }
  }

  @Test(arguments: SnapshotStoreContract.checks)
  func `the snapshot store contract holds`(check: SnapshotStoreContract.Check) async throws {
    try await check.run { MemoryEventStore() }
  }

  @Test(arguments: ViewStoreContract.checks)
  func `the view store contract holds`(check: ViewStoreContract.Check) async throws {
    try await check.run { MemoryEventStore() }
  }

  @Test(arguments: InlineProjectionContract.checks)
  func `the contract of inline projections holds`(check: InlineProjectionContract.Check) async throws {
    try await check.run { MemoryEventStore() }
  }
}
