/// What went wrong in a view, with what a person needs to know of it.
public struct ViewError: Error, Sendable, CustomStringConvertible {
  /// The kind of an error; more may be added.
  public struct Code: Hashable, Sendable {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// A row that was to be added is there already.
    public static let rowExists = Code("rowExists")
    /// A row that was to be changed is not there.
    public static let rowMissing = Code("rowMissing")
    /// A handler refused an event; the projection stands before it.
    public static let stopped = Code("stopped")
    /// A stored row is not what this version of the view can read.
    public static let unreadableRow = Code("unreadableRow")
  }

  /// The kind of error.
  public let code: Code
  /// The view's name.
  public let view: String
  /// What is wrong, for a person.
  public let message: String
  /// The position of the event concerned, where it is one.
  public let position: Checkpoint?
  /// What a handler threw.
  public let underlying: (any Error)?

  init(_ code: Code, view: String, _ message: String, position: Checkpoint? = nil, underlying: (any Error)? = nil) {
    self.code = code
    self.view = view
    self.message = message
    self.position = position
    self.underlying = underlying
  }

  static func rowExists(view: String, id: String) -> ViewError {
    ViewError(.rowExists, view: view, "view \(view) has a row '\(id)' already")
  }

  static func rowMissing(view: String, id: String) -> ViewError {
    ViewError(.rowMissing, view: view, "view \(view) has no row '\(id)'")
  }

  static func stopped(view: String, at envelope: EventEnvelope, by error: any Error) -> ViewError {
    ViewError(
      .stopped, view: view,
      "view \(view) stopped before \(envelope.type), version \(envelope.version) of stream '\(envelope.stream)' "
        + "(position \(envelope.position)): \(error)",
      position: envelope.position, underlying: error)
  }

  /// What a person reads.
  public var description: String { message }
}
