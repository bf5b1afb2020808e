/// A step from one stored form of an event to the next.
///
/// Upcasters chain until none applies: each takes the events of one stored type and schema version, and gives what a
/// later release would have stored for them — under another name, split in several, or none at all.
public struct Upcaster: Sendable {
  /// The stored type that it takes.
  public let type: String
  /// The schema version that it takes.
  public let schemaVersion: Int
  /// What it makes of the event.
  public let upcast: @Sendable (StoredEvent) throws -> [StoredEvent]

  /// Makes an upcaster.
  ///
  /// - Parameters:
  ///   - type: The stored type that it takes.
  ///   - schemaVersion: The schema version that it takes.
  ///   - upcast: What it makes of the event.
  public init(
    _ type: String, schemaVersion: Int, upcast: @escaping @Sendable (StoredEvent) throws -> [StoredEvent]
  ) {
    self.type = type
    self.schemaVersion = schemaVersion
    self.upcast = upcast
  }
}

/// The form in which an event is stored: its type, schema version and payload as a tree.
public struct StoredEvent: Sendable, Equatable {
  /// The stored type name.
  public var type: String
  /// The version of the payload's form.
  public var schemaVersion: Int
  /// The payload.
  public var payload: DynamicValue

  /// Makes a stored form.
  public init(type: String, schemaVersion: Int, payload: DynamicValue) {
    self.type = type
    self.schemaVersion = schemaVersion
    self.payload = payload
  }
}

/// What to do with a stored event whose type the domain does not know.
public enum UnknownEventPolicy: Sendable {
  /// Refuse to load the stream, naming type, stream and position.
  case fail
  /// Pass the event over.
  case skip
}
