import EventSourcing
import Ordering
import Synchronization
import Testing

/// A view whose projection can be told to refuse an event.
private struct ItemNames: View, Equatable {
  typealias Key = OnlyRow

  var count = 0
  var names: [String] = []

  @TaskLocal static var refused: String?
  @TaskLocal static var version = 1

  static var projection: Projection<Self> {
    On(Order.self) { event, _, rows in
      guard case .orderItemAdded(_, _, let name, _, _) = event else { return }
      if name == ItemNames.refused { throw Refusal() }
      rows.update(.row, default: ItemNames()) { row in
        row.count += 1
        row.names.append(name)
      }
    }
  }

  struct Refusal: Error {}
}

/// A store whose transactions die: before they commit, or after it with nobody knowing.
private final class DyingViewStore: ViewStore {
  struct Death: Error {}
  let base = MemoryEventStore()
  let transactions = Mutex(0)
  let dies: @Sendable (Int) -> Bool
  let afterCommit: Bool

  init(afterCommit: Bool, dies: @escaping @Sendable (Int) -> Bool) {
    self.afterCommit = afterCommit
    self.dies = dies
  }

  func withViewTransaction<Result: Sendable>(
    _ body: @escaping @Sendable (any ViewTransaction) throws -> Result
  ) async throws -> Result {
    let number = transactions.withLock {
      $0 += 1; return $0
    }
    let isLast = dies(number)
    let result = try await base.withViewTransaction { [afterCommit] transaction in
      let result = try body(transaction)
      if isLast, !afterCommit { throw Death() }
      return result
    }
    if isLast { throw Death() }
    return result
  }
}

@Suite struct ProjectionRunnerTests {
  let store = MemoryEventStore()
  let id = UUID()

  private func addItems(_ names: [String]) async throws {
    let orders = Repository<Order>(store: store)
    if try await orders.load(id).version == 0 {
      try await orders.execute(.createOrder(orderID: id, customerID: UUID()), on: id)
    }
    for name in names {
      try await orders.execute(.addItem(productID: UUID(), productName: name, quantity: 1, unitPrice: 1), on: id)
    }
  }

