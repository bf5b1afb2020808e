import DurableStoreChecks
import EventSourcing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

#if SQLite
  import EventSourcingSQLite
#endif
#if PostgreSQL
  import EventSourcingPostgreSQL
#endif

/// A process that appends to a store until it is killed, and says on standard output what was acknowledged.
///
/// Its arguments are the store's address, how many tasks append, and how many appends there are at the most. A line is
/// `ack STREAM VERSION POSITION ID…` with the version behind the append, or `fail MESSAGE`. An append that fails for
/// now is repeated with the same ids until it is answered. Meanwhile a projection follows what all processes append.
@main
struct StoreLoadClient {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let tasks = Int(arguments[2]), let limit = Int(arguments[3]) else {
      say("usage: StoreLoadClient ADDRESS TASKS APPENDS")
      exit(64)
    }
    do {
      let store = try await open(arguments[1])
      await withTaskGroup(of: Void.self) { group in
        for task in 0..<tasks {
          group.addTask { await append(to: store, task: task, limit: limit / tasks) }
        }
        let following = Task { await follow(store) }
        await group.waitForAll()
        following.cancel()
      }
      say("done")
    } catch {
      say("fail \(error)")
      exit(1)
    }
  }

  static func open(_ address: String) async throws -> any EventStore & ViewStore {
    #if SQLite
      if address.hasPrefix("sqlite:") {
        return try await SQLiteEventStore(SQLiteConfiguration(String(address.dropFirst("sqlite:".count))))
      }
    #endif
    #if PostgreSQL
      if !address.hasPrefix("sqlite:") { return try await PostgreSQLEventStore(PostgreSQLConfiguration(address)) }
    #endif
    throw EventStoreError(.invalidArgument, "this build has no store for \(address)")
  }

  static func follow(_ store: any EventStore & ViewStore) async {
    let runner = ProjectionRunner(Loads.self, events: store, views: store, batchSize: 20)
    while !Task.isCancelled {
      do {
        try await runner.run(pollInterval: .milliseconds(20))
      } catch let error as EventStoreError where error.code == .unavailable {
        try? await Task.sleep(for: .milliseconds(20))
      } catch is CancellationError {
        return
      } catch {
        return say("fatal \(error)")
      }
    }
  }

  static func append(to store: any EventStore, task: Int, limit: Int) async {
    for number in 0..<limit {
      let stream = Load.stream(of: Int.random(in: 0..<20))
      let events = (0..<Int.random(in: 1...3)).map { offset in
        NewEvent(
          id: UUID(), type: "Loaded", occurredAt: .now, metadata: ["task": String(task)],
          payload: .json(Array(#"{"number": \#(number), "offset": \#(offset)}"#.utf8)))
      }
      while true {
        do {
          var expected = ExpectedVersion.any
          if Bool.random() { expected = .exact(try await store.version(of: stream)) }
          let result = try await store.append(to: stream, events: events, expected: expected)
          say(
            "ack \(stream) \(result.version) \(result.position) "
              + events.map(\.id.uuidString).joined(separator: " "))
          break
        } catch let error as EventStoreError where error.code == .conflict {
          break
        } catch let error as EventStoreError where error.code == .unavailable {
          say("fail \(error)")
          try? await Task.sleep(for: .milliseconds(20))
        } catch {
          say("fatal \(error)")
          return
        }
      }
    }
  }

  // One write for a line: a line is whole or not there when the process is killed.
  static func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
  }
}
