/// The tree of one source: a feature and what is in it.
///
/// ```swift
/// let result = GherkinParser().parse("Feature: Greeting\n", uri: "specs/greeting.feature")
/// if let document = result.document {
///   print(document.feature?.name ?? "no feature")
/// }
/// ```
///
/// A document is immutable; all of its nodes share it.
public struct GherkinDocument: Sendable {
  let storage: DocumentStorage

  /// The name of the source, as it was given to the parser.
  public var uri: String { storage.uri }

  /// The bytes of the source.
  public var source: [UInt8] { storage.source }

  /// The feature, or `nil` where the source has nothing but comments.
  public var feature: Feature? {
    storage.records.feature.map { Feature(storage: storage, record: $0) }
  }

  /// All comments, in the order of the source.
  public var comments: NodeList<Comment> {
    NodeList(storage: storage, range: 0..<storage.records.comments.count, make: Comment.init)
  }

  /// Whether the source is Markdown with Gherkin.
  public var isMarkdown: Bool { storage.isMarkdown }

  /// The first id that no node has, from which the ids of pickles go on.
  public var nextID: NodeID { NodeID(storage.nextID) }

  /// The location of a byte of the source.
  ///
  /// - Parameter utf8Offset: The offset of the byte; one beyond the source counts as its end.
  /// - Complexity: O(log *n*) in the number of lines, and O(*m*) in the length of the byte's line.
  public func location(ofUTF8Offset utf8Offset: Int) -> Location { storage.location(of: utf8Offset) }
}
