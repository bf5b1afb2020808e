/// Puts the values of a row of examples in the place of the placeholders in a text, column by column as the reference
/// does: a value that holds a later column's placeholder is filled in too.
struct Interpolation: Sendable {
  /// The cells of the header.
  var columns = 0..<0
  /// The cells of the row.
  var values = 0..<0

  /// The longest text that substitution makes; values that hold each other's placeholders could grow without bound.
  private static let maximumLength = 16 << 20

  /// The text of some bytes of the source, with the values put in.
  func string(_ slice: ByteSlice, in storage: DocumentStorage) -> String {
    if columns.isEmpty { return storage.string(slice) }
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
    if columns.isEmpty || !bytes.contains(UInt8(ascii: "<")) { return nil }
    var text = Array(bytes)
    var isChanged = false
    for (column, value) in zip(columns, values) {
      let placeholder = [UInt8(ascii: "<")] + Array(TableCell(storage, column).value.utf8) + [UInt8(ascii: ">")]
      if let replaced = Interpolation.replacing(
        placeholder, in: text, by: { Array(TableCell(storage, value).value.utf8) })
      {
        text = replaced
        isChanged = true
      }
    }
    return isChanged ? text : nil
  }

  private static func replacing(
    _ placeholder: [UInt8], in text: [UInt8], by value: () -> [UInt8]
  ) -> [UInt8]? {
    var result: [UInt8] = []
    var replacement: [UInt8]?
    var copied = 0
    var offset = 0
    while offset + placeholder.count <= text.count {
      guard text[offset] == UInt8(ascii: "<"), text[offset..<offset + placeholder.count].elementsEqual(placeholder)
      else {
        offset += 1
        continue
      }
      let bytes = replacement ?? value()
      replacement = bytes
      result += text[copied..<offset]
      result += bytes
      offset += placeholder.count
      copied = offset
      if result.count + text.count - copied > maximumLength { break }
    }
    guard replacement != nil else { return nil }
    result += text[copied...]
    return result
  }
}
