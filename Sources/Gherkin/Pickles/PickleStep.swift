/// A step of a pickle.
public struct PickleStep: Sendable {
  /// The pickle that the step belongs to.
  public let pickle: Pickle
  /// The position of the step in the pickle, from 0.
  public let position: Int

  private var storage: DocumentStorage { pickle.storage }
  private var record: StepRecord { storage.records.steps[pickle.shape.stepIndex(at: position)] }

  /// The values that the row of an outline puts into the step; those of a background get none.
  var interpolation: Interpolation { isFromBackground ? Interpolation() : pickle.interpolation }

  /// The step's id.
  public var id: NodeID { NodeID(pickle.firstStepID + position) }

  /// The step of the document that this is made of, with its keyword and place.
  public var step: Step { Step(storage, pickle.shape.stepIndex(at: position)) }

  /// Where the document's step stands.
  public var location: Location { storage.location(record.mark) }

  /// The keyword of the document's step.
  public var keyword: String { storage.string(storage.keyword(of: record)) }

  /// The type of the document's keyword, ``StepKeywordType/conjunction`` for `And` and `But`.
  public var keywordType: StepKeywordType { record.type }

  /// The type of the step; a conjunction has the type of the step that it goes on with.
  public var type: StepKeywordType { pickle.shape.type(at: position, in: storage) }

  /// Whether the step comes from a background of the feature or of the rule.
  public var isFromBackground: Bool { position < pickle.shape.backgroundStepCount }

  /// The text, with the values of the row put in.
  public var text: String { interpolation.string(storage.text(of: record), in: storage) }

  /// Whether the row put values into the text, so that offsets in it are not those in the source.
  public var isTextSubstituted: Bool {
    interpolation.isUsed(in: storage.source[storage.text(of: record).range], of: storage)
  }

  /// The bytes of the text of a step that is nothing but its text: without substituted values, table or doc string.
  package var plainText: ArraySlice<UInt8>? {
    let record = record
    guard !record.hasArgument else { return nil }
    let text = storage.source[storage.text(of: record).range]
    return interpolation.isUsed(in: text, of: storage) ? nil : text
  }

  /// The data table.
  public var dataTable: PickleTable? {
    step.dataTable.map { PickleTable(dataTable: $0, interpolation: interpolation) }
  }

  /// The doc string.
  public var docString: PickleDocString? {
    step.docString.map { PickleDocString(docString: $0, interpolation: interpolation) }
  }

  /// The ids of the document's step and of the row.
  public var astNodeIDs: [NodeID] {
    let row = isFromBackground ? nil : pickle.examplesRow
    return [NodeID(Int(record.id))] + (row.map { [$0.id] } ?? [])
  }
}

/// The data table of a pickle's step.
public struct PickleTable: Sendable {
  /// The table of the document that this is made of.
  public let dataTable: DataTable
  let interpolation: Interpolation

  /// The rows.
  public var rows: [PickleTableRow] {
    dataTable.rows.map { PickleTableRow(row: $0, interpolation: interpolation) }
  }
}

/// A row of the data table of a pickle's step.
public struct PickleTableRow: Sendable {
  /// The row of the document that this is made of.
  public let row: TableRow
  let interpolation: Interpolation

  /// The cells.
  public var cells: [PickleTableCell] {
    row.cells.map { PickleTableCell(cell: $0, interpolation: interpolation) }
  }
}

/// A cell of the data table of a pickle's step.
public struct PickleTableCell: Sendable {
  /// The cell of the document that this is made of.
  public let cell: TableCell
  let interpolation: Interpolation

  /// The value, with the values of the row put in.
  public var value: String {
    let value = cell.value
    return interpolation.string(of: value.utf8, in: cell.storage) ?? value
  }

  /// Whether the row put values into the cell, so that offsets in it are not those in the source.
  public var isSubstituted: Bool { interpolation.isUsed(in: cell.value.utf8, of: cell.storage) }
}

/// The doc string of a pickle's step.
public struct PickleDocString: Sendable {
  /// The doc string of the document that this is made of.
  public let docString: DocString
  let interpolation: Interpolation

  /// The media type, with the values of the row put in.
  public var mediaType: String? {
    docString.mediaType.map { interpolation.string(of: $0.utf8, in: docString.storage) ?? $0 }
  }

  /// The content, with the values of the row put in.
  public var content: String {
    var bytes: [UInt8] = []
    docString.storage.appendContent(of: docString.record, to: &bytes)
    return interpolation.string(of: bytes, in: docString.storage) ?? String(decoding: bytes, as: UTF8.self)
  }

  /// Whether the row put values into the content, so that offsets in it are not those in the source.
  public var isSubstituted: Bool { interpolation.isUsed(in: docString.content.utf8, of: docString.storage) }
}
