import EventSourcing
import Testing

@testable import EventSpec

@Suite("Literals")
struct LanguageLiteralTests {
  @Test("Names up to 15 bytes are carried in a version 8 UUID and come back; longer ones are remembered")
  func names() {
    let names = IdentityNames()
    for name in ["alice", "a", "123456789012345", "Zürich", "日本語", "o 1"] {
      let identity = names.identity(named: name)
      #expect(identity.uuidString.dropFirst(14).first == "8")
      #expect("89AB".contains(identity.uuidString.dropFirst(19).first ?? " "))
      #expect(IdentityNames().name(of: identity) == name)
    }
    let long = "a name of more than fifteen bytes"
    let identity = names.identity(named: long)
    #expect(identity == IdentityNames().identity(named: long))
    #expect(names.name(of: identity) == long)
    #expect(IdentityNames().name(of: identity) == nil)
    #expect(names.identity(named: "alice") != names.identity(named: "Alice"))
  }

  @Test("In a message the UUIDs that stand for names are these, and other UUIDs stay")
  func namesInTexts() {
    let names = IdentityNames()
    let alice = names.identity(named: "alice").uuidString
    let other = "7b0e7f4e-0b4d-4e6e-9a53-0d1f0f6d6f11"
    #expect(names.withNames("conflict: 'order-\(alice.lowercased())' is at 3") == "conflict: 'order-alice' is at 3")
    #expect(names.withNames("\(alice)\(alice)") == "alicealice")
    for text in ["", "short", "of \(other), é", String(alice.dropLast())] { #expect(names.withNames(text) == text) }
  }

  @Test("Only printable names come out of a UUID, and no name out of other UUIDs")
  func noNames() {
    let names = IdentityNames()
    #expect(names.name(of: names.identity(named: "a\u{1B}[31m")) == nil)
    #expect(names.name(of: names.identity(named: "\u{202E}abc")) == nil)
    #expect(names.name(of: names.identity(named: "a\u{0}")) == "a\u{0}")
    for _ in 0..<100 { #expect(names.name(of: UUID()) == nil) }
  }

  @Test("The hash is SHA-256")
  func hash() {
    func text(_ message: String) -> String {
      SHA256.hash(Array(message.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
    #expect(text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(text("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }

  @Test(
    "Durations read and are written back",
    arguments: [
      ("3 days", 259_200.0, "3 days"), ("1 day", 86_400, "1 day"), ("2 h 30 min", 9_000, "2 h 30 min"),
      ("90s", 90, "1 min 30 s"),
      ("PT2H30M", 9_000, "2 h 30 min"), ("P1DT0.5S", 86_400.5, "1 day 500 ms"), ("1.5 hours", 5_400, "1 h 30 min"),
      ("P2W", 1_209_600, "14 days"), ("-5 min", -300, "-5 min"), ("0s", 0, "0 s"), ("250 ms", 0.25, "250 ms"),
    ])
  func durations(_ text: String, _ seconds: Double, _ written: String) throws {
    let duration = try #require(DurationLiteral.read(text.utf8))
    #expect(duration == .seconds(seconds))
    #expect(DurationLiteral.write(duration) == written)
    #expect(DurationLiteral.read(written.utf8) == duration)
  }

  @Test(
    "What is no duration is refused",
    arguments: ["", "3", "days", "3 dys", "P", "PT", "P1M", "1 s 1 h", "99999999999999999999 days", "1..5 s"])
  func noDuration(_ text: String) { #expect(DurationLiteral.read(text.utf8) == nil) }

  @Test(
    "Dates read and are written back",
    arguments: [
      ("1970-01-01", 0.0, "1970-01-01"), ("2000-02-29", 951_782_400, "2000-02-29"),
      ("2026-01-31T09:30:00Z", 1_769_851_800, "2026-01-31T09:30:00Z"),
      ("2026-01-31T09:30+02:00", 1_769_844_600, "2026-01-31T07:30:00Z"),
      ("2026-01-31T09:30:00.125-0130", 1_769_857_200.125, "2026-01-31T11:00:00.125Z"),
      ("1600-03-01", -11_670_912_000, "1600-03-01"),
    ])
  func dates(_ text: String, _ seconds: Double, _ written: String) throws {
    let date = try DateLiteral.read(text.utf8).get()
    #expect(date == Date(timeIntervalSince1970: seconds))
    #expect(DateLiteral.write(date) == written)
  }

  @Test("Regular expressions are searched for")
  func expressions() throws {
    for (pattern, text, isFound) in [
      ("b+", "abbc", true), ("^b", "abc", false), ("c$", "abc", true), ("a.c", "a\nc", false),
      ("(ab|cd){2}", "xcdaby", true),
      ("[a-c]{3}", "abd", false), ("[^a-z]", "abc", false), ("\\d{2,3}", "a12", true),
      ("\\bfox\\b", "the fox runs", true),
      ("(?i)ÉTÉ", "un été", true), ("a{2}", "aba", false), ("x?", "", true), ("\\$1\\.00", "for $1.00", true),
      ("[\\]-]", "a-b", true),
      ("\\u{41}", "BA", true), ("a||b", "", true), ("(a*)*b", String(repeating: "a", count: 10_000), false),
    ] {
      #expect(try RegularExpression(pattern).isFound(in: text) == isFound, "\(pattern) in \(text.prefix(20))")
    }
  }

  @Test(
    "Invalid expressions say where",
    arguments: [
      ("a(", 1), ("*a", 0), ("[a", 0), ("a)", 1), ("\\q", 0), ("[z-a]", 1), ("(?=a)", 0), ("a{3,2}", 1),
      ("(a{1000}){1000}", 9),
    ])
  func invalid(_ pattern: String, _ offset: Int) {
    #expect {
      try RegularExpression(pattern)
    } throws: { error in
      (error as? RegularExpression.Problem)?.offset == offset
    }
  }

  @Test("The nearest name is the one with the fewest edits, if it is near at all")
  func nearest() {
    let names = ["OrderCreated", "OrderCancelled", "OrderPlaced", "AddItem"]
    #expect(NearestName.nearest(to: "OrderCreatd", among: names) == "OrderCreated")
    #expect(NearestName.nearest(to: "order cancled", among: names) == "OrderCancelled")
    #expect(NearestName.nearest(to: "Itme", among: names) == nil)
    #expect(NearestName.nearest(to: "AdItem", among: names) == "AddItem")
    #expect(NearestName.nearest(to: "", among: names) == nil)
  }

  @Test("Places behind replaced parts are those of the file")
  func places() {
    // | a\|b <n> | with <n> replaced by 100
    let text = SourceText(
      "a|b 100é x", line: 4, column: 3,
      replacements: [.init(range: 1..<2, width: 2), .init(range: 4..<7, width: 3)])
    let columns = [0, 1, 2, 4, 5, 7, 9, 10].map { text.location(of: $0, in: "f").column }
    #expect(columns == [3, 4, 6, 8, 8, 11, 12, 13])
    let rest = text.dropping(5, in: "f")
    #expect(rest.location(of: 2, in: "f").column == 11)
    let empty = SourceText("a: , b", line: 1, column: 1, replacements: [.init(range: 3..<3, width: 5)])
    #expect([3, 4, 5].map { empty.location(of: $0, in: "f").column } == [4, 10, 11])
    let lines = SourceText("a\nbé\nc", line: 1, column: 5, continuationColumn: 3)
    #expect(lines.location(of: 6, in: "f") == SpecLocation(file: "f", line: 3, column: 3))
  }
}
