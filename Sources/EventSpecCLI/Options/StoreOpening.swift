import EventSourcing
import EventSpec

#if SQLite
  import EventSourcingSQLite
#endif
#if PostgreSQL
  import EventSourcingPostgreSQL
#endif

/// Opens the durable stores that are built in.
enum StoreOpening {
  /// Opens a SQLite file as a place for scenarios.
  static func sqlite(_ file: String) async throws -> any ScenarioSpaceProvider {
    #if SQLite
      // What cannot be opened is said once, not for each scenario.
      do {
        try await SQLiteScratchStore(in: SQLiteConfiguration(file)).remove()
      } catch {
        throw CallFailure(message: "\(error)")
      }
      return SQLiteScenarioSpaces(configuration: SQLiteConfiguration(file))
    #else
      throw missing("SQLite", "sqlite:FILE")
    #endif
  }

  /// Opens a PostgreSQL database as a place for scenarios.
  static func postgres(_ url: String) async throws -> any ScenarioSpaceProvider {
    #if PostgreSQL
      // What cannot be reached is said once, not for each scenario.
      do {
        try await PostgreSQLScratchStore(in: PostgreSQLConfiguration(url)).remove()
      } catch {
        throw CallFailure(message: "\(error)")
      }
      return PostgreSQLScenarioSpaces(configuration: PostgreSQLConfiguration(url))
    #else
      throw missing("PostgreSQL", "postgres://…")
    #endif
  }

  /// Opens a store with what it holds.
  ///
  /// - Parameters:
  ///   - argument: Which one.
  ///   - isReadOnly: Whether nothing may be written or made.
  static func store(_ argument: StoreArgument, isReadOnly: Bool) async throws -> any EventStore {
    do {
      switch argument {
      case .memory: return MemoryEventStore()
      case .sqlite(let file):
        #if SQLite
          return try await SQLiteEventStore(SQLiteConfiguration(file, isReadOnly: isReadOnly))
        #else
          throw missing("SQLite", "sqlite:\(file)")
        #endif
      case .postgres(let url):
        #if PostgreSQL
          return try await PostgreSQLEventStore(PostgreSQLConfiguration(url, isReadOnly: isReadOnly))
        #else
          throw missing("PostgreSQL", "postgres://…")
        #endif
      }
    } catch let error as EventStoreError {
      throw CallFailure(message: error.message)
    }
  }

  /// Opens tables that another system wrote.
  static func foreign(_ argument: StoreArgument, mapping: ForeignMapping) async throws -> any EventSource {
    do {
      switch argument {
      case .memory: throw CallFailure(message: "--from memory has no tables to read")
      case .sqlite(let file):
        #if SQLite
          return try await ForeignSQLiteEvents(file, mapping: mapping)
        #else
          throw missing("SQLite", "sqlite:\(file)")
        #endif
      case .postgres(let url):
        #if PostgreSQL
          return ForeignPostgreSQLEvents(url, mapping: mapping)
        #else
          throw missing("PostgreSQL", "postgres://…")
        #endif
      }
    } catch let error as EventStoreError {
      throw CallFailure(message: error.message)
    } catch let error as TransferError {
      throw CallFailure(message: error.message)
    }
  }

  private static func missing(_ trait: String, _ argument: String) -> CallFailure {
    CallFailure(
      message: """
        --store \(argument) is not built into this tool. Build it in with the package trait \(trait): \
        'swift build --traits \(trait)' in this package, or '.package(…, traits: ["\(trait)"])' in a package of yours
        """)
  }
}

#if SQLite
  /// Places for scenarios in a SQLite file, each in tables of its own.
  private struct SQLiteScenarioSpaces: ScenarioSpaceProvider {
    struct Space: ScenarioSpace {
      let scratch: SQLiteScratchStore
      var store: any EventStore { scratch.store }
      var otherConnection: (any EventStore)? { scratch.otherConnection }
      func close() async throws { try await scratch.remove() }
    }

    let configuration: SQLiteConfiguration

    func open() async throws -> any ScenarioSpace { Space(scratch: try await SQLiteScratchStore(in: configuration)) }
  }
#endif

#if PostgreSQL
  /// Places for scenarios in a PostgreSQL database, each in a schema of its own.
  private struct PostgreSQLScenarioSpaces: ScenarioSpaceProvider {
    struct Space: ScenarioSpace {
      let scratch: PostgreSQLScratchStore
      var store: any EventStore { scratch.store }
      var otherConnection: (any EventStore)? { scratch.otherConnection }
      func close() async throws { try await scratch.remove() }
    }

    let configuration: PostgreSQLConfiguration

    func open() async throws -> any ScenarioSpace {
      Space(scratch: try await PostgreSQLScratchStore(in: configuration))
    }
  }
#endif
