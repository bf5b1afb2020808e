import EventSourcing

/// What the reading of one step collects.
final class Reading {
  let model: DomainModel
  let source: StepSource
  /// Whether a Then is read, in which values may be matchers.
  var isOutcome: Bool
  var bindings: NamedValues
  var diagnostics: [Diagnostic] = []
  /// The aggregate whose message the step names, or most likely meant to name.
  var meantAggregate: Int?
  var values: [StepValue] = []
  /// Fields that a message lacks, by path.
  var missing: [String] = []
  /// Whether something stood where a field was expected that is none: then nothing is said of missing ones.
  var hasUnknownField = false

  /// Whether the step is nested too deeply to be read on.
  var isAbandoned = false

  init(_ source: StepSource, model: DomainModel, isOutcome: Bool, bindings: NamedValues = NamedValues()) {
    self.source = source
    self.model = model
    self.isOutcome = isOutcome
    self.bindings = bindings
  }

  /// The file's path.
  var file: String { source.file }

  func report(_ message: String, at location: SpecLocation, suggestion: String? = nil, notes: [String] = []) {
    if isAbandoned { return }
    diagnostics.append(Diagnostic(.error, at: location, message, suggestion: suggestion, notes: notes))
  }
}

/// The names that values have been given so far in a scenario.
struct NamedValues: Sendable {
  /// A literal that is read again by the type of each field that it is used for.
  struct Literal: Sendable {
    var source: SourceText
    var file: String
  }

  /// Literals given a name by `$name = …`.
  var literals: [String: Literal] = [:]
  /// Names that a Then gave to what came.
  var matched: Set<String> = []

  var isEmpty: Bool { literals.isEmpty && matched.isEmpty }

  var names: [String] { Array(literals.keys) + Array(matched) }
}

/// One step on the way to the value that is read; its name is made only for who asks.
enum PathPart {
  /// A field's name as it stands in the reader's text.
  case written(Range<Int>)
  /// An element of a list.
  case element(Int)
  case name(String)
}

/// Reads literals out of a text: a cursor over its bytes that knows where each of them stands.
///
/// All skipping is iterative and all nesting is limited, whatever the text.
struct LiteralReader {
  /// How deep brackets may be nested.
  static let deepestNesting = 100

  let reading: Reading
  let source: SourceText
  let bytes: [UInt8]
  var position = 0
  var depth = 0
  /// How many operators such as `not` stand before the value that is read.
  var operatorDepth = 0
  /// Whether the text is a value as a whole, as a cell is: then nothing at its top ends it.
  let isWhole: Bool
  /// Whether records must state all their fields.
  var isStrict = true
  /// The way to the value that is read.
  var path: [PathPart] = []
  /// Whether the values are parts of the step's own text, to be marked in reports.
  let marksValues: Bool
  /// Columns are offsets: the text is ASCII and stands in the file as it is.
  private let isPlain: Bool

  init(_ source: SourceText, _ reading: Reading, isWhole: Bool = false, marksValues: Bool = false) {
    self.reading = reading
    self.source = source
    self.isWhole = isWhole
    self.marksValues = marksValues
    bytes = Array(source.text.utf8)
    isPlain = source.replacements.isEmpty && Self.isOneLineOfASCII(bytes[...])
  }

  /// Whether columns are offsets in a text that stands in the file as it is.
  static func isOneLineOfASCII(_ text: ArraySlice<UInt8>) -> Bool {
    text.withUnsafeBufferPointer { bytes in
      var others: UInt8 = 0
      for byte in bytes { others |= byte & 0x80 | (byte == UInt8(ascii: "\n") ? 1 : 0) }
      return others == 0
    }
  }

  // MARK: Places

  func location(_ offset: Int) -> SpecLocation {
    isPlain
      ? SpecLocation(file: reading.file, line: source.line, column: source.column + offset)
      : source.location(of: offset, in: reading.file)
  }

  func report(_ message: String, at offset: Int, suggestion: String? = nil, notes: [String] = []) {
    reading.report(message, at: location(offset), suggestion: suggestion, notes: notes)
  }

