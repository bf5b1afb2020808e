/// The forms of all values of an enum without payloads, by tag: there are only so many, so each was coded once to see.
struct PlainCases: Sendable {
  private let trees: [DynamicValue]
  /// The values by tag, where they stay as long as the program runs.
  // Safe to share unchecked: they are written before anybody has the address, and only copied from then on; a value of
  // an enum without payloads refers to nothing.
  nonisolated(unsafe) private let values: UnsafeRawPointer
  private let stride: Int
  private let tags: EnumTag

  /// Codes all values and back; nil where one of them does not come back, or the enum is large.
  init?(_ type: Any.Type, count: Int) {
    guard count > 0, count <= 64, let type = type as? any Codable.Type,
      let found = TypesOnTrial.trying(type, { Self.find(type, count: count) })
    else { return nil }
    (trees, tags, values, stride) = found
  }

  private static func find<T: Codable>(_ type: T.Type, count: Int) -> (
    [DynamicValue], EnumTag, UnsafeRawPointer, Int
  )? {
    guard let tags = EnumTag(type) else { return nil }
    var trees: [DynamicValue] = []
    var values: [T] = []
    for tag in 0..<count {
      guard let value = tags.value(type, ofCaseWithoutPayload: tag) else { return nil }
      let encoder = TreeEncoder(options: .plain)
      guard (try? value.encode(to: encoder)) != nil, let tree = try? encoder.close(),
        let decoded = try? T(from: TreeDecoder(tree)), tags.tag(of: decoded) == tag
      else { return nil }
      if case .record(let record) = tree, let name = record.nameOfCaseWithoutPayload {
        trees.append(.string(name))
      } else {
        trees.append(tree)
      }
      values.append(value)
    }
    let kept = UnsafeMutableBufferPointer<T>.allocate(capacity: count)
    _ = kept.initialize(from: values)
    guard let start = UnsafeRawPointer(kept.baseAddress) else { return nil }
    return (trees, tags, start, MemoryLayout<T>.stride)
  }

  /// The form of a value of the enum.
  @inline(__always)
  func tree<T>(of value: T) -> DynamicValue { trees[tags.tag(of: value)] }

  /// The tag of the value that has a form; nil where none has.
  func tag(of tree: DynamicValue) -> Int? {
    if case .string(let text) = tree {
      return trees.firstIndex { if case .string(let other) = $0 { other == text } else { false } }
    }
    return trees.firstIndex(of: tree)
  }

  /// The value of a tag that ``tag(of:)`` gave.
  @inline(__always)
  func value<T>(_ type: T.Type, tag: Int) -> T { (values + tag * stride).assumingMemoryBound(to: T.self).pointee }
}
