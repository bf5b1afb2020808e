/// The placeholders that a table of examples has values for.
final class PlaceholderTable: Sendable {
  /// For each placeholder's name its columns, in order.
  private let columns: [[UInt8]: [Int]]
  private let longestName: Int

  init(header: Range<Int>, in storage: DocumentStorage) {
    var columns: [[UInt8]: [Int]] = [:]
    for (column, cell) in header.enumerated() {
      columns[Array(TableCell(storage, cell).value.utf8), default: []].append(column)
    }
    self.columns = columns
    longestName = columns.keys.map(\.count).max() ?? 0
  }

  /// The first column of a name.
  func column(named name: ArraySlice<UInt8>) -> Int? { columns[Array(name)]?.first }

  /// The first column from a given one on whose placeholder stands in a text.
  func firstColumn(in text: [UInt8], from column: Int) -> (column: Int, name: [UInt8])? {
    var first: (column: Int, name: [UInt8])?
    for opening in text.indices where text[opening] == UInt8(ascii: "<") {
      let end = min(text.count, opening + longestName + 2)
      for closing in opening + 1..<max(opening + 1, end) where text[closing] == UInt8(ascii: ">") {
        let name = Array(text[opening + 1..<closing])
        guard let found = columns[name]?.first(where: { $0 >= column }) else { continue }
        if found < first?.column ?? Int.max { first = (found, name) }
      }
    }
    return first
  }
}

/// Puts the values of a row of examples in the place of the placeholders in a text, column by column as the reference
/// does: a value that holds a later column's placeholder is filled in too.
struct Interpolation: Sendable {
  /// The placeholders, or `nil` where there is no row.
  var placeholders: PlaceholderTable?
  /// The cells of the row.
  var values = 0..<0

  /// The longest text that substitution makes, and the most that it looks at for one: values that hold each other's
  /// placeholders could grow without bound.
  private static let maximumLength = 16 << 20
  private static let maximumNestedLength = 1 << 20
  private static let maximumWork = 8 << 20

  /// The text of some bytes of the source, with the values put in.
  func string(_ slice: ByteSlice, in storage: DocumentStorage) -> String {
    guard placeholders != nil else { return storage.string(slice) }
    return string(of: storage.source[slice.range], in: storage) ?? storage.string(slice)
  }

  /// Some bytes with the values put in, or `nil` where they have no placeholder.
  func string(of bytes: some Collection<UInt8>, in storage: DocumentStorage) -> String? {
    self.bytes(of: bytes, in: storage).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether some bytes have a placeholder of a column.
  func isUsed(in bytes: some Collection<UInt8>, of storage: DocumentStorage) -> Bool {
    self.bytes(of: bytes, in: storage) != nil
  }

  /// Some bytes with the values put in, or `nil` where they have no placeholder.
  func bytes(of bytes: some Collection<UInt8>, in storage: DocumentStorage) -> [UInt8]? {
    guard let placeholders, bytes.contains(UInt8(ascii: "<")) else { return nil }
    let text = Array(bytes)
    switch replacingOnce(placeholders, in: text, storage) {
    case .unchanged: return nil
    case .changed(let result): return result
    case .nested: return replacingByColumn(placeholders, in: text, storage)
    }
  }

  private enum Outcome {
    case unchanged
    case changed([UInt8])
    /// Brackets are nested, in the text or by a value, so that the order of the columns matters.
    case nested
  }

  /// Replaces all placeholders in one pass, which gives the same as column by column where no brackets are nested.
  private func replacingOnce(
    _ placeholders: PlaceholderTable, in text: [UInt8], _ storage: DocumentStorage
  ) -> Outcome {
    var result: [UInt8] = []
    var copied = 0
    var opening: Int?
    for (offset, byte) in text.enumerated() {
      if byte == UInt8(ascii: "<") {
        if opening != nil { return .nested }
        opening = offset
      } else if byte == UInt8(ascii: ">"), let start = opening {
        opening = nil
        guard let column = placeholders.column(named: text[start + 1..<offset]) else { continue }
        let value = value(column, in: storage)
        if value.contains(UInt8(ascii: "<")) || value.contains(UInt8(ascii: ">")) { return .nested }
        result += text[copied..<start]
        result += value
        copied = offset + 1
        if result.count > Interpolation.maximumLength { break }
      }
    }
    guard copied > 0 else { return .unchanged }
    result += text[copied...]
    return .changed(result)
  }

  private func replacingByColumn(
    _ placeholders: PlaceholderTable, in text: [UInt8], _ storage: DocumentStorage
  ) -> [UInt8]? {
    var text = text
    var isChanged = false
    var column = 0
    var work = 0
    while work < Interpolation.maximumWork, let next = placeholders.firstColumn(in: text, from: column) {
      work += text.count
      column = next.column + 1
      isChanged = true
      let placeholder = [UInt8(ascii: "<")] + next.name + [UInt8(ascii: ">")]
      text = Interpolation.replacing(placeholder, in: text, by: value(next.column, in: storage))
    }
    return isChanged ? text : nil
  }

  private func value(_ column: Int, in storage: DocumentStorage) -> [UInt8] {
    guard column < values.count else { return [] }
    return Array(TableCell(storage, values.lowerBound + column).value.utf8)
  }

  private static func replacing(_ placeholder: [UInt8], in text: [UInt8], by value: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    var offset = 0
    while offset + placeholder.count <= text.count {
      guard text[offset] == UInt8(ascii: "<"), text[offset..<offset + placeholder.count].elementsEqual(placeholder)
      else {
        offset += 1
        continue
      }
      result += text[copied..<offset]
      result += value
      offset += placeholder.count
      copied = offset
      if result.count + text.count - copied > maximumNestedLength { break }
    }
    result += text[copied...]
    return result
  }
}
