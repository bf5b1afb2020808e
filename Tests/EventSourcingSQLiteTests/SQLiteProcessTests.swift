#if SQLite
  import DurableStoreChecks
  import EventSourcing
  import EventSourcingSQLite
  import Foundation
  import Ordering
  import Testing

  /// Cancels an order that nobody has placed within an hour.
  private struct StaleOrders: ProcessManager {
    var isOpen = false
    var seen = 0

    static var reactions: Reactions<Self> {
      When(Order.self, correlatedBy: { event, envelope in envelope.stream.id.flatMap { UUID(streamText: String($0)) } })
      {
        process, event, context in
        process.seen += 1
        switch event {
        case .orderCreated:
          process.isOpen = true
          context.schedule("stale", after: .seconds(3600))
        case .orderPlaced, .orderCancelled: context.complete()
        default: break
        }
      }
      OnDeadline("stale") { _, context in
        context.send(
          .cancelOrder(reason: "stale", cancelledBy: context.correlation), to: Order.self, id: context.correlation)
      }
    }
  }

  private let start = Date(timeIntervalSince1970: 1_000_000)

  private func environment(after seconds: Double) -> Environment {
    Environment(now: { start.addingTimeInterval(seconds) }, newID: { UUID() })
  }

  @Suite struct SQLiteProcessTests {
    let folder: ScratchFolder
    let order = UUID()

    init() throws { folder = try ScratchFolder() }

    private func runner(_ store: SQLiteEventStore, after seconds: Double) -> ProcessManagerRunner<StaleOrders> {
      ProcessManagerRunner(
        StaleOrders.self, aggregates: [Order.self], events: store, processes: store,
        environment: environment(after: seconds))
    }

    @Test("a process manager that starts anew in another process has its states and deadlines")
    func restart() async throws {
      do {
        let store = try await SQLiteEventStore(folder.file)
        let orders = Repository<Order>(store: store, environment: environment(after: 0))
        try await orders.execute(.createOrder(orderID: order, customerID: UUID()), on: order)
        try await runner(store, after: 0).catchUp()
        store.close()
      }
      let store = try await SQLiteEventStore(folder.file)
      let early = runner(store, after: 3599)
      #expect(try await early.process(order)?.isOpen == true)
      #expect(try await early.nextDeadline() == start.addingTimeInterval(3600))
      try await early.catchUp()
      #expect(try await early.process(order)?.seen == 1, "the event before the restart is not taken again")
      #expect(try await store.version(of: Order.stream(of: order)) == 1)
      let late = runner(store, after: 3601)
      try await late.catchUp()
      #expect(try await store.readStream(Order.stream(of: order)).map(\.type) == ["OrderCreated", "OrderCancelled"])
      #expect(try await late.process(order) == nil)
      #expect(try await late.nextDeadline() == nil)
    }

    @Test("an event that an inline projection refuses is not in the file, nor are rows of it")
    func inlineProjection() async throws {
      let store = try await SQLiteEventStore(folder.file)
      let details = ProjectionRunner(OrderDetails.self, events: store, views: store)
      let refusing = ProjectionRunner(RefusedItems.self, events: store, views: store)
      let projecting = ProjectingEventStore(store, projections: [details, refusing]) { Issue.record("\($0)") }
      let orders = Repository<Order>(store: projecting)
      try await orders.execute(.createOrder(orderID: order, customerID: UUID()), on: order)
      #expect(try await details.row(order)?.status == .draft)
      let error = await #expect(throws: ViewError.self) {
        try await orders.execute(
          .addItem(productID: UUID(), productName: "Tea", quantity: 1, unitPrice: 1), on: order)
      }
      #expect(error?.code == .stopped)
      #expect(try await store.version(of: Order.stream(of: order)) == 1)
      #expect(try await details.row(order)?.items.isEmpty == true)
      #expect(try await details.checkpoint() == Checkpoint(1))
    }
  }

  /// A view that no item may come to.
  private struct RefusedItems: View {
    typealias Key = OnlyRow

    static var projection: Projection<Self> {
      On(Order.self) { event, _, _ in if case .orderItemAdded = event { throw Refusal() } }
    }

    struct Refusal: Error {}
  }
#endif
