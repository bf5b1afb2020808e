/// Metadata as JSON: an object of strings with its keys in the order of their UTF-8 bytes.
package enum MetadataText {
  /// Writes metadata.
  ///
  /// - Parameter metadata: The metadata.
  /// - Returns: JSON in UTF-8, `{}` where there is none.
  package static func write(_ metadata: Metadata) -> [UInt8] {
    let values = metadata.values
    if values.isEmpty { return [0x7b, 0x7d] }
    var text: [UInt8] = [0x7b]
    for (key, value) in values.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      if text.count > 1 { text.append(0x2c) }
      JSONString.write(key, to: &text)
      text.append(0x3a)
      JSONString.write(value, to: &text)
    }
    text.append(0x7d)
    return text
  }

  /// Reads metadata.
  ///
  /// - Parameter bytes: JSON as ``write(_:)`` or any other writer made it; values that are no strings keep their text.
  /// - Returns: Nil where it is no object.
  package static func read(_ bytes: UnsafeRawBufferPointer) -> Metadata? {
    if bytes.count == 2, bytes[0] == 0x7b, bytes[1] == 0x7d { return Metadata() }
    var scanner = JSONScanner(bytes)
    var values: [String: String] = [:]
    guard scanner.skip(0x7b) else { return nil }
    if scanner.skip(0x7d) { return scanner.isAtEnd ? Metadata() : nil }
    repeat {
      guard let key = scanner.string(), scanner.skip(0x3a) else { return nil }
      if let value = scanner.string() {
        values[key] = value
      } else {
        guard let range = scanner.value() else { return nil }
        values[key] = String(decoding: bytes[range], as: UTF8.self)
      }
    } while scanner.skip(0x2c)
    guard scanner.skip(0x7d), scanner.isAtEnd else { return nil }
    return Metadata(values)
  }
}
