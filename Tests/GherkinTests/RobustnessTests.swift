import Gherkin
import Testing

@Suite("Robustness")
struct RobustnessTests {
  static let samples: [String] = [
    "# language: fr\n@a @b #c\nFonctionnalité: x\n  texte\n Contexte:\n Soit y\n Scénario: z\n Et que w\n |a|\\||\n",
    "Feature: a\r\n  Rule: b\r\n    @t\r\n    Scenario Outline: <c>\r\n      Given <c>\r\n  \"\"\"\r\n x\r\n\"\"\"\r\n"
      + "Examples:\r\n|c|\r\n|1|\r\n",
    "\u{FEFF}Feature: é漢👍\n\u{A0}Scenario: \u{3000}x\n* y\n```xml\n\\`\\`\\`\n```\n  | a | b |\n  | c | d\\\\ |\n",
    "# Feature: m\n`@t`\n## Scenario: s\n* Given g\n  | a |\n  | - |\n````\n```\n````\n",
  ]

  private func check(_ source: [UInt8]) {
    for uri in ["x.feature", "x.feature.md"] {
      let result = GherkinParser().parse(source, uri: uri)
      #expect((result.document == nil) != result.errors.isEmpty)
      expectSoundFormatting(of: source, uri: uri)
      for format in GherkinOutput.Format.allCases {
        GherkinOutput.write(format: format, source: source, uri: uri) { _ in }
      }
    }
  }

  @Test("Sources cut at every byte give a document or errors", arguments: samples)
  func cut(sample: String) {
    let bytes = Array(sample.utf8)
    for end in 0...bytes.count { check(Array(bytes[..<end])) }
  }

  @Test("Mutated sources give a document or errors", arguments: 0..<4)
  func mutated(seed: Int) {
    var state = UInt64(seed + 1)
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let pieces = ["\n", "|", "\\", "\"\"\"", "```", "@", "#", "Scenario:", "Given ", "<c>", "\r", "\u{A0}", "\t"].map {
      Array($0.utf8)
    }
    let sources =
      RobustnessTests.samples.map { Array($0.utf8) } + OfficialData.files("good").map { Array($0.bytes.prefix(400)) }
    for _ in 0..<150 {
      var bytes = sources[random(sources.count)]
      for _ in 0...random(4) {
        let offset = random(bytes.count + 1)
        switch random(3) {
        case 0 where offset < bytes.count: bytes[offset] = UInt8(random(256))
        case 1: bytes.removeSubrange(offset..<min(bytes.count, offset + random(9)))
        default: bytes.insert(contentsOf: pieces[random(pieces.count)], at: offset)
        }
      }
      check(bytes)
    }
  }

  @Test(
    "Features made of odd pieces keep their pickles when they are formatted", arguments: 1...4 as ClosedRange<UInt64>)
  func made(seed: UInt64) {
    var features = RandomFeature(seed: seed)
    for isMarkdown in [false, true] {
      let uri = isMarkdown ? "x.feature.md" : "x.feature"
      var soundCount = 0
      for _ in 0..<150 {
        let source = features.next(isMarkdown: isMarkdown)
        expectSoundFormatting(of: source, uri: uri)
        if GherkinParser().parse(source, uri: uri).document != nil { soundCount += 1 }
      }
      #expect(soundCount > 75, "too few of them are sound to tell")
    }
  }

  @Test("Bytes that are no UTF-8 are kept, replaced in strings, and warned about")
  func invalidUTF8() throws {
    let source = Array("Feature: a".utf8) + [0xFF, 0x80] + Array("b\nScenario: c\nGiven d\n".utf8)
    let result = GherkinParser().parse(source, uri: "x.feature")
    let document = try #require(result.document)
    #expect(document.feature?.name == "a\u{FFFD}\u{FFFD}b")
    #expect(result.warnings.map(\.code) == [.invalidUTF8])
    #expect(result.warnings.first?.location == Location(line: 1, column: 11))
    #expect(GherkinPrinter.print(document) == source)
    var json: [UInt8] = []
    GherkinMessages.gherkinDocument(document) { json += $0 }
    #expect(String(validating: json, as: UTF8.self) != nil)
  }

  @Test("NUL and other control bytes are text")
  func controlBytes() {
    let document = GherkinParser().parse("Feature: a\0b\u{1}\n", uri: "x.feature").document
    #expect(document?.feature?.name == "a\0b\u{1}")
    check(Array("Feature: a\0b\u{1}\n".utf8))
  }

  @Test("Nothing at all is a document without a feature", arguments: ["", "\n", "\u{FEFF}", "  \n\n", "# only\n"])
  func nothing(source: String) {
    let result = GherkinParser().parse(source, uri: "x.feature")
    #expect(result.document != nil && result.document?.feature == nil)
    check(Array(source.utf8))
  }

  @Test("Large sources of odd shapes take time in proportion", .timeLimit(.minutes(1)))
  func large() {
    let wideRow = "|" + String(repeating: " a |", count: 10_000) + "\n"
    let long = String(repeating: "x", count: 100_000)
    let start = "Feature: a\nScenario: b\n"
    let sources = [
      start + "Given c\n" + wideRow + wideRow, start + "Given " + long + "\n", "Feature: " + long, long,
      start + String(repeating: "@t\n", count: 10_000), start + String(repeating: "And x\n", count: 10_000),
      start + String(repeating: "# c\n", count: 10_000), String(repeating: "@t ", count: 10_000) + "\nFeature: a\n",
      start + String(repeating: "Given c\n\"\"\"\n\"\"\"\n", count: 8_000),
      start + "Given c\n\"\"\"\n" + String(repeating: "x\n", count: 10_000) + "\"\"\"\n",
      "Feature: a\n" + String(repeating: "@t\nRule: r\n", count: 8_000),
      "Feature: a\n" + String(repeating: "Scenario: s\nExamples:\n|a|\n|1|\n", count: 10_000),
      start + "Given " + String(repeating: "<x>", count: 10_000) + "\nExamples:\n|a|\n|1|\n",
      start + "Given " + String(repeating: "<a>", count: 10_000) + "\nExamples:\n|a|\n|1|\n",
      start + String(repeating: "Given <a <b> <z>\n", count: 1_500) + "Examples:\n"
        + String(repeating: "|a", count: 1_500) + "|\n" + String(repeating: "|1", count: 1_500) + "|\n",
    ]
    for source in sources {
      var bytes = 0
      for format in GherkinOutput.Format.allCases {
        GherkinOutput.write(format: format, source: Array(source.utf8), uri: "x.feature") { bytes += $0.count }
      }
      #expect(bytes > 0)
    }
  }
}
