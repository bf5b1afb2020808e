/// A command that a process manager has sent.
public struct IssuedCommand: Sendable {
  /// The command's own id.
  public var id: UUID
  /// The aggregate that is asked.
  public var aggregate: any Aggregate.Type
  /// The stream of the instance that is asked.
  public var stream: StreamName
  /// What is asked for.
  public var command: any DomainMessage
  /// What travels with the command.
  public var metadata: Metadata
  /// The name of the process manager.
  public var manager: String
  /// The process, as its correlation stands in text.
  public var correlation: String

  /// Makes an issued command.
  public init(
    id: UUID, aggregate: any Aggregate.Type, stream: StreamName, command: any DomainMessage, metadata: Metadata,
    manager: String, correlation: String
  ) {
    self.id = id
    self.aggregate = aggregate
    self.stream = stream
    self.command = command
    self.metadata = metadata
    self.manager = manager
    self.correlation = correlation
  }
}
