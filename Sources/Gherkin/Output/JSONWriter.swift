/// Writes JSON into a buffer of bytes.
struct JSONWriter {
  /// What has been written and not yet taken.
  private(set) var bytes: [UInt8] = []

  /// Writes JSON as it stands, such as punctuation and keys.
  @inline(__always)
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Writes a number.
  mutating func number(_ number: Int) {
    if number < 10, number >= 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
      return
    }
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var unit: UInt = 1
    while number.magnitude / unit >= 10 { unit *= 10 }
    while unit > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(number.magnitude / unit % 10))
      unit /= 10
    }
  }

  /// Writes a string.
  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { escaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes a string of some bytes.
  mutating func string(_ text: [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    text.withUnsafeBufferPointer { escaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes a string of some bytes of a document's source.
  mutating func string(_ slice: ByteSlice, of storage: DocumentStorage) {
    guard storage.isValidUTF8 else { return string(storage.string(slice)) }
    bytes.append(UInt8(ascii: "\""))
    storage.source.withUnsafeBufferPointer { escaped(UnsafeBufferPointer(rebasing: $0[slice.range])) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes an id as a string.
  mutating func id(_ number: Int) {
    bytes.append(UInt8(ascii: "\""))
    self.number(number)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes a location; one without a column has only its line.
  mutating func location(_ location: Location) {
    raw(#"{"line":"#)
    number(location.line)
    if location.column > 0 {
      raw(#","column":"#)
      number(location.column)
    }
    raw("}")
  }

  /// Hands the buffer on once it is large, or at the end whatever its size.
  mutating func flush(atLeast size: Int, to write: ([UInt8]) throws -> Void) rethrows {
    guard bytes.count >= size, !bytes.isEmpty else { return }
    try write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private mutating func escaped(_ text: UnsafeBufferPointer<UInt8>) {
    var copied = 0
    for (offset, byte) in text.enumerated() {
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
      bytes.append(contentsOf: text[copied..<offset])
      copied = offset + 1
      escape(byte)
    }
    bytes.append(contentsOf: text[copied...])
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): raw(#"\""#)
    case UInt8(ascii: "\\"): raw(#"\\"#)
    case 0x0A: raw(#"\n"#)
    case 0x0D: raw(#"\r"#)
    case 0x09: raw(#"\t"#)
    default:
      raw(#"\u00"#)
      let digits: StaticString = "0123456789abcdef"
      digits.withUTF8Buffer { digits in
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
    }
  }
}
