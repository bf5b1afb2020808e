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
  public var location: Location { storage.location(record.mark) }

  /// The keyword as it stands in the source, with the blank that belongs to it in most languages, such as `Given `.
  public var keyword: String { storage.string(storage.keyword(of: record)) }

  /// What the keyword says of the step; ``StepKeywordType/conjunction`` for `And` and `But`.
  public var keywordType: StepKeywordType { record.type }

  /// The text behind the keyword, without the blanks around it.
  public var text: String { storage.string(storage.text(of: record)) }

  /// The location and extent of the text.
  public var textRange: SourceRange {
    storage.range(of: storage.text(of: record), from: storage.place(record.mark))
  }

  /// The location of a byte of the text, for a message about a part of it.
  ///
  /// - Parameter utf8Offset: An offset in the UTF-8 form of ``text``; one beyond the text counts as its end.
  public func location(ofTextOffset utf8Offset: Int) -> Location {
    let range = storage.text(of: record).range
    let offset = range.lowerBound + min(max(0, utf8Offset), range.count)
    return storage.location(offset, after: storage.place(record.mark))
  }

  /// The data table below the step.
  public var dataTable: DataTable? {
    guard let argument, !storage.records.arguments[argument].tableRows.range.isEmpty else { return nil }
    return DataTable(storage, argument)
  }

  /// The doc string below the step.
  public var docString: DocString? {
    guard let argument, storage.records.arguments[argument].docString >= 0 else { return nil }
    return DocString(storage, Int(storage.records.arguments[argument].docString))
  }

  /// The index of the record of the step's arguments.
  private var argument: Int? { storage.records.argumentIndex(ofStep: index) }

  /// The extent of the step, with its data table and doc string.
  public var range: SourceRange {
    let lastRow = dataTable?.rows.last?.range.bytes.upperBound ?? 0
    let docStringEnd = docString.map { Int($0.record.end) } ?? 0
    let textEnd = storage.rest(of: record.mark).textEnd
    return storage.range(from: storage.place(record.mark), to: max(textEnd, lastRow, docStringEnd))
  }

  /// The keyword and the text, with the location in front.
  public var description: String { "\(location): \(keyword)\(text)" }
}
