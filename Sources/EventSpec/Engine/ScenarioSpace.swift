public import EventSourcing

/// A place of its own in a store for one scenario, which sees nothing of others and leaves nothing behind.
public protocol ScenarioSpace: Sendable {
  /// The store as the scenario uses it.
  var store: any EventStore { get }
  /// The same place over a second connection, for what somebody else records meanwhile; nil where one will do.
  var otherConnection: (any EventStore)? { get }
  /// Removes all that the scenario has recorded.
  ///
  /// - Throws: Where the store refuses; what has been recorded may be left.
  func close() async throws
}

extension ScenarioSpace {
  /// One connection will do.
  public var otherConnection: (any EventStore)? { nil }
}

/// Makes places for scenarios in a store.
public protocol ScenarioSpaceProvider: Sendable {
  /// Makes a place that is empty.
  ///
  /// - Throws: Where the store cannot be reached or refuses.
  func open() async throws -> any ScenarioSpace
}

/// A fresh store in memory as a place for a scenario.
public struct MemoryScenarioSpace: ScenarioSpace {
  private let memory = MemoryEventStore()

  /// Makes a place that is empty.
  public init() {}

  /// The store, which goes with the last reference to it.
  public var store: any EventStore { memory }

  /// Nothing is left to remove.
  public func close() async throws {}
}
