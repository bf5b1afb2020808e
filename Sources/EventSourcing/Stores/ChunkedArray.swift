/// An array that grows in chunks, so that appending while somebody holds a copy never moves more than one chunk.
package struct ChunkedArray<Element> {
  package static var chunkSize: Int { 1024 }

  /// The chunks that are full.
  package private(set) var full: [[Element]] = []
  /// The chunk that is being filled.
  package private(set) var last: [Element] = []

  package init() {}

  package var count: Int { full.count &* Self.chunkSize &+ last.count }

  /// - Complexity: O(1), and one chunk is copied where a copy of the array shares it.
  package mutating func append(_ element: Element) {
    last.append(element)
    if last.count == Self.chunkSize {
      full.append(last)
      last = []
      last.reserveCapacity(Self.chunkSize)
    }
  }

  /// - Complexity: O(1).
  package subscript(index: Int) -> Element {
    let chunk = index / Self.chunkSize
    return chunk < full.count ? full[chunk][index % Self.chunkSize] : last[index % Self.chunkSize]
  }

  /// The elements from an index on, chunk by chunk.
  ///
  /// - Parameter index: The first one's index, not negative.
  /// - Returns: Slices that share the chunks' storage.
  package func chunks(from index: Int) -> [ArraySlice<Element>] {
    guard index < count else { return [] }
    if full.isEmpty { return [last[index...]] }
    var slices: [ArraySlice<Element>] = []
    slices.reserveCapacity(full.count + 1 - index / Self.chunkSize)
    var start = index % Self.chunkSize
    for chunk in full.dropFirst(index / Self.chunkSize) {
      slices.append(chunk[start...])
      start = 0
    }
    if last.count > start { slices.append(last[start...]) }
    return slices
  }
}

extension ChunkedArray: Sendable where Element: Sendable {}
