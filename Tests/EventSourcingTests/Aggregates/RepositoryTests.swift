import EventSourcing
import Ordering
import Testing

@Suite struct RepositoryTests {
  let id = UUID()
  let customer = UUID()

  private func item(_ name: String = "Widget") -> Order.Command {
    .addItem(productID: UUID(), productName: name, quantity: 2, unitPrice: 9.99)
  }

  @Test func `a command is decided, saved and loaded back`() async throws {
    let orders = Repository<Order>(store: MemoryEventStore())
    let execution = try await orders.execute(.createOrder(orderID: id, customerID: customer), on: id)
    #expect(execution.events == [.orderCreated(orderID: id, customerID: customer)])
    #expect(execution.version == 1)
    #expect(execution.envelopes.map(\.type) == ["OrderCreated"])
    #expect(execution.envelopes.map(\.position) == [Checkpoint(1)])
    try await orders.execute(item(), on: id)
    let loaded = try await orders.load(id)
    #expect(loaded.version == 2)
    #expect(loaded.state.total == Decimal(string: "19.98"))
    #expect(try await orders.load(id, at: 1).state.items.isEmpty)
  }

  @Test func `a refused command leaves nothing behind`() async throws {
    let store = MemoryEventStore()
    let orders = Repository<Order>(store: store)
    await #expect(throws: OrderError.orderNotFound) { try await orders.execute(item(), on: id) }
    #expect(try await store.readAll(after: .start, limit: 10).isEmpty)

    var order = LoadedAggregate<Order>(id: id)
    #expect(throws: OrderError.orderNotFound) {
      try order.handle(item(), in: CommandContext(id: id, now: .now, identities: { UUID() }))
    }
    #expect(order.pendingEvents.isEmpty && order.version == 0 && order.state == Order())
  }

  @Test func `a version that is not there cannot be loaded`() async throws {
    let orders = Repository<Order>(store: MemoryEventStore())
    try await orders.execute(.createOrder(orderID: id, customerID: customer), on: id)
    let error = await #expect(throws: EventStoreError.self) { try await orders.load(id, at: 2) }
    #expect(error?.code == .invalidArgument)
    #expect(error?.actual == 1)
  }

  @Test func `a conflict is decided anew, on what is there then`() async throws {
    let orders = Repository<Order>(store: MemoryEventStore())
    try await orders.execute(.createOrder(orderID: id, customerID: customer), on: id)
    let (id, other) = (id, item("Other"))
    let execution = try await orders.execute(
      item(), on: id,
      willSave: { attempt in
        if attempt.number == 1 { try await orders.execute(other, on: id) }
      })
    #expect(execution.attempts == 2)
    #expect(execution.state.items.map(\.productName) == ["Other", "Widget"])

    let error = await #expect(throws: EventStoreError.self) {
      try await orders.execute(
        item(), on: id, retries: 0,
        willSave: { _ in
          try await orders.execute(.addItem(productID: UUID(), productName: "x", quantity: 1, unitPrice: 1), on: id)
        })
    }
    #expect(error?.code == .conflict)
    #expect(error?.expected == .exact(3))
    #expect(error?.actual == 4)
  }

  @Test func `a stated version that does not hold is a conflict before anything is decided`() async throws {
    let orders = Repository<Order>(store: MemoryEventStore())
    try await orders.execute(.createOrder(orderID: id, customerID: customer), on: id)
    let error = await #expect(throws: EventStoreError.self) {
      try await orders.execute(.createOrder(orderID: id, customerID: customer), on: id, expected: .exact(0))
    }
    #expect(error == .conflict(on: Order.stream(of: id), expected: .exact(0), actual: 1))
  }

  @Test func `metadata and time come from the context`() async throws {
    let now = Date(timeIntervalSince1970: 1_000)
    let environment = Environment(now: { now }, newID: { UUID() })
    let orders = Repository<Order>(store: MemoryEventStore(), environment: environment)
    let execution = try await orders.execute(
      .createOrder(orderID: id, customerID: customer), on: id, metadata: ["user": "alice"])
    let envelope = try #require(execution.envelopes.first)
    #expect(envelope.occurredAt == now)
    #expect(envelope.metadata.actor == "alice")
    #expect(envelope.metadata.correlation != nil)
    #expect(envelope.metadata.causation == envelope.metadata.correlation)
  }
}
