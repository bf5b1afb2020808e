/// Codes a list element by element, as the list's own Codable conformance does, with less in between.
protocol ListCoding: AnyObject, Sendable {
  /// Encodes the list at a place into an encoder of its own, but for the elements that are known.
  func encode(_ list: UnsafeRawPointer, _ node: TreeEncoder, _ known: KnownField?) throws

  /// Decodes a list from a decoder of its own to a place, but for the elements that are known.
  func decode(
    _ elements: [DynamicValue], _ node: TreeDecoder, _ known: KnownField?, to place: UnsafeMutableRawPointer) throws
}

/// A list, whatever its elements are.
protocol ListType {
  /// How it is coded; nil where its elements are not Codable.
  static var coding: (any ListCoding)? { get }
}

extension Array: ListType {
  static var coding: (any ListCoding)? {
    guard let element = Element.self as? any Codable.Type else { return nil }
    return coding(of: element)
  }

  private static func coding<T: Codable>(of type: T.Type) -> any ListCoding { CodableListCoding<T>() }
}

private final class CodableListCoding<Element: Codable>: ListCoding {
  func encode(_ list: UnsafeRawPointer, _ node: TreeEncoder, _ known: KnownField?) throws {
    let list = list.assumingMemoryBound(to: [Element].self).pointee
    var trees: [DynamicValue] = []
    trees.reserveCapacity(list.count)
    // An element that stands where it stood, with the same bits, has the tree that it had.
    if let known, let value = known.value, case .array(let knownTrees) = known.tree {
      let knownList = value.assumingMemoryBound(to: [Element].self).pointee
      try list.withUnsafeBufferPointer { list in
        try knownList.withUnsafeBufferPointer { knownList in
          let count = min(list.count, knownList.count, knownTrees.count)
          for index in 0..<count {
            if Self.haveSameBits(list, knownList, at: index) {
              trees.append(knownTrees[index])
            } else {
              trees.append(try node.tree(of: list[index], at: .index(index)))
            }
          }
        }
      }
    }
    try list.withUnsafeBufferPointer { list in
      for index in trees.count..<list.count { trees.append(try node.tree(of: list[index], at: .index(index))) }
    }
    node.setElements(trees)
  }

  @inline(__always)
  private static func haveSameBits(
    _ left: UnsafeBufferPointer<Element>, _ right: UnsafeBufferPointer<Element>, at index: Int
  ) -> Bool {
    guard let left = left.baseAddress, let right = right.baseAddress else { return false }
    let size = MemoryLayout<Element>.size
    return UnsafeRawBufferPointer(start: left + index, count: size).hasSameBytes(
      as: UnsafeRawBufferPointer(start: right + index, count: size))
  }

  func decode(
    _ elements: [DynamicValue], _ node: TreeDecoder, _ known: KnownField?, to place: UnsafeMutableRawPointer
  ) throws {
    // An array made with room for nothing writes its count into the one empty storage that all threads share.
    if elements.isEmpty { return place.assumingMemoryBound(to: [Element].self).initialize(to: []) }
    let list = try [Element](unsafeUninitializedCapacity: elements.count) { target, count in
      guard let target = target.baseAddress else { return }
      if let known, let restored = known.restored, case .array(let knownTrees) = known.restoredTree {
        let knownList = restored.assumingMemoryBound(to: [Element].self).pointee
        let shared = min(elements.count, knownList.count, knownTrees.count)
        while count < shared {
          if elements[count].hasSameBits(as: knownTrees[count]) {
            (target + count).initialize(to: knownList[count])
          } else {
            (target + count).initialize(to: try node.decode(Element.self, from: elements[count], at: .index(count)))
          }
          count += 1
        }
      }
      while count < elements.count {
        (target + count).initialize(to: try node.decode(Element.self, from: elements[count], at: .index(count)))
        count += 1
      }
    }
    place.assumingMemoryBound(to: [Element].self).initialize(to: list)
  }
}
