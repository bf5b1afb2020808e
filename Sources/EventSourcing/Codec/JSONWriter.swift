/// Writes trees as JSON.
enum JSONWriter {
  static func write(_ value: DynamicValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let bool): bytes.append(contentsOf: (bool ? "true" : "false").utf8)
    case .integer(let number): write(number, to: &bytes)
    case .unsigned(let number): write(magnitude: number, to: &bytes)
    case .double(let number): write(number, to: &bytes)
    case .decimal(let number):
      if let parts = DecimalParts(number) { parts.write(to: &bytes) } else { write("NaN", to: &bytes) }
    case .string(let text): write(text, to: &bytes)
    case .uuid(let uuid): write(uuid, to: &bytes)
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

  static func write(_ record: DynamicRecord, to bytes: inout [UInt8]) {
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

  private static func write(_ number: Int64, to bytes: inout [UInt8]) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    write(magnitude: number.magnitude, to: &bytes)
  }

  private static func write(magnitude: UInt64, to bytes: inout [UInt8]) {
    if magnitude < 10 {
      bytes.append(48 + UInt8(magnitude))
      return
    }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var rest = magnitude
      var index = 20
      while rest > 0 {
        index -= 1
        digits[index] = 48 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[index...]))
    }
  }

  private static func write(_ number: Double, to bytes: inout [UInt8]) {
    if number.isFinite {
      bytes.append(contentsOf: number.description.utf8)
    } else {
      write(number.isNaN ? "NaN" : (number < 0 ? "-Infinity" : "Infinity"), to: &bytes)
    }
  }

  private static func write(_ uuid: UUID, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 38) { text in
      text[0] = UInt8(ascii: "\"")
      text[37] = UInt8(ascii: "\"")
      uuid.writeText { text[$0 + 1] = $1 }
      bytes.append(contentsOf: UnsafeBufferPointer(text))
    }
  }

  static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      for index in utf8.indices {
        let byte = utf8[index]
        if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
        escape(byte, to: &bytes)
        start = index + 1
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(48 + byte >> 4)
      bytes.append(byte & 15 < 10 ? 48 + byte & 15 : 87 + byte & 15)
    }
  }
}
