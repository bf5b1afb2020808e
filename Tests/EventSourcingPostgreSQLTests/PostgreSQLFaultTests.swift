#if PostgreSQL
  import DurableStoreChecks
  import EventSourcing
  import Foundation
  import StoreExpectations
  import Testing

  @testable import EventSourcingPostgreSQL

  @Suite(.enabled(if: PostgreSQLServer.isAvailable, "no PostgreSQL server is installed"), .serialized)
  struct PostgreSQLFaultTests {
    @Test("what was acknowledged is there after kill -9 of the processes that append")
    func killedClients() async throws {
      let server = try PostgreSQLServer.shared.get()
      let address = server.address(schema: "killed_clients")
      let store = try await PostgreSQLEventStore(address)
      expectNone(try await KillLoop.killClients(of: address, store: store))
    }

    @Test("what was acknowledged is there after kill -9 of the server, and work goes on", .timeLimit(.minutes(5)))
    func killedServer() async throws {
      let server = try PostgreSQLServer(named: "killed")
      defer { server.remove() }
      let address = server.address(schema: "killed_server")
      let faults = try await KillLoop.disturbServer(of: address) {
        try await PostgreSQLEventStore(address)
      } disturb: { _ in
        try server.kill()
        try server.start()
      }
      expectNone(faults)
    }

    @Test("what was acknowledged is there after the server was stopped and started under load", .timeLimit(.minutes(5)))
    func stoppedServer() async throws {
      let server = try PostgreSQLServer(named: "stopped")
      defer { server.remove() }
      let address = server.address(schema: "stopped_server")
      let store = try await PostgreSQLEventStore(address)
      let faults = try await KillLoop.disturbServer(of: address) {
        store
      } disturb: { _ in
        server.stop()
        try server.start()
      }
      expectNone(faults)
    }

    @Test("an append whose acknowledgement is lost is answered once, and stored once")
    func lostAcknowledgement() async throws {
      let server = try PostgreSQLServer.shared.get()
      let proxy = try CuttingProxy(to: server.socket)
      let store = try await PostgreSQLEventStore(server.address(schema: "lost_acknowledgement", socket: proxy.folder))
      for plan in [CuttingProxy.Plan.cutAfter, .cutBefore, .cutAfter] {
        let stream = StreamName("lost-\(UUID())")
        let events = [ConcurrencyCheck.event(1), ConcurrencyCheck.event(2)]
        _ = try await store.append(to: stream, events: [ConcurrencyCheck.event()], expected: .noStream)
        proxy.plan(plan)
        let result = try await store.append(to: stream, events: events, expected: .exact(1))
        #expect(proxy.isDone)
        #expect(result.version == 3)
        // The caller repeats what it has not seen answered.
        let again = try await store.append(to: stream, events: events, expected: .exact(1))
        #expect(again.wasAlreadyAppended && again.version == 3 && again.position == result.position)
        #expect(try await store.version(of: stream) == 3)
      }
      expectNone(try await StoreAudit.faults(in: store, acknowledged: []))
    }

    @Test("connections cut at random under concurrent appends lose and double nothing")
    func randomCuts() async throws {
      let server = try PostgreSQLServer.shared.get()
      let proxy = try CuttingProxy(to: server.socket)
      let store = try await PostgreSQLEventStore(server.address(schema: "random_cuts", socket: proxy.folder))
      let isWritten = Monitor(false)
      let cutting = Task {
        while !isWritten.withLock({ $0 }) {
          proxy.plan(Bool.random() ? .cutAfter : .cutBefore)
          try await Task.sleep(for: .milliseconds(15))
        }
      }
      let acknowledged = try await withThrowingTaskGroup(of: [Acknowledged].self) { group in
        for task in 0..<16 {
          group.addTask {
            var acknowledged: [Acknowledged] = []
            for number in 0..<10 {
              let stream = StreamName("cut-\((task + number) % 7)")
              let events = (0...number % 3).map { ConcurrencyCheck.event($0) }
              let result = try await store.append(to: stream, events: events, expected: .any)
              acknowledged.append(
                Acknowledged(
                  stream: stream, version: result.version, position: result.position.number, ids: events.map(\.id)))
            }
            return acknowledged
          }
        }
        return try await group.reduce([], +)
      }
      isWritten.withLock { $0 = true }
      try await cutting.value
      proxy.plan(.pass)
      #expect(acknowledged.count == 160)
      expectNone(try await StoreAudit.faults(in: store, acknowledged: acknowledged))
    }

    @Test("a disk that becomes full refuses appends, and work goes on when there is room", .timeLimit(.minutes(3)))
    func diskFull() async throws {
      guard let disk = SmallDisk(megabytes: 160) else {
        print("SKIPPED: mounting a small file system is not permitted here, the full disk was not tested")
        return
      }
      let server = try PostgreSQLServer(named: "full", in: disk.folder)
      defer { server.remove() }
      var configuration = server.configuration(schema: "full")
      configuration.patience = .seconds(1)
      let store = try await PostgreSQLEventStore(configuration)
      let faults = try await disk.check(store) {
        server.stop()
        try server.start()
      }
      expectNone(faults)
    }

    @Test("appends fail with an error while the server is away, and go through when it is back")
    func serverAway() async throws {
      let server = try PostgreSQLServer(named: "away")
      defer { server.remove() }
      var configuration = server.configuration(schema: "away")
      configuration.patience = .milliseconds(300)
      let store = try await PostgreSQLEventStore(configuration)
      let event = ConcurrencyCheck.event()
      _ = try await store.append(to: StreamName("a"), events: [ConcurrencyCheck.event()], expected: .noStream)
      server.stop()
      await expectError(.unavailable, naming: "reached") {
        _ = try await store.append(to: StreamName("a"), events: [event], expected: .exact(1))
      }
      await expectError(.unavailable, naming: "reached") { _ = try await store.readAll(after: .start, limit: 1) }
      try server.start()
      let result = try await store.append(to: StreamName("a"), events: [event], expected: .exact(1))
      #expect(result.version == 2)
    }
  }
#endif
