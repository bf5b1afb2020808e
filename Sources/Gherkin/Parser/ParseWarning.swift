/// Something in a source that is valid and yet most likely not meant.
public struct ParseWarning: Hashable, Sendable, CustomStringConvertible {
  /// What kind of warning it is.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String

    private init(_ name: String) { self.name = name }

    /// A `<name>` in an outline is the name of no column of its examples.
    public static let undefinedPlaceholder = Code("undefinedPlaceholder")
    /// A `<name>` in an outline that has no examples at all.
    public static let missingExamples = Code("missingExamples")
    /// Some bytes are no UTF-8.
    public static let invalidUTF8 = Code("invalidUTF8")

    /// The name of the code.
    public var description: String { name }
  }

  /// What kind of warning it is.
  public let code: Code

  /// Where it is.
  public let location: Location

  /// The name between the angle brackets of a placeholder.
  public let name: String

  /// The step that the placeholder stands in, in its text or its argument; `nil` for one in a title.
  public let stepID: NodeID?

  init(code: Code, location: Location, name: String, stepID: NodeID? = nil) {
    self.code = code
    self.location = location
    self.name = name
    self.stepID = stepID
  }

  /// What is wrong and what to do about it, in a sentence without the place.
  public var explanation: String {
    switch code {
    case .undefinedPlaceholder:
      return
        "no column of the examples is called “\(name)”: add it to each table, or correct the placeholder “<\(name)>”"
    case .missingExamples:
      return "this outline has no examples, whose column “\(name)” could be: add a table of examples below its steps"
    default:
      return "the bytes here are no UTF-8: they are read as “\u{FFFD}”"
    }
  }

  /// The place and the explanation.
  public var description: String { "\(location): \(explanation)" }
}
