/// A text whose bytes are no UTF-8: read with other characters in their place it would not be what was typed.
package struct UnreadableText: Error, Sendable, Hashable {
  /// The first byte that cannot be read.
  package var byte: UInt8
  /// The line of the text in which it stands, from 1.
  package var line: Int
  /// How many characters stand before it in its line, and one more.
  package var column: Int

  package init(byte: UInt8, line: Int = 1, column: Int) {
    self.byte = byte
    self.line = line
    self.column = column
  }

  /// What is wrong and what to do about it, without the line.
  package var message: String {
    let hex = String(byte, radix: 16, uppercase: true)
    return "the byte 0x\(hex) at column \(column) is no UTF-8; write the text in UTF-8"
  }

  /// Reads bytes as a text.
  ///
  /// - Throws: Where they are no UTF-8.
  static func read(_ bytes: some Collection<UInt8>) throws(UnreadableText) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var line = 1
    var column = 1
    var offset = bytes.startIndex
    var rest = bytes[...].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    while case .valid(let scalar) = parser.parseScalar(from: &rest) {
      offset = bytes.index(offset, offsetBy: scalar.count)
      column += 1
      if scalar.first == 0x0A { (line, column) = (line + 1, 1) }
    }
    throw UnreadableText(byte: offset < bytes.endIndex ? bytes[offset] : 0, line: line, column: column)
  }
}
