import EventSourcing
import EventSpec

/// Opens the durable stores that are built in.
enum StoreOpening {
  /// Opens a SQLite file.
  static func sqlite(_ file: String) async throws -> any ScenarioSpaceProvider {
    throw missing("SQLite", "sqlite:FILE")
  }

  /// Opens a PostgreSQL database.
  static func postgres(_ url: String) async throws -> any ScenarioSpaceProvider {
    throw missing("PostgreSQL", "postgres://…")
  }

  /// Opens a SQLite file for the streams in it.
  static func sqliteStreams(_ file: String) async throws -> any EventStore { throw missing("SQLite", "sqlite:FILE") }

  /// Opens a PostgreSQL database for the streams in it.
  static func postgresStreams(_ url: String) async throws -> any EventStore {
    throw missing("PostgreSQL", "postgres://…")
  }

  private static func missing(_ trait: String, _ argument: String) -> CallFailure {
    CallFailure(
      message: """
        --store \(argument) is not built into this tool. Build it in with the package trait \(trait): \
        'swift build --traits \(trait)' in this package, or '.package(…, traits: ["\(trait)"])' in a package of yours
        """)
  }
}
