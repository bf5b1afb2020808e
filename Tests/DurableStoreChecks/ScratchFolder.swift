public import Foundation

/// A folder that is there as long as it is referred to.
public final class ScratchFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// A file in it for a store.
  public var file: String { url.appendingPathComponent("events.sqlite").path }

  /// Makes the folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("eventsourcing-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // A store that is being closed removes files of its own at the same time.
    for _ in 0..<20 where FileManager.default.fileExists(atPath: url.path) {
      try? FileManager.default.removeItem(at: url)
    }
  }
}
