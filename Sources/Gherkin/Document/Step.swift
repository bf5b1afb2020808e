/// A step of a scenario or of a background.
public struct Step: GherkinNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  var record: StepRecord { storage.records.steps[index] }

  /// The step's id.
  public var id: NodeID { NodeID(Int(record.id)) }

  /// Where the keyword stands.
  public var location: Location { record.place.location }

  /// The keyword as it stands in the source, with the blank that belongs to it in most languages, such as `Given `.
  public var keyword: String { storage.string(record.keyword) }

  /// What the keyword says of the step; ``StepKeywordType/conjunction`` for `And` and `But`.
  public var keywordType: StepKeywordType { record.type }

  /// The text behind the keyword, without the blanks around it.
  public var text: String { storage.string(record.text) }

  /// The location and extent of the text.
  public var textRange: SourceRange { storage.range(of: record.text, from: record.place) }

  /// The location of a byte of the text, for a message about a part of it.
  ///
  /// - Parameter utf8Offset: An offset in the UTF-8 form of ``text``; one beyond the text counts as its end.
  public func location(ofTextOffset utf8Offset: Int) -> Location {
    let range = record.text.range
    return storage.location(min(range.lowerBound + max(0, utf8Offset), range.upperBound), after: record.place)
  }

  /// The data table below the step.
  public var dataTable: DataTable? { record.table < 0 ? nil : DataTable(storage, Int(record.table)) }

  /// The doc string below the step.
  public var docString: DocString? { record.docString < 0 ? nil : DocString(storage, Int(record.docString)) }

  /// The extent of the step, with its data table and doc string.
  public var range: SourceRange {
    let record = record
    let table = record.table < 0 ? nil : storage.records.tables[Int(record.table)].range.last
    let tableEnd = table.map { storage.records.rows[$0].end } ?? 0
    let docStringEnd = record.docString < 0 ? 0 : storage.records.docStrings[Int(record.docString)].end
    let textEnd = record.text.offset + record.text.length
    return storage.range(from: record.place, to: max(textEnd, tableEnd, docStringEnd))
  }

  /// The keyword and the text, with the location in front.
  public var description: String { "\(location): \(keyword)\(text)" }
}
