/// A tag, such as `@slow`.
public struct Tag: GherkinNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  private var record: TagRecord { storage.records.tags[index] }

  /// The tag's id.
  public var id: NodeID { NodeID(Int(record.id)) }

  /// The tag with its `@`.
  public var name: String { storage.string(record.name) }

  /// Where the tag stands.
  public var location: Location { record.place.location }

  /// The extent of the tag.
  public var range: SourceRange { storage.range(of: record.name, from: record.place) }

  /// The name, with the location in front.
  public var description: String { "\(location): \(name)" }
}

/// A comment: a line that starts with `#`.
public struct Comment: GherkinNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  var record: CommentRecord { storage.records.comments[index] }

  /// The whole line with its blanks.
  public var text: String { storage.string(record.text) }

  /// Where the line starts.
  public var location: Location { Location(line: Int(record.line), column: 1) }

  /// The extent of the line.
  public var range: SourceRange {
    storage.range(of: record.text, from: Place(Int(record.text.offset), line: Int(record.line), column: 1))
  }

  /// The text, with the location in front.
  public var description: String { "\(location): \(text)" }
}
