extension Array {
  /// Appends a record that a source has at an offset.
  ///
  /// An array that is full grows to what the rest of the source will need if it is like what has been read, so that a
  /// large one is hardly ever moved.
  @inline(__always)
  mutating func append(_ record: Element, at offset: Int, of size: Int) {
    if count == capacity, count >= 64 { grow(at: offset, of: size) }
    append(record)
  }

  @inline(never)
  private mutating func grow(at offset: Int, of size: Int) {
    let expected = Double(count) * Double(size) / Double(Swift.max(1, offset))
    // Memory that is reserved and never touched costs nothing, but not every source is alike all over.
    let bounded = Swift.min(Int(expected), Swift.max(size / 16, count * 2))
    reserveCapacity(Swift.max(bounded + bounded / 16, count + count / 4))
  }
}
