#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

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
    for text in recent where text.utf8.count == bytes.count && Self.isEqual(text, bytes) { return text }
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

  /// Whether a text has these bytes, as many as it has; compared as memory, since this runs for every row.
  private static func isEqual(_ text: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress else { return true }
    let isEqual = text.utf8.withContiguousStorageIfAvailable { own -> Bool in
      guard let first = own.baseAddress else { return false }
      return memcmp(first, start, bytes.count) == 0
    }
    return isEqual ?? text.utf8.elementsEqual(bytes)
  }
}
