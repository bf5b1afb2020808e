/// What is wrong with a source, and where.
///
/// ``message`` is worded exactly as the reference implementations word it; ``description`` says the same to people.
public struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of error it is.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String

    private init(_ name: String) { self.name = name }

    /// A line stands where its kind may not.
    public static let unexpectedToken = Code("unexpectedToken")
    /// The source ends in the middle of something.
    public static let unexpectedEndOfFile = Code("unexpectedEndOfFile")
    /// A row has more or fewer cells than the first row of its table.
    public static let inconsistentCellCount = Code("inconsistentCellCount")
    /// A tag has a blank in it.
    public static let tagWithBlank = Code("tagWithBlank")
    /// A `# language:` line names a language that has no keywords.
    public static let unknownLanguage = Code("unknownLanguage")
    /// The source has 4 GiB or more.
    public static let sourceTooLarge = Code("sourceTooLarge")

    /// The name of the code.
    public var description: String { name }
  }

  /// What kind of error it is.
  public let code: Code

  /// Where it is; an error at the end of the source has no column.
  public let location: Location

  /// The kinds of line that could have stood there.
  public let expected: [TokenKind]

  /// The text that stands there instead, or the name that is unknown.
  public let found: String?

  init(code: Code, location: Location, expected: [TokenKind], found: String?) {
    self.code = code
    self.location = location
    self.expected = expected
    self.found = found
  }

  /// The error as the reference implementations word it, with its place in front.
  public var message: String {
    let kinds = expected.map { "#" + $0.rawValue }.joined(separator: ", ")
    let text: String
    switch code {
    case .unexpectedToken: text = "expected: \(kinds), got '\(found ?? "")'"
    case .unexpectedEndOfFile: text = "unexpected end of file, expected: \(kinds)"
    case .inconsistentCellCount: text = "inconsistent cell count within the table"
    case .tagWithBlank: text = "A tag may not contain whitespace"
    case .unknownLanguage: text = "Language not supported: \(found ?? "")"
    default: text = "The source is too large"
    }
    return "(\(location.line):\(location.column)): \(text)"
  }

  /// What is wrong and what to do about it, in a sentence without the place.
  public var explanation: String {
    let choice = ParseError.choice(expected.map(\.phrase))
    switch code {
    case .unexpectedToken:
      return "expected \(choice), but found “\(found ?? "")”"
    case .unexpectedEndOfFile:
      if expected.contains(.docStringSeparator) {
        return "the file ends inside a doc string: close it with the separator that opens it"
      }
      return "the file ends where \(choice) must follow"
    case .inconsistentCellCount:
      return "this row does not have as many cells as the first row of its table: each cell ends with “|”, "
        + "and a “|” in a cell is written “\\|”"
    case .tagWithBlank:
      return "a tag must not contain a blank: start each tag with “@”, and a comment behind tags with “ #”"
    case .unknownLanguage:
      let name = found ?? ""
      let hint = Dialect.closestLanguage(to: name).map { ": did you mean “\($0)”?" } ?? ""
      return "Gherkin has no keywords for the language “\(name)”\(hint)"
    default:
      return "the file has 4 GiB or more: split it"
    }
  }

  /// The place and the explanation.
  public var description: String { "\(location): \(explanation)" }

  private static func choice(_ phrases: [String]) -> String {
    guard let last = phrases.last, phrases.count > 1 else { return phrases.first ?? "nothing" }
    return phrases.dropLast().joined(separator: ", ") + " or " + last
  }
}
