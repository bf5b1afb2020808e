/// What went wrong in a process manager, with what a person needs to know of it.
public struct ProcessManagerError: Error, Sendable, CustomStringConvertible {
  /// The kind of an error; more may be added.
  public struct Code: Hashable, Sendable {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// A deadline has come for which there is no reaction.
    public static let unknownDeadline = Code("unknownDeadline")
    /// A command failed, and there is no reaction to that.
    public static let commandFailed = Code("commandFailed")
    /// A reaction refused an event or a deadline.
    public static let stopped = Code("stopped")
    /// A command goes to an aggregate that the runner was not told of.
    public static let unknownAggregate = Code("unknownAggregate")
  }

  /// The kind of error.
  public let code: Code
  /// The process manager's name.
  public let manager: String
  /// What is wrong, for a person.
  public let message: String
  /// What a reaction or an aggregate threw.
  public let underlying: (any Error)?

  init(_ code: Code, manager: String, _ message: String, underlying: (any Error)? = nil) {
    self.code = code
    self.manager = manager
    self.message = message
    self.underlying = underlying
  }

  static func unknownDeadline(_ name: String, manager: String, known: [String]) -> ProcessManagerError {
    ProcessManagerError(
      .unknownDeadline, manager: manager,
      "process manager \(manager) scheduled '\(name)', for which it has no OnDeadline; it has "
        + (known.isEmpty ? "none" : known.map { "'\($0)'" }.joined(separator: ", ")))
  }

  /// What a person reads.
  public var description: String { message }
}
