/// The name of the stream that holds one aggregate instance's events, as in `order-7f9c…`.
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
  public init(category: String, id: String) { text = category + "-" + id }

  /// What stands before the first hyphen, or the whole name where there is none.
  public var category: Substring { text.prefix { $0 != "-" } }

  /// What stands behind the first hyphen, or nil where there is none.
  public var id: Substring? { text.firstIndex(of: "-").map { text[text.index(after: $0)...] } }

  public var description: String { text }
}
