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
  package mutating func append(_ element: Element) { append { $0.append(element) } }

  /// Has something else append one element to the chunk that is being filled.
  @inline(__always)
  mutating func append(_ add: (inout [Element]) -> Void) {
    add(&last)
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

  /// A chunk by its number: a full one, or that which is being filled.
  ///
  /// - Complexity: O(1); nothing is copied.
  package func chunk(_ number: Int) -> [Element] { number < full.count ? full[number] : last }

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
