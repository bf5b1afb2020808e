import ArgumentParser
import EventSourcing
import EventSpec

/// `--store`.
enum StoreArgument: Equatable {
  case memory
  case sqlite(file: String)
  case postgres(url: String)

  /// Reads the option's value.
  init(_ text: String) throws {
    if text == "memory" {
      self = .memory
    } else if text.hasPrefix("sqlite:") {
      let file = String(text.dropFirst("sqlite:".count))
      guard !file.isEmpty else { throw ValidationError("expected a file behind 'sqlite:'") }
      self = .sqlite(file: file)
    } else if text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") {
      self = .postgres(url: text)
    } else {
      throw ValidationError("expected 'memory', 'sqlite:FILE' or 'postgres://…'")
    }
  }

  /// Opens the store as a place for scenarios; nil for the engine's own memory.
  func open() async throws -> (any ScenarioSpaceProvider)? {
    switch self {
    case .memory: return nil
    case .sqlite(let file): return try await StoreOpening.sqlite(file)
    case .postgres(let url): return try await StoreOpening.postgres(url)
    }
  }

  /// Opens the store for its streams; nil for streams that go with the process.
  ///
  /// - Parameter isReadOnly: Whether nothing may be written or made.
  func openStreams(isReadOnly: Bool) async throws -> (any EventStore)? {
    self == .memory ? nil : try await StoreOpening.store(self, isReadOnly: isReadOnly)
  }
}
