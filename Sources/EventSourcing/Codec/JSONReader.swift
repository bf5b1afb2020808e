/// Reads JSON from bytes.
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0
  private var depth = 0
  /// One bit that tells the last text from most others; none where the text is not plain, and so is perhaps equal to one
  /// of other bytes.
  private var mark: UInt64 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  mutating func document() throws -> DynamicValue {
    let value = try value()
    skipSpace()
    guard index == bytes.count else { throw error("expected the end of the text, found \(found)") }
    return value
  }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  private mutating func value() throws -> DynamicValue {
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try record()
    case UInt8(ascii: "["): return try list()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), .some(48...57): return try number()
    default: throw error("expected a value, found \(found)")
    }
  }

  private mutating func word(_ word: StaticString, _ value: DynamicValue) throws -> DynamicValue {
    let end = index + word.utf8CodeUnitCount
    let matches = word.withUTF8Buffer { end <= bytes.count && bytes[index..<end].elementsEqual($0) }
    guard matches else { throw error("expected a value, found \(found)") }
    index = end
    return value
  }

  // MARK: Collections

  private mutating func enter() throws {
    depth += 1
    guard depth <= deepestNesting else { throw error("nested deeper than \(deepestNesting) levels") }
    index += 1
    skipSpace()
  }

  private mutating func record() throws -> DynamicValue {
    try enter()
    defer { depth -= 1 }
    var fields: [DynamicRecord.Field] = []
    if peek == UInt8(ascii: "}") {
      index += 1
      return .record(DynamicRecord())
    }
    fields.reserveCapacity(8)
    var names: Set<String> = []
    var marks: UInt64 = 0
    var isPlain = true
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw error("expected a field's name in quotes, found \(found)") }
      let start = index
      let name = try string()
      if mark == 0 { isPlain = false }
      let isNew = isPlain && marks & mark == 0
      marks |= mark
      // A few names are compared one by one; many go through a set, so that large objects stay linear.
      if fields.count == 16 { names = Set(fields.map(\.name)) }
      let isDoubled =
        fields.count < 16 ? !isNew && fields.contains { $0.name == name } : !names.insert(name).inserted
      guard !isDoubled else { throw JSONError(message: "field '\(name)' stands twice in one object", offset: start) }
      skipSpace()
      guard peek == UInt8(ascii: ":") else { throw error("expected ':', found \(found)") }
      index += 1
      fields.append(DynamicRecord.Field(name, try value()))
      skipSpace()
      switch peek {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "}"):
        index += 1
        return .record(DynamicRecord(fields))
      default: throw error("expected ',' or '}', found \(found)")
      }
    }
  }

  private mutating func list() throws -> DynamicValue {
    try enter()
    defer { depth -= 1 }
    var elements: [DynamicValue] = []
    if peek == UInt8(ascii: "]") {
      index += 1
      return .array([])
    }
    while true {
      elements.append(try value())
      skipSpace()
      switch peek {
      case UInt8(ascii: ","): index += 1
      case UInt8(ascii: "]"):
        index += 1
        return .array(elements)
      default: throw error("expected ',' or ']', found \(found)")
      }
    }
  }

  // MARK: Texts

  private mutating func string() throws -> String {
    let opening = index
    index += 1
    let start = index
    var all: UInt64 = 0
    let raw = UnsafeRawBufferPointer(bytes)
    while index + 8 <= raw.count {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let specials = JSONWriter.specials(in: word)
      if specials != 0 {
        let plain = specials.trailingZeroBitCount / 8
        all |= word & ((1 << (8 * UInt64(plain))) - 1)
        index += plain
        break
      }
      all |= word
      index += 8
    }
    while index < bytes.count {
      let byte = bytes[index]
      all |= UInt64(byte)
      switch byte {
      case UInt8(ascii: "\""):
        let slice = UnsafeBufferPointer(rebasing: bytes[start..<index])
        // Plain ASCII, which nearly all texts are, is valid without a further look.
        let isPlain = all & 0x8080_8080_8080_8080 == 0
        let text = isPlain ? String(decoding: slice, as: UTF8.self) : try text(start..<index)
        mark = isPlain ? Self.mark(of: slice) : 0
        index += 1
        return text
      case UInt8(ascii: "\\"): return try escapedString(start, opening)
      case 0..<0x20: throw error("expected an escape for a control character in a text, found \(found)")
      default: index += 1
      }
    }
    throw JSONError(message: "a text that starts here has no closing quote", offset: opening)
  }

  private func text(_ range: Range<Int>) throws -> String {
    let slice = UnsafeBufferPointer(rebasing: bytes[range])
    guard let text = String(validating: slice, as: UTF8.self) else {
      throw JSONError(message: "a text is not valid UTF-8", offset: range.lowerBound)
    }
    return text
  }

  @inline(__always)
  private static func mark(of text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let first = text.first, let last = text.last else { return 1 }
    let sum = UInt64(first) &* 7 &+ UInt64(last) &* 3 &+ UInt64(text[text.count / 2]) &+ UInt64(text.count) &* 11
    return 1 << (sum & 63)
  }

  private mutating func escapedString(_ start: Int, _ opening: Int) throws -> String {
    mark = 0
    var text = try text(start..<index)
    var run = index
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        text += try self.text(run..<index)
        index += 1
        return text
      case UInt8(ascii: "\\"):
        text += try self.text(run..<index)
        text.unicodeScalars.append(try escape())
        run = index
      case 0..<0x20: throw error("expected an escape for a control character in a text, found \(found)")
      default: index += 1
      }
    }
    throw JSONError(message: "a text that starts here has no closing quote", offset: opening)
  }

  private mutating func escape() throws -> Unicode.Scalar {
    let start = index
    index += 1
    guard let kind = peek else { throw error("expected an escape, found the end of the text") }
    index += 1
    switch kind {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(kind)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try codeUnit()
      if let scalar = Unicode.Scalar(first) { return scalar }
      guard first < 0xDC00, peek == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "u")
      else { throw JSONError(message: "half of a surrogate pair stands alone", offset: start) }
      index += 2
      let second = try codeUnit()
      guard (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
      else { throw JSONError(message: "half of a surrogate pair stands alone", offset: start) }
      return scalar
    default: throw JSONError(message: "no such escape", offset: start)
    }
  }

  private mutating func codeUnit() throws -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      let digit: UInt16
      switch peek {
      case .some(let byte) where byte >= 48 && byte <= 57: digit = UInt16(byte) - 48
      case .some(let byte) where byte >= 97 && byte <= 102: digit = UInt16(byte) - 87
      case .some(let byte) where byte >= 65 && byte <= 70: digit = UInt16(byte) - 55
      default: throw error("expected four hexadecimal digits behind \\u, found \(found)")
      }
      unit = unit << 4 | digit
      index += 1
    }
    return unit
  }

  // MARK: Numbers

  private mutating func number() throws -> DynamicValue {
    let start = index
    var magnitude: UInt64 = 0
    var overflows = false
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative { index += 1 }
    let first = index
    while let digit = digit() {
      let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, tooLargeAgain) = product.addingReportingOverflow(UInt64(digit))
      overflows = overflows || tooLarge || tooLargeAgain
      magnitude = sum
    }
    guard index > first else { throw error("expected a digit, found \(found)") }
    guard index == first + 1 || bytes[first] != 48 else {
      throw JSONError(message: "a number has a needless zero in front", offset: first)
    }
    let isWhole = peek != UInt8(ascii: ".") && peek != UInt8(ascii: "e") && peek != UInt8(ascii: "E")
    if isWhole, !overflows {
      if !isNegative { return DynamicValue(unsigned: magnitude) }
      if magnitude <= UInt64(Int64.max) + 1 { return .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) }
    }
    if peek == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      while let digit = digit() {
        let (product, tooLarge) = magnitude.multipliedReportingOverflow(by: 10)
        let (sum, tooLargeAgain) = product.addingReportingOverflow(UInt64(digit))
        overflows = overflows || tooLarge || tooLargeAgain
        magnitude = sum
      }
      guard index > fraction else { throw error("expected a digit behind the point, found \(found)") }
      if !overflows, magnitude != 0, peek != UInt8(ascii: "e"), peek != UInt8(ascii: "E") {
        let parts = DecimalParts(
          isNegative: isNegative, mantissa: UInt128(magnitude), exponent: fraction - index)
        if let decimal = parts.decimal { return .decimal(decimal) }
      }
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      index += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { index += 1 }
      let exponent = index
      while digit() != nil {}
      guard index > exponent else { throw error("expected a digit in the exponent, found \(found)") }
    }
    return try unusualNumber(start..<index)
  }

  private mutating func digit() -> UInt8? {
    guard let byte = peek, byte >= 48, byte <= 57 else { return nil }
    index += 1
    return byte - 48
  }

  private func unusualNumber(_ range: Range<Int>) throws -> DynamicValue {
    let text = try text(range)
    if let parts = DecimalParts(text: text), !(parts.mantissa == 0 && parts.isNegative), let decimal = parts.decimal {
      return .decimal(decimal)
    }
    guard let double = Double(text), double.isFinite else {
      throw JSONError(message: "the number \(text.prefix(40)) is too large", offset: range.lowerBound)
    }
    return .double(double)
  }

  // MARK: Errors

  private func error(_ message: String) -> JSONError { JSONError(message: message, offset: index) }

  /// What stands at the current place, for an error's text.
  private var found: String {
    guard let byte = peek else { return "the end of the text" }
    return byte > 0x20 && byte < 0x7F ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
  }
}
