import EventSourcing
import Testing

@Suite("JSON text")
struct JSONTextTests {
  static func read(_ text: String) throws -> DynamicValue { try JSONText.read(Array(text.utf8)) }
  static func write(_ value: DynamicValue) -> String { String(decoding: JSONText.write(value), as: UTF8.self) }

  @Test(
    "Values are written and read back as they are",
    arguments: [
      "null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615",
      "0.1", "-0.001", "12345678901234567890123456789.123456789", "1e100", "1e-100", "\"\"", "[]", "{}", "[[],{}]",
      #"{"b":1,"a":[null,{"c":"d"}]}"#, #""\"\\\b\f\n\r\t\u0000\u001f""#, "\"é\u{2028}\u{10FFFF}🎉\u{7F}\"",
      "340282366920938463463374607431768211455",
    ])
  func roundTrip(_ text: String) throws {
    #expect(Self.write(try Self.read(text)) == text)
  }

  @Test("Spaces, escapes and exponents are read as RFC 8259 has them")
  func reads() throws {
    #expect(try Self.read(" [ 1 ,\t2\r\n] ") == .array([.integer(1), .integer(2)]))
    #expect(try Self.read(#""\u0041\u00e9\ud83c\udf89\/""#) == .string("Aé🎉/"))
    #expect(try Self.read("-0") == .integer(0))
    #expect(try Self.read("1.50") == .decimal(Decimal(string: "1.5") ?? 0))
    #expect(try Self.read("1E+2") == .decimal(100))
    #expect(try Self.read("1e300") == .double(1e300))
    #expect(try Self.read("18446744073709551616") == .decimal(Decimal(string: "18446744073709551616") ?? 0))
    guard case .double(let zero) = try Self.read("-0.0") else {
      Issue.record("no double")
      return
    }
    #expect(zero.sign == .minus)
  }

  @Test(
    "What is no JSON is refused with its place",
    arguments: [
      ("", 0), (" ", 1), ("nul", 0), ("nulll", 4), ("[1,]", 3), ("[1 2]", 3), ("[", 1), ("{", 1), ("{\"a\"}", 4),
      ("{\"a\":1,}", 7), ("{a:1}", 1), ("'a'", 0), ("01", 0), ("-", 1), ("+1", 0), (".5", 0), ("1.", 2), ("1e", 2),
      ("1e+", 3), ("0x1", 1), ("NaN", 0), ("Infinity", 0), ("1e400", 0), ("\"", 0), ("\"a", 0), ("\"\n\"", 1),
      ("\"\\x\"", 1), ("\"\\u12\"", 5), ("\"\\ud800\"", 1), ("\"\\udc00\"", 1), ("\"\\ud800\\u0041\"", 1),
      ("{\"a\":1,\"b\":2,\"a\":3}", 13), ("1 1", 2), ("\u{FEFF}1", 0), ("// c", 0), ("[1]]", 3), ("\"\\", 2),
    ])
  func refuses(_ text: String, _ offset: Int) {
    let error = #expect(throws: JSONError.self) { try Self.read(text) }
    #expect(error?.offset == offset, "\(error?.description ?? "")")
  }

