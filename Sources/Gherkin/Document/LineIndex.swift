/// Finds the lines of a source by their number or by an offset: the start of about one line in every eight kilobytes is
/// kept, and the lines behind it are scanned again.
struct LineIndex: Sendable {
  /// How many bytes there are at least between two lines that are kept.
  static let distance = 8192

  private var starts: [UInt32] = []
  private var numbers: [UInt32] = []

  /// Makes the index of a source that has some bytes.
  init(size: Int) {
    starts.reserveCapacity(size / LineIndex.distance + 1)
    numbers.reserveCapacity(size / LineIndex.distance + 1)
  }

  /// Keeps a line, which must come behind all that are kept.
  mutating func append(start: Int, number: Int) {
    starts.append(UInt32(truncatingIfNeeded: start))
    numbers.append(UInt32(truncatingIfNeeded: number))
  }

  /// The line with a number, or `nil` where the source has none.
  ///
  /// - Complexity: O(log *n*) in the size of the source.
  func line(_ number: Int, in source: Span<UInt8>) -> Line? {
    guard number >= 1, var line = nearest(number, in: numbers, source) else { return nil }
    while line.number < number {
      guard line.next < source.count else { return nil }
      line = Line(in: source, at: line.next, number: line.number + 1)
    }
    return line
  }

  /// The line that an offset lies in or behind.
  ///
  /// - Complexity: O(log *n*) in the size of the source, and O(*m*) in the length of the line.
  func line(of offset: Int, in source: Span<UInt8>) -> Line? {
    guard var line = nearest(offset, in: starts, source) else { return nil }
    while line.next <= offset, line.next < source.count {
      line = Line(in: source, at: line.next, number: line.number + 1)
    }
    return line
  }

  /// The last line that is kept whose value is not larger than one that is looked for.
  private func nearest(_ value: Int, in values: [UInt32], _ source: Span<UInt8>) -> Line? {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if Int(values[middle]) <= value { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    return Line(in: source, at: Int(starts[low - 1]), number: Int(numbers[low - 1]))
  }
}
