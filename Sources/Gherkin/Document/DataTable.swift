/// The data table of a step.
public struct DataTable: GherkinNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  var rowRange: Range<Int> { storage.records.arguments[index].tableRows.range }

  /// The rows, all with the same number of cells.
  public var rows: NodeList<TableRow> { NodeList(storage: storage, range: rowRange, make: TableRow.init) }

  /// Where the first row stands.
  public var location: Location { rows.first?.location ?? Location(line: 0, column: 0) }

  /// The extent of all rows.
  public var range: SourceRange {
    guard let first = rows.first?.range, let last = rows.last?.range else {
      return SourceRange(start: location, end: location, bytes: 0..<0)
    }
    return SourceRange(
      start: first.start, end: last.end, bytes: first.bytes.lowerBound..<last.bytes.upperBound)
  }

  /// The number of rows, with the location in front.
  public var description: String { "\(location): a table of \(rows.count) rows" }
}

/// A row of a data table or of examples.
public struct TableRow: GherkinNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  private var record: RowRecord { storage.records.rows[index] }

  /// The row's id.
  public var id: NodeID { NodeID(Int(record.id)) }

  /// Where the first `|` stands.
  public var location: Location { storage.location(record.mark) }

  /// The cells.
  public var cells: NodeList<TableCell> {
    NodeList(storage: storage, range: record.cells.range, make: TableCell.init)
  }

  /// The extent of the row.
  public var range: SourceRange {
    let line = storage.rest(of: record.mark)
    return storage.range(of: ByteSlice(line.start, line.textEnd), from: storage.place(record.mark))
  }

  /// The values of the cells, with the location in front.
  public var description: String { "\(location): | " + cells.map { $0.value + " |" }.joined(separator: " ") }
}

/// A cell of a table row.
public struct TableCell: GherkinNode {
  let storage: DocumentStorage
  let index: Int

  init(_ storage: DocumentStorage, _ index: Int) {
    self.storage = storage
    self.index = index
  }

  private var record: CellRecord { storage.records.cells[index] }

  /// Where the content of the cell stands; for an empty cell, the `|` that ends it.
  public var location: Location { record.place.location }

  /// The content without the blanks around it, with `\n`, `\|` and `\\` read as what they stand for.
  public var value: String {
    let raw = record.content
    let source = storage.source
    var bytes: [UInt8] = []
    guard CellText.append(raw.range, of: source.span, to: &bytes) else { return storage.string(raw) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The content as it stands in the source, escapes and all.
  public var rawValue: String { storage.string(record.content) }

  /// The extent of the content.
  public var range: SourceRange { storage.range(of: record.content, from: record.place) }

  /// The location of a byte of the value, for a message about a part of it.
  ///
  /// - Parameter utf8Offset: An offset in the UTF-8 form of ``value``; one beyond the value counts as its end.
  public func location(ofValueOffset utf8Offset: Int) -> Location {
    let raw = record.content.range
    let source = storage.source
    let offset = CellText.sourceOffset(of: utf8Offset, in: raw, of: source.span)
    return storage.location(offset, after: record.place)
  }

  /// The value, with the location in front.
  public var description: String { "\(location): \(value)" }
}

/// The escapes in the cells of tables.
enum CellText {
  /// Appends the value of a cell to some bytes where it has escapes.
  ///
  /// - Returns: Whether the cell has escapes; where it has none, nothing is appended.
  static func append(_ raw: Range<Int>, of source: Span<UInt8>, to bytes: inout [UInt8]) -> Bool {
    var offset = raw.lowerBound
    while offset < raw.upperBound, source[offset] != UInt8(ascii: "\\") { offset += 1 }
    guard offset < raw.upperBound else { return false }
    offset = raw.lowerBound
    while offset < raw.upperBound {
      let length = unit(at: offset, in: raw, of: source)
      if length == 2 {
        let escaped = source[offset + 1]
        bytes.append(escaped == UInt8(ascii: "n") ? 0x0A : escaped)
      } else {
        bytes.append(source[offset])
      }
      offset += length
    }
    return true
  }

  /// The offset in the source of a byte of a cell's value.
  static func sourceOffset(of valueOffset: Int, in raw: Range<Int>, of source: Span<UInt8>) -> Int {
    var offset = raw.lowerBound
    var remaining = valueOffset
    while offset < raw.upperBound, remaining > 0 {
      offset += unit(at: offset, in: raw, of: source)
      remaining -= 1
    }
    return offset
  }

  /// How many bytes of the source stand for the next byte of the value: 2 for an escape, else 1.
  private static func unit(at offset: Int, in raw: Range<Int>, of source: Span<UInt8>) -> Int {
    guard source[offset] == UInt8(ascii: "\\"), offset + 1 < raw.upperBound else { return 1 }
    switch source[offset + 1] {
    case UInt8(ascii: "n"), UInt8(ascii: "|"), UInt8(ascii: "\\"): return 2
    default: return 1
    }
  }
}