  @Test(
    "Bytes that are no UTF-8 are refused",
    arguments: [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC3, 0x22]]
      as [[UInt8]])
  func refusesBytes(_ bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSONText.read(bytes) }
  }

  @Test("Nesting is limited, never a crash")
  func limitsDepth() throws {
    let deep = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
    #expect(throws: Never.self) { try Self.read(deep) }
    for opening in ["[", "{\"a\":"] {
      let error = #expect(throws: JSONError.self) { try Self.read(String(repeating: opening, count: 100_000)) }
      #expect(error?.message == "nested deeper than 256 levels")
    }
  }

  @Test("A doubled field is found among many, in time that grows with their number only")
  func findsDoubles() throws {
    let fields = (0..<50_000).map { "\"f\($0)\":\($0)" }
    guard case .record(let record) = try Self.read("{\(fields.joined(separator: ","))}") else {
      Issue.record("no record")
      return
    }
    #expect(record.fields.count == 50_000)
    #expect(throws: JSONError.self) { try Self.read("{\(fields.joined(separator: ",")),\"f7\":1}") }
  }

  @Test("Every Unicode scalar survives")
  func everyScalar() throws {
    var text = ""
    for value in 0...UInt32(0x10FFFF) { if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) } }
    guard case .string(let read) = try JSONText.read(JSONText.write(.string(text))) else {
      Issue.record("no text")
      return
    }
    #expect(Array(read.utf8) == Array(text.utf8))
  }

  @Test("Random doubles and decimals come back exactly")
  func exactNumbers() throws {
    var random = SeededRandom(1)
    for _ in 0..<2000 {
      let double = Double(bitPattern: random.next())
      guard double.isFinite else { continue }
      let read = try DynamicDecoder().decode(Double.self, from: JSONText.read(JSONText.write(.double(double))))
      #expect(read.bitPattern == double.bitPattern, "\(double)")
      let digits = String(random.next() % 1_000_000_000_000_000_000) + String(random.next() % 1_000_000_000_000_000_000)
      let exponent = Int(random.next() % 160) - 80
      let decimal = try #require(Decimal(string: "\(random.next() % 2 == 0 ? "-" : "")\(digits)e\(exponent)"))
      let again = try DynamicDecoder().decode(Decimal.self, from: JSONText.read(JSONText.write(.decimal(decimal))))
      #expect(again == decimal)
      #expect(again.description == decimal.description)
    }
  }

  @Test("Mutilated JSON gives a value or an error, never a crash")
  func mutilated() {
    var random = SeededRandom(2)
    let text = Array(#"{"a":[1,-2.5e3,"x\u00e9\ud83c\udf89\n",null,true],"b":{"c":18446744073709551615}}"#.utf8)
    var accepted = 0
    for _ in 0..<5000 {
      var bytes = text
      for _ in 0...(random.next() % 3) {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 3 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.remove(at: place)
        default: bytes.insert(text[Int(random.next() % UInt64(text.count))], at: place)
        }
      }
      if let value = try? JSONText.read(bytes) {
        accepted += 1
        let text = JSONText.write(value)
        #expect((try? JSONText.read(text)).map(JSONText.write) == text)
      }
    }
    #expect(accepted > 0)
  }

  @Test("Derived values are not written")
  func leavesDerivedOut() {
    let record = DynamicRecord([.init("a", .integer(1)), .init("total", .integer(2), isDerived: true)])
    #expect(Self.write(.record(record)) == #"{"a":1}"#)
  }

  @Test("Texts of every length and what stands out in them at every place are the same behind a round trip")
  func textLengths() throws {
    for length in 0...40 {
      for mark in ["", "\"", "\\", "\u{1F}", "\0", "é", "🎉", "\u{7F}", "!"] {
        for place in 0...length {
          let text = String(repeating: "x", count: place) + mark + String(repeating: "y", count: length - place)
          let tree = DynamicValue.record(.init([.init(text, .string(text))]))
          #expect(try JSONText.read(JSONText.write(tree)) == tree)
        }
      }
    }
  }

  @Test("A name that stands twice is found by what it says, however it is written")
  func doubledNames() {
    for text in [
      #"{"a":1,"a":2}"#, #"{"ab":1,"x":1,"ab":2}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#,
      "{\"\u{E9}\":1,\"e\u{301}\":2}", "{\"\u{212A}\":1,\"K\":2}", #"{"":1,"":2}"#,
    ] {
      #expect(throws: JSONError.self) { try JSONText.read(Array(text.utf8)) }
    }
    for text in [#"{"a":1,"b":2}"#, #"{"ab":1,"ba":1}"#, #"{"axb":1,"ayb":1,"bxa":2}"#, #"{"":1,"a":2}"#] {
      #expect(throws: Never.self) { try JSONText.read(Array(text.utf8)) }
    }
  }
}