  @Test func `rows catch up in batches, from where they stand`() async throws {
    let names = (1...25).map { "item \($0)" }
    try await addItems(Array(names[..<20]))
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store, batchSize: 3)
    #expect(try await runner.row(.row) == nil)
    #expect(try await runner.catchUp() == Checkpoint(21))
    try await addItems(Array(names[20...]))
    #expect(try await runner.catchUp() == Checkpoint(26))
    #expect(try await runner.catchUp() == Checkpoint(26))
    #expect(try await runner.row(.row) == ItemNames(count: 25, names: names))
    #expect(try await runner.checkpoint() == Checkpoint(26))
  }

  @Test(arguments: [true, false], 1...12)
  func `each event counts once, wherever the process dies`(afterCommit: Bool, at death: Int) async throws {
    let names = (1...10).map { "item \($0)" }
    try await addItems(names)
    let views = DyingViewStore(afterCommit: afterCommit) { $0 == death }
    let runner = ProjectionRunner(ItemNames.self, events: store, views: views, batchSize: 2)
    await #expect(throws: DyingViewStore.Death.self) { try await runner.catchUp() }
    let survivor = ProjectionRunner(ItemNames.self, events: store, views: views, batchSize: 3)
    try await survivor.catchUp()
    #expect(try await survivor.row(.row) == ItemNames(count: 10, names: names))
  }

  @Test func `several runners of one view count each event once`() async throws {
    let names = (1...60).map { "item \($0)" }
    try await addItems(names)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<6 {
        group.addTask { [store] in
          try await ProjectionRunner(ItemNames.self, events: store, views: store, batchSize: 4).catchUp()
        }
      }
      try await group.waitForAll()
    }
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store)
    try await runner.catchUp()
    #expect(try await runner.row(.row)?.names == names)
  }

  @Test func `a handler that refuses an event stops the projection before it, naming it`() async throws {
    try await addItems(["a", "b", "bad", "c"])
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store)
    let error = await ItemNames.$refused.withValue("bad") {
      await #expect(throws: ViewError.self) { try await runner.catchUp() }
    }
    #expect(error?.code == .stopped)
    #expect(error?.position == Checkpoint(4))
    #expect(error?.message.contains("OrderItemAdded, version 4 of stream 'order-") == true)
    #expect(error?.underlying is ItemNames.Refusal)
    #expect(try await runner.row(.row) == nil, "rows of a first build are not read before it is complete")
    try await runner.catchUp()
    #expect(try await runner.row(.row)?.names == ["a", "b", "bad", "c"])
  }

  @Test func `rows are read while they are made anew, and the new ones take their place`() async throws {
    try await addItems(["a", "b"])
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store)
    try await runner.catchUp()
    try await addItems(["c"])
    await ItemNames.$refused.withValue("c") {
      await #expect(throws: ViewError.self) { try await runner.rebuild() }
    }
    #expect(try await runner.row(.row)?.names == ["a", "b"])
    try await runner.rebuild()
    #expect(try await runner.row(.row)?.names == ["a", "b", "c"])
    let generations = try await store.withViewTransaction { try $0.generations(of: "ItemNames") }
    #expect(generations.count == 1)
    #expect(generations.first?.isActive == true)
  }

  @Test func `another version of a view is built anew`() async throws {
    try await addItems(["a"])
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store)
    try await runner.catchUp()
    try await ItemNames.$version.withValue(2) {
      #expect(try await runner.row(.row) == nil)
      try await runner.catchUp()
      #expect(try await runner.row(.row)?.count == 1)
    }
  }

  @Test func `a runner follows new events until it is cancelled`() async throws {
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store)
    let following = Task { try await runner.run(pollInterval: .seconds(60)) }
    try await addItems(["a", "b", "c"])
    let deadline = ContinuousClock.now + .seconds(20)
    while try await runner.row(.row)?.count != 3, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(2))
    }
    #expect(try await runner.row(.row)?.count == 3)
    following.cancel()
    await #expect(throws: CancellationError.self) { try await following.value }
  }

  @Test func `inline projections show an append when it comes back`() async throws {
    let runner = ProjectionRunner(OrderDetails.self, events: store, views: store)
    let projecting = ProjectingEventStore(store, projections: [runner]) { Issue.record("\($0)") }
    let orders = Repository<Order>(store: projecting)
    let id = UUID()
    try await orders.execute(.createOrder(orderID: id, customerID: UUID()), on: id)
    #expect(try await runner.row(id)?.status == .draft)
    try await orders.execute(.cancelOrder(reason: "", cancelledBy: UUID()), on: id)
    #expect(try await runner.row(id)?.status == .cancelled)
  }

  @Test func `an event that an inline projection refuses is not stored`() async throws {
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store)
    let details = ProjectionRunner(OrderDetails.self, events: store, views: store)
    let projecting = ProjectingEventStore(store, projections: [details, runner]) { Issue.record("\($0)") }
    let orders = Repository<Order>(store: projecting)
    try await orders.execute(.createOrder(orderID: id, customerID: UUID()), on: id)
    let bad = Order.Command.addItem(productID: UUID(), productName: "bad", quantity: 1, unitPrice: 1)
    let error = await ItemNames.$refused.withValue("bad") {
      await #expect(throws: ViewError.self) { try await orders.execute(bad, on: id) }
    }
    #expect(error?.code == .stopped)
    #expect(error?.underlying is ItemNames.Refusal)
    #expect(try await store.readStream(Order.stream(of: id)).map(\.type) == ["OrderCreated"])
    #expect(try await store.readAll(after: .start, limit: 10).count == 1)
    #expect(try await details.row(id)?.items.isEmpty == true, "rows of other views are as they were too")
    #expect(try await details.checkpoint() == Checkpoint(1))
    try await orders.execute(bad, on: id)
    #expect(try await runner.row(.row)?.names == ["bad"])
    #expect(try await details.row(id)?.items.count == 1)
  }

  @Test func `inline projections take first what was appended past them`() async throws {
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store)
    let projecting = ProjectingEventStore(store, projections: [runner]) { Issue.record("\($0)") }
    let orders = Repository<Order>(store: projecting)
    func add(_ name: String) async throws {
      try await orders.execute(.addItem(productID: UUID(), productName: name, quantity: 1, unitPrice: 1), on: id)
    }
    try await addItems(["a", "b"])
    try await add("c")
    #expect(try await runner.row(.row)?.names == ["a", "b", "c"])
    try await addItems(["d"])
    #expect(try await runner.row(.row)?.names == ["a", "b", "c"])
    try await add("e")
    #expect(try await runner.row(.row)?.names == ["a", "b", "c", "d", "e"])
    #expect(try await runner.checkpoint() == Checkpoint(6))
  }

  @Test func `concurrent appends with inline projections count each event once`() async throws {
    let runner = ProjectionRunner(ItemNames.self, events: store, views: store)
    let projecting = ProjectingEventStore(store, projections: [runner]) { Issue.record("\($0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask { [store] in
          let id = UUID()
          // Every other writer goes past the projections.
          let orders = Repository<Order>(store: writer % 2 == 0 ? projecting : store)
          try await orders.execute(.createOrder(orderID: id, customerID: id), on: id)
          for number in 0..<10 {
            try await orders.execute(
              .addItem(productID: UUID(), productName: "\(writer) \(number)", quantity: 1, unitPrice: 1), on: id)
          }
        }
      }
      try await group.waitForAll()
    }
    try await runner.catchUp()
    #expect(try await runner.row(.row)?.count == 80)
    #expect(Set(try await runner.row(.row)?.names ?? []).count == 80)
  }

  @Test func `rows in another store are written behind the append`() async throws {
    let views = MemoryEventStore()
    let runner = ProjectionRunner(ItemNames.self, events: store, views: views)
    let failures = Mutex(0)
    let projecting = ProjectingEventStore(store, projections: [runner]) { _ in failures.withLock { $0 += 1 } }
    let orders = Repository<Order>(store: projecting)
    try await orders.execute(.createOrder(orderID: id, customerID: UUID()), on: id)
    try await ItemNames.$refused.withValue("bad") {
      _ = try await orders.execute(
        .addItem(productID: UUID(), productName: "bad", quantity: 1, unitPrice: 1), on: id)
    }
    #expect(failures.withLock { $0 } == 1)
    #expect(try await store.version(of: Order.stream(of: id)) == 2)
    try await orders.execute(.cancelOrder(reason: "", cancelledBy: UUID()), on: id)
    #expect(try await runner.row(.row)?.names == ["bad"])
  }

  @Test func `rows are paged by id`() async throws {
    let orders = Repository<Order>(store: store)
    let ids = (0..<7).map { _ in UUID() }
    let customer = UUID()
    for id in ids { try await orders.execute(.createOrder(orderID: id, customerID: customer), on: id) }
    let runner = ProjectionRunner(CustomerOrders.self, events: store, views: store)
    try await runner.catchUp()
    var seen: [UUID] = []
    while true {
      let page = try await runner.rows(after: seen.last, limit: 3)
      if page.isEmpty { break }
      seen += page.map(\.id)
    }
    #expect(Set(seen) == Set(ids) && seen.count == 7)
    #expect(try await runner.rows(key: customer).count == 7)
    #expect(try await runner.rows(key: UUID()).isEmpty)
  }
}