  /// Gives the step up where values are nested more deeply than anybody writes them.
  func abandon() {
    report("nested too deeply: values may be nested \(Self.deepestNesting) deep", at: position)
    reading.hasUnknownField = true
    reading.isAbandoned = true
  }

  // MARK: Bytes

  var isAtEnd: Bool { position >= bytes.count }

  var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  func byte(at offset: Int) -> UInt8? { offset >= 0 && offset < bytes.count ? bytes[offset] : nil }

  func at(_ character: Unicode.Scalar) -> Bool { byte == UInt8(ascii: character) }

  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

  mutating func skipSpace() { position = nextOffset }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard at(character) else { return false }
    position += 1
    return true
  }

  /// Whether the text goes on with these ASCII characters.
  func starts(with characters: StaticString, at offset: Int? = nil) -> Bool {
    let start = offset ?? position
    let count = characters.utf8CodeUnitCount
    guard start + count <= bytes.count else { return false }
    return characters.withUTF8Buffer { wanted in
      for index in 0..<count where bytes[start + index] != wanted[index] { return false }
      return true
    }
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, Self.isSpace(bytes[start]) { start += 1 }
    while start < end, Self.isSpace(bytes[end - 1]) { end -= 1 }
    return start..<end
  }

  // MARK: Stretches

  static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// The bare words at the cursor, without outer space; the cursor is left behind them.
  mutating func bareWords() -> Range<Int> {
    let start = position
    position = endOfBareWords
    return trimmed(start..<position)
  }

  /// Where the bare words at the cursor end.
  var endOfBareWords: Int {
    var index = position
    while index < bytes.count, !Self.isSpecial(bytes[index]) { index += 1 }
    return index
  }

  /// Where the next character stands that is no space.
  var nextOffset: Int {
    var index = position
    while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
    return index
  }

  /// All that the value at the cursor can consist of when it is no bracketed one; the cursor is left behind it.
  mutating func scalarWords() -> Range<Int> {
    guard isWhole, depth == 0 else { return bareWords() }
    let start = position
    position = bytes.count
    return trimmed(start..<position)
  }

  var isAtValueEnd: Bool {
    guard let byte else { return true }
    if isWhole, depth == 0 { return false }
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): return true
    default: return false
    }
  }

  /// Leaves the cursor behind a value that could not be read: at the next comma or closing bracket of its own level.
  mutating func skipValue(from start: Int) {
    if reading.isAbandoned {
      position = bytes.count
      return
    }
    position = start
    if reading.isOutcome, at("/") {
      if let end = regexEnd(from: position + 1) { position = end + 1 }
    }
    var level = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""): skipQuoted()
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): level += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        if level == 0 { return }
        level -= 1
      case UInt8(ascii: ","):
        if level == 0 { return }
      default: break
      }
      position += 1
    }
    position = min(position, bytes.count)
  }

  /// Leaves the cursor at the closing quote, or the last byte where there is none.
  mutating func skipQuoted() { position = endOfQuoted(from: position) }

  /// Where the closing quote of the text stands that opens at an offset; behind the last byte where there is none.
  func endOfQuoted(from start: Int) -> Int {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index
  }

  /// Whether all brackets and quotes from an offset on are closed in turn; says which is not.
  func isBalanced(from start: Int) -> Bool {
    var index = start
    var open: [(closer: UInt8, offset: Int)] = []
    while let byte = byte(at: index) {
      switch byte {
      case UInt8(ascii: "\""):
        let quote = index
        index = endOfQuoted(from: index)
        if index >= bytes.count {
          report("the quoted text is not closed: a \" is missing at its end", at: quote)
          return false
        }
      case UInt8(ascii: "("): open.append((UInt8(ascii: ")"), index))
      case UInt8(ascii: "["): open.append((UInt8(ascii: "]"), index))
      case UInt8(ascii: "{"): open.append((UInt8(ascii: "}"), index))
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
        guard open.popLast()?.closer == byte else {
          let character = String(decoding: [byte], as: UTF8.self)
          report("'\(character)' closes no bracket that is open; quote a text that has one in it", at: index)
          return false
        }
      default: break
      }
      index += 1
    }
    guard let last = open.last else { return true }
    report(
      "the bracket is not closed: a '\(String(decoding: [last.closer], as: UTF8.self))' is missing", at: last.offset)
    return false
  }

  func regexEnd(from start: Int) -> Int? {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "/") {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < bytes.count ? index : nil
  }

  // MARK: Quoted texts

  /// Reads the quoted text at the cursor; nil where it is broken, which is reported.
  mutating func quoted() -> String? {
    let start = position
    position += 1
    let first = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\") {
      position += 1
    }
    if at("\"") {
      position += 1
      return text(first..<position - 1)
    }
    var result = Array(bytes[first..<position])
    var isBroken = false
    while let byte {
      if byte == UInt8(ascii: "\"") {
        position += 1
        return isBroken ? nil : String(decoding: result, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        if let escaped = escape() { result.append(contentsOf: escaped) } else { isBroken = true }
      } else {
        result.append(byte)
        position += 1
      }
    }
    report("the quoted text is not closed: a \" is missing at its end", at: start)
    return nil
  }

  private mutating func escape() -> [UInt8]? {
    let start = position
    position += 2
    switch byte(at: start + 1) {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "\""): return [UInt8(ascii: "\"")]
    case UInt8(ascii: "\\"): return [UInt8(ascii: "\\")]
    case UInt8(ascii: "u"):
      if at("{") {
        let digits = bytes[min(position + 1, bytes.count)...].prefix(9).prefix { $0 != UInt8(ascii: "}") }
        let end = position + 1 + digits.count
        if byte(at: end) == UInt8(ascii: "}"), (1...8).contains(digits.count),
          let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), let scalar = Unicode.Scalar(value)
        {
          position = end + 1
          return Array(Character(scalar).utf8)
        }
      }
      report("a code point is written \\u{3C}: 1 to 8 hexadecimal digits of a Unicode scalar in braces", at: start)
      return nil
    default:
      position = min(position, bytes.count)
      report("unknown escape: a quoted text has \\n \\t \\\" \\\\ and \\u{…}", at: start)
      return nil
    }
  }

  // MARK: Words

  /// The name behind a `$` if the whole range is one.
  func bindingName(_ range: Range<Int>) -> String? {
    guard range.count > 1, bytes[range.lowerBound] == UInt8(ascii: "$") else { return nil }
    let name = bytes[range.dropFirst()]
    guard let first = name.first, !NumberLiteral.isDigit(first), name.allSatisfy(Self.isNameByte) else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), UInt8(ascii: "-"), 0x80...0xFF:
      true
    default: false
    }
  }

  func isWord(_ range: Range<Int>, _ word: StaticString) -> Bool {
    range.count == word.utf8CodeUnitCount && starts(with: word, at: range.lowerBound)
  }

  /// The way to the value that is read, as people write it: `items[0].quantity`.
  var pathText: String {
    if let only = path.first, path.count == 1 { return name(of: only) }
    return Self.text(of: pathNames)
  }

  /// The names of the fields on the way to the value that is read.
  var pathNames: [String] { path.map(name) }

  private func name(of part: PathPart) -> String {
    switch part {
    case .written(let range): text(range)
    case .element(let index): "[\(index)]"
    case .name(let name): name
    }
  }

  /// Takes over the way to the value from the reader of another text.
  mutating func takePath(of reader: LiteralReader) { path = reader.pathNames.map { .name($0) } }

  static func text(of path: [String]) -> String {
    path.reduce("") { $0 + ($0.isEmpty || $1.hasPrefix("[") ? "" : ".") + $1 }
  }

  /// Marks what stands in the range as the value of the field that is read.
  func mark(_ range: Range<Int>) {
    guard marksValues, !range.isEmpty else { return }
    reading.values.append(StepValue(range: range, field: pathText))
  }
}
