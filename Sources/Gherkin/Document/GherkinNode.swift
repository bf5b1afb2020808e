/// A part of a document that has a place in the source.
///
/// Nodes are small values that look into their document: copying one is cheap, strings are made when they are asked for,
/// and a node keeps its document alive.
public protocol GherkinNode: Sendable, CustomStringConvertible {
  /// Where the node starts: at its keyword, or at its first character where it has none.
  var location: Location { get }

  /// The whole extent of the node, from its first tag, or else its location, to the end of its last line.
  var range: SourceRange { get }
}

/// A node that opens with a keyword, a colon and a name: a feature, rule, background, scenario, or examples.
public protocol TitledNode: GherkinNode {
  /// The parts that all such nodes have; read them through the other properties.
  var titleParts: TitleParts { get }
}

/// The keyword, the name, the description and the tags of a node, hidden behind the properties of ``TitledNode``.
public struct TitleParts: Sendable {
  let storage: DocumentStorage
  let record: TitleRecord

  var keyword: ByteSlice { storage.keyword(of: record) }
  var name: ByteSlice { storage.name(of: record) }
  var details: TitleDetails { storage.records.details(of: record) }
}

extension TitledNode {
  /// The keyword as it stands in the source, without the colon; empty for a Markdown feature that has none.
  public var keyword: String { titleParts.storage.string(titleParts.keyword) }

  /// The text behind the keyword.
  public var name: String { titleParts.storage.string(titleParts.name) }

  /// The location and extent of the name.
  public var nameRange: SourceRange {
    titleParts.storage.range(of: titleParts.name, from: titleParts.storage.place(titleParts.record.mark))
  }

  /// The lines below the title up to the first step, with their indentation but without comments.
  public var descriptionText: String { titleParts.storage.description(of: titleParts.record) }

  /// Whether there is text between the title and the first step.
  package var hasDescription: Bool { titleParts.details.hasDescription }

  /// The lines of the description that are not empty, with the places where their texts begin.
  package var describedLines: [(location: Location, text: String)] {
    titleParts.storage.describedLines(of: titleParts.record)
  }

  /// The tags above the title.
  public var tags: NodeList<Tag> {
    NodeList(storage: titleParts.storage, range: titleParts.details.tags.range, make: Tag.init)
  }

  /// Where the keyword stands.
  public var location: Location { titleParts.storage.location(titleParts.record.mark) }

  /// The whole extent of the node, from its first tag, or else its keyword, to the end of its last line.
  public var range: SourceRange {
    let storage = titleParts.storage
    let record = titleParts.record
    let first = tags.first.map { storage.records.tags[$0.index].place }
    return storage.range(from: first ?? storage.place(record.mark), to: Int(record.end))
  }

  /// The keyword and the name, with the location in front.
  public var description: String { "\(location): \(keyword): \(name)" }
}

/// The nodes of one kind below another node, in the order of the source.
public struct NodeList<Element: Sendable>: RandomAccessCollection, Sendable {
  let storage: DocumentStorage
  let range: Range<Int>
  let make: @Sendable (DocumentStorage, Int) -> Element

  init(storage: DocumentStorage, range: Range<Int>, make: @escaping @Sendable (DocumentStorage, Int) -> Element) {
    self.storage = storage
    self.range = range
    self.make = make
  }

  /// The position of the first node.
  public var startIndex: Int { 0 }

  /// The position behind the last node.
  public var endIndex: Int { range.count }

  /// The node at a position.
  public subscript(position: Int) -> Element { make(storage, range.lowerBound + position) }
}
