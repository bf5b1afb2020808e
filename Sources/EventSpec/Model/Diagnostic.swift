/// Something to say about a place in a spec.
public struct Diagnostic: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable, Hashable {
    /// The scenario cannot be run.
    case error
    /// Worth a look.
    case warning
  }

  /// How bad it is.
  public var severity: Severity
  /// Where it is.
  public var location: SpecLocation
  /// What is wrong: what was expected and what stands there.
  public var message: String
  /// The nearest known name, where a name is wrong.
  public var suggestion: String?
  /// More that helps: the Examples row, the choices there are, what to do.
  public var notes: [String]

  /// Makes a diagnostic.
  public init(
    _ severity: Severity = .error, at location: SpecLocation, _ message: String, suggestion: String? = nil,
    notes: [String] = []
  ) {
    self.severity = severity
    self.location = location
    self.message = message
    self.suggestion = suggestion
    self.notes = notes
  }
}

/// A place in a spec file; lines and columns count from 1, columns in code points.
public struct SpecLocation: Sendable, Hashable, CustomStringConvertible {
  /// The file's path as given.
  public var file: String
  /// The line.
  public var line: Int
  /// The column.
  public var column: Int

  /// Makes a location.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// What a person reads.
  public var description: String { "\(file):\(line):\(column)" }
}
