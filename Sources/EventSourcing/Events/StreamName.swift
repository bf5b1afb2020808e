/// The name of the stream that holds one aggregate instance's events, as in `order-7f9c…`.
///
/// Two names are the same where their UTF-8 bytes are.
public struct StreamName: Hashable, Sendable, CustomStringConvertible {
  /// The whole name.
  public let text: String

  /// Takes a name as it stands.
  ///
  /// - Parameter text: The whole name; any text but an empty one is accepted by every store.
  public init(_ text: String) { self.text = text }

  /// Joins a category and an id by a hyphen.
  ///
  /// - Parameters:
  ///   - category: The kind of aggregate.
  ///   - id: The instance.
  public init(category: String, id: String) {
    var category = category
    var id = id
    text = category.withUTF8 { category in
      id.withUTF8 { id in
        let count = category.count + 1 + id.count
        return String(unsafeUninitializedCapacity: count) { buffer in
          _ = buffer.initialize(from: category)
          buffer.initializeElement(at: category.count, to: UInt8(ascii: "-"))
          _ = buffer[(category.count + 1)...].initialize(from: id)
          return count
        }
      }
    }
  }

  /// What stands before the first hyphen, or the whole name where there is none.
  public var category: Substring { text[..<(text.utf8.firstIndex(of: UInt8(ascii: "-")) ?? text.endIndex)] }

  /// What stands behind the first hyphen, or nil where there is none.
  public var id: Substring? {
    text.utf8.firstIndex(of: UInt8(ascii: "-")).map { text[text.utf8.index(after: $0)...] }
  }

  /// What a person reads.
  public var description: String { text }

  // `String` compares by canonical equivalence, under which a store would take two streams for one.
  /// Whether the two are equal.
  public static func == (left: StreamName, right: StreamName) -> Bool {
    left.text.hasSameBytes(as: right.text)
  }

  /// Feeds the name's bytes into a hasher.
  public func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }

  /// Whether the name stands before another in the order of their UTF-8 bytes.
  package static func precedes(_ left: StreamName, _ right: StreamName) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Whether the stream is one of a category's: its name starts with the category and a hyphen.
  package func isIn(category: String) -> Bool {
    guard text.utf8.starts(with: category.utf8) else { return false }
    let behind = text.utf8.dropFirst(category.utf8.count)
    return behind.first == UInt8(ascii: "-")
  }
}
