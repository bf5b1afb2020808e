/// What went wrong in an export or import.
public struct TransferError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kind of an error; more may be added.
  public struct Code: Hashable, Sendable {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// A line is no event.
    public static let unreadableLine = Code("unreadableLine")
    /// The target holds other events than those that are imported.
    public static let disagreement = Code("disagreement")
    /// The versions of a stream's events have a gap or go backwards.
    public static let brokenStream = Code("brokenStream")
    /// A file cannot be opened, read or written.
    public static let file = Code("file")
    /// A mapping does not fit the tables that it is for.
    public static let mapping = Code("mapping")
  }

  /// The kind of error.
  public let code: Code
  /// What is wrong, for a person.
  public let message: String
  /// The line concerned, counted from 1, where it is one.
  public let line: Int?

  /// Makes an error.
  public init(_ code: Code, _ message: String, line: Int? = nil) {
    self.code = code
    self.message = message
    self.line = line
  }

  /// The message.
  public var description: String { message }
}
