/// What of the specs to run: a file, a folder, or the scenarios at a line of a file.
///
/// ```swift
/// SpecSelection("specs/order.feature:12").line  // 12
/// ```
public struct SpecSelection: Sendable, Hashable, CustomStringConvertible {
  /// The file's or folder's path.
  public var path: String
  /// The line whose scenarios are meant; nil for all of them.
  public var line: Int?

  /// Makes a selection.
  ///
  /// - Parameters:
  ///   - path: A file's or folder's path.
  ///   - line: The line whose scenarios are meant; nil for all of them.
  public init(path: String, line: Int? = nil) {
    self.path = path
    self.line = line
  }

  /// Reads a selection as it stands on a command line: `PATH`, `FILE:LINE`, or `FILE:LINE:COLUMN` as reports print it,
  /// whose column tells nothing more.
  ///
  /// - Parameter text: The text; only trailing parts that are whole numbers above 0 are a line and a column.
  public init(_ text: String) {
    var path = Substring(text)
    var numbers: [Int] = []
    while numbers.count < 2, let colon = path.lastIndex(of: ":"), colon != path.startIndex {
      let digits = path[path.index(after: colon)...]
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits), number > 0 else { break }
      numbers.append(number)
      path = path[..<colon]
    }
    self.init(path: String(path), line: numbers.last)
  }

  /// The path, with the line behind a colon.
  public var description: String { line.map { "\(path):\($0)" } ?? path }
}
