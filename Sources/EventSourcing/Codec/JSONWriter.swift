/// Writes trees as JSON.
enum JSONWriter {
  /// A tree as JSON.
  static func write(_ value: DynamicValue) -> [UInt8] {
    var bytes = ByteBuffer(capacity: 512)
    write(value, to: &bytes)
    return bytes.array
  }

  /// Fields as a JSON object.
  static func write(_ record: DynamicRecord) -> [UInt8] {
    var bytes = ByteBuffer(capacity: 512)
    write(record, to: &bytes)
    return bytes.array
  }

  private static func write(_ value: DynamicValue, to bytes: inout ByteBuffer) {
    switch value {
    case .null: bytes.append("null")
    case .bool(let bool): bytes.append(bool ? "true" : "false")
    case .integer(let number):
      if number < 0 { bytes.append(UInt8(ascii: "-")) }
      bytes.append(number: number.magnitude)
    case .unsigned(let number): bytes.append(number: number)
    case .double(let number): write(number, to: &bytes)
    case .decimal(let number):
      if let parts = DecimalParts(number) { parts.write(to: &bytes) } else { bytes.append("\"NaN\"") }
    case .string(let text): write(text, to: &bytes)
    case .uuid(let uuid):
      let place = bytes.room(for: 38)
      place[0] = UInt8(ascii: "\"")
      uuid.writeText(to: place + 1)
      place[37] = UInt8(ascii: "\"")
      bytes.commit(38)
    case .date(let date):
      bytes.append(UInt8(ascii: "\""))
      DateText.write(date, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    case .duration(let duration): write(DurationText.write(duration), to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      var isFirst = true
      for element in elements {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        write(element, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .record(let record): write(record, to: &bytes)
    }
  }

  private static func write(_ record: DynamicRecord, to bytes: inout ByteBuffer) {
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for field in record.fields where !field.isDerived {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      write(field.name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      write(field.value, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private static func write(_ number: Double, to bytes: inout ByteBuffer) {
    if number.isFinite {
      bytes.append(contentsOf: number.description)
    } else {
      bytes.append(number.isNaN ? "\"NaN\"" : (number < 0 ? "\"-Infinity\"" : "\"Infinity\""))
    }
  }

  private static func write(_ text: String, to bytes: inout ByteBuffer) {
    var text = text
    text.withUTF8 { utf8 in
      let place = bytes.room(for: utf8.count + 2)
      place[0] = UInt8(ascii: "\"")
      bytes.commit(1)
      if let start = utf8.baseAddress, utf8.count > 0 {
        if isPlain(utf8) {
          (place + 1).initialize(from: start, count: utf8.count)
          bytes.commit(utf8.count)
        } else {
          writeEscaped(utf8, to: &bytes)
        }
      }
      bytes.append(UInt8(ascii: "\""))
    }
  }

  /// Whether no byte of a text must be escaped.
  @inline(__always)
  private static func isPlain(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    let bytes = UnsafeRawBufferPointer(utf8)
    while index + 8 <= bytes.count {
      if specials(in: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) != 0 { return false }
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return false }
      index += 1
    }
    return true
  }

  /// Tells of eight bytes of a text whether one is a quote, a backslash or a control character, all at once.
  ///
  /// - Returns: Zero where there is none; otherwise the lowest bit set is the highest one of the first such byte.
  @inline(__always)
  static func specials(in word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let backslash = word ^ (ones &* 0x5C)
    let found = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- (ones &* 0x20)) & ~word)
    return found & 0x8080_8080_8080_8080
  }

  private static func writeEscaped(_ utf8: UnsafeBufferPointer<UInt8>, to bytes: inout ByteBuffer) {
    var start = 0
    for index in utf8.indices {
      let byte = utf8[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
      bytes.append(UnsafeBufferPointer(rebasing: utf8[start..<index]))
      escape(byte, to: &bytes)
      start = index + 1
    }
    bytes.append(UnsafeBufferPointer(rebasing: utf8[start...]))
  }

  private static func escape(_ byte: UInt8, to bytes: inout ByteBuffer) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append("u00")
      bytes.append(48 + byte >> 4)
      bytes.append(byte & 15 < 10 ? 48 + byte & 15 : 87 + byte & 15)
    }
  }
}
