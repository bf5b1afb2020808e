/// Where in a Swift file something is asked for.
public struct SourcePlace: Sendable, Hashable {
  /// The file's id, as `#fileID` gives it.
  public var fileID: String
  /// The file's path, as `#filePath` gives it.
  public var filePath: String
  /// The line.
  public var line: Int
  /// The column.
  public var column: Int

  /// Makes a place.
  ///
  /// - Parameters:
  ///   - fileID: The file's id.
  ///   - filePath: The file's path.
  ///   - line: The line.
  ///   - column: The column.
  public init(fileID: String, filePath: String, line: Int, column: Int) {
    self.fileID = fileID
    self.filePath = filePath
    self.line = line
    self.column = column
  }

  var location: SpecLocation { SpecLocation(file: filePath, line: line, column: column) }
}
