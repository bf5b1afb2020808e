import DurableStoreChecks
import EventSourcing
import Foundation

#if SQLite
  import EventSourcingSQLite
#endif
#if PostgreSQL
  import EventSourcingPostgreSQL
#endif

/// Where a test keeps its streams.
enum StoreKind: String, Sendable {
  case memory, sqlite, postgresql
}

/// A store of a test's own, as one program has opened it.
final class TestStore {
  /// The store, for reading and writing.
  let store: any EventStore
  /// What `--store` takes; empty for memory.
  let address: String
  private let kind: StoreKind
  private let folder: URL?

  init(_ kind: StoreKind) async throws {
    self.kind = kind
    switch kind {
    case .memory:
      store = MemoryEventStore()
      (address, folder) = ("", nil)
    case .sqlite:
      #if SQLite
        let folder = FileManager.default.temporaryDirectory.appending(path: "eventspec-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "store.db").path
        store = try await SQLiteEventStore(file)
        (address, self.folder) = ("sqlite:" + file, folder)
      #else
        throw NotBuiltIn()
      #endif
    case .postgresql:
      #if PostgreSQL
        let server = try PostgreSQLServer.shared.get()
        address = server.address(schema: "repl_\(UInt64.random(in: 0...(.max)))")
        store = try await PostgreSQLEventStore(PostgreSQLConfiguration(address))
        folder = nil
      #else
        throw NotBuiltIn()
      #endif
    }
  }

  /// The same store as another program opens it.
  func opened(isReadOnly: Bool) async throws -> any EventStore {
    switch kind {
    case .memory: break
    case .sqlite:
      #if SQLite
        return try await SQLiteEventStore(
          SQLiteConfiguration(String(address.dropFirst("sqlite:".count)), isReadOnly: isReadOnly))
      #endif
    case .postgresql:
      #if PostgreSQL
        return try await PostgreSQLEventStore(PostgreSQLConfiguration(address, isReadOnly: isReadOnly))
      #endif
    }
    return store
  }

  func remove() {
    if let folder { try? FileManager.default.removeItem(at: folder) }
  }

  struct NotBuiltIn: Error {}
}
