/// Codes a list element by element, as the list's own Codable conformance does, with less in between.
protocol ListCoding: AnyObject, Sendable {
  /// Encodes the list at a place into an encoder of its own.
  func encode(_ list: UnsafeRawPointer, _ node: TreeEncoder) throws

  /// Decodes a list from a decoder of its own to a place.
  func decode(_ elements: [DynamicValue], _ node: TreeDecoder, to place: UnsafeMutableRawPointer) throws
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
  func encode(_ list: UnsafeRawPointer, _ node: TreeEncoder) throws {
    let list = list.assumingMemoryBound(to: [Element].self).pointee
    var trees: [DynamicValue] = []
    trees.reserveCapacity(list.count)
    try list.withUnsafeBufferPointer { list in
      for index in 0..<list.count { trees.append(try node.tree(of: list[index], at: .index(index))) }
    }
    node.setElements(trees)
  }

  func decode(_ elements: [DynamicValue], _ node: TreeDecoder, to place: UnsafeMutableRawPointer) throws {
    // An array made with room for nothing writes its count into the one empty storage that all threads share.
    if elements.isEmpty { return place.assumingMemoryBound(to: [Element].self).initialize(to: []) }
    let list = try [Element](unsafeUninitializedCapacity: elements.count) { target, count in
      guard let target = target.baseAddress else { return }
      while count < elements.count {
        (target + count).initialize(to: try node.decode(Element.self, from: elements[count], at: .index(count)))
        count += 1
      }
    }
    place.assumingMemoryBound(to: [Element].self).initialize(to: list)
  }
}
