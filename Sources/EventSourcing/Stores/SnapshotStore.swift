/// A place for snapshots of aggregates' states, the latest one of each stream.
///
/// A snapshot is a shortcut, never the truth: losing one costs time, nothing else.
public protocol SnapshotStore: Sendable {
  /// The latest snapshot of a stream, if there is one.
  func snapshot(of stream: StreamName) async throws -> Snapshot?

  /// Keeps a snapshot in place of an older one of its stream.
  func save(_ snapshot: Snapshot) async throws

  /// Forgets the snapshot of a stream.
  func removeSnapshot(of stream: StreamName) async throws
}

/// The state of an aggregate at one version of its stream, in coded form.
public struct Snapshot: Sendable, Equatable {
  /// The stream.
  public var stream: StreamName
  /// The version of the stream at which the state was so.
  public var version: Int
  /// The aggregate's name.
  public var aggregate: String
  /// The version of the state's form.
  public var stateVersion: Int
  /// The state as JSON in UTF-8.
  public var state: [UInt8]

  /// Makes a snapshot.
  public init(stream: StreamName, version: Int, aggregate: String, stateVersion: Int, state: [UInt8]) {
    self.stream = stream
    self.version = version
    self.aggregate = aggregate
    self.stateVersion = stateVersion
    self.state = state
  }
}
