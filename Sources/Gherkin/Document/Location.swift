/// A place in a source, for people: both numbers count from 1, columns in code points.
public struct Location: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The number of the line.
  public var line: Int

  /// The number of the column; 0 where the place is a line as a whole.
  public var column: Int

  /// Makes a location.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The line and the column, as in `12:5`.
  public var description: String { "\(line):\(column)" }

  /// Whether one location comes before another.
  public static func < (left: Location, right: Location) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of a source: where it starts and ends, for people and in bytes.
public struct SourceRange: Hashable, Sendable {
  /// The location of the first character.
  public var start: Location

  /// The location behind the last character.
  public var end: Location

  /// The offsets of the bytes in the UTF-8 source.
  public var bytes: Range<Int>

  /// Makes a range.
  public init(start: Location, end: Location, bytes: Range<Int>) {
    self.start = start
    self.end = end
    self.bytes = bytes
  }
}

/// The number that stands for a node of a document or for a pickle in Cucumber's messages.
///
/// Numbers are given out as the reference implementations do: when a node is complete, from 0.
public struct NodeID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The number itself.
  public var number: Int

  /// Makes an id of a number.
  public init(_ number: Int) {
    self.number = number
  }

  /// The number in decimal digits, as messages have it.
  public var description: String { String(number) }

  /// Whether one id was given out before another.
  public static func < (left: NodeID, right: NodeID) -> Bool { left.number < right.number }
}
