/// Names read from columns, where the next row often has the same one: it then shares the string.
package struct RepeatedText {
  private var recent: [String] = []
  private var next = 0

  /// Starts without names.
  package init() {}

  /// The name that a column's bytes stand for.
  ///
  /// - Parameter bytes: What ``StoredName/write(_:)`` gave, in UTF-8.
  /// - Complexity: O(*n*) in the number of bytes; up to eight recent names are compared.
  package mutating func text(of bytes: UnsafeRawBufferPointer) -> String {
    for text in recent where Self.isEqual(text, bytes) { return text }
    let text = String(decoding: bytes, as: UTF8.self)
    let name = StoredName.read(text)
    // A name with an escape is compared in its escaped form no more.
    guard name.utf8.count == text.utf8.count else { return name }
    if recent.count < 8 {
      recent.append(name)
    } else {
      recent[next] = name
      next = (next + 1) & 7
    }
    return name
  }

  /// Whether a text has these bytes; compared as memory, since this runs for every row.
  private static func isEqual(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { UnsafeRawBufferPointer($0).hasSameBytes(as: bytes) }
      ?? text.utf8.elementsEqual(bytes)
  }
}
