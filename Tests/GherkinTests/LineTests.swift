import Gherkin
import Testing

@Suite("Lines, blanks and columns")
struct LineTests {
  private func document(_ source: String) throws -> GherkinDocument {
    let result = GherkinParser().parse(source, uri: "lines.feature")
    #expect(result.errors.isEmpty)
    return try #require(result.document)
  }

  @Test("All line ends count the same", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let lines = [
      "Feature: a", "", "  Scenario: b", "    Given c", "      \"\"\"", "      one", "", "      two", "      \"\"\"",
    ]
    let step = try #require(document(lines.joined(separator: end)).feature?.scenarios.first?.steps.first)
    #expect(step.location == Location(line: 4, column: 5))
    #expect(step.docString?.content == "one\n\ntwo")
    #expect(step.docString?.location(ofContentOffset: 6) == Location(line: 8, column: 8))
  }

  @Test("A byte order mark takes no column")
  func byteOrderMark() throws {
    let document = try document("\u{FEFF}Feature: a\n")
    #expect(document.feature?.location == Location(line: 1, column: 1))
    #expect(document.feature?.nameRange.bytes == 12..<13)
    let source = GherkinMessages.source(document.source, uri: "x")
    #expect(String(decoding: source, as: UTF8.self).contains(#""data":"Feature: a\n""#))
  }

  @Test(
    "Every Unicode blank is trimmed",
    arguments: [
      "\u{9}", "\u{B}", "\u{C}", "\u{1C}", "\u{1F}", "\u{85}", "\u{A0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{2029}",
      "\u{202F}", "\u{205F}", "\u{3000}",
    ])
  func blanks(blank: String) throws {
    let feature = try #require(
      document("\(blank)Feature:\(blank)a\(blank)\n Scenario: b\n Given c\n |\(blank)d\(blank)|\n").feature)
    #expect(feature.name == "a")
    #expect(feature.location.column == 2)
    let cell = try #require(feature.scenarios.first?.steps.first?.dataTable?.rows.first?.cells.first)
    #expect(cell.value == "d")
    #expect(cell.location.column == 4)
  }

  @Test("What looks like a blank and is none stays", arguments: ["\u{200B}", "\u{FEFF}", "\u{180E}", "\0"])
  func noBlanks(character: String) throws {
    #expect(try document("Feature: a\(character)\n").feature?.name.utf8.count == 1 + character.utf8.count)
  }

  @Test("Columns count code points")
  func columns() throws {
    let step = try #require(
      document("Feature: a\nScenario: b\n  Given 👍é x\n  | 👍🏽 | é | \\| | z |\n").feature?.scenarios.first?.steps.first)
    #expect(step.location(ofTextOffset: 7) == Location(line: 3, column: 12))
    #expect(step.textRange.end == Location(line: 3, column: 13))
    let cells = try #require(step.dataTable?.rows.first?.cells)
    #expect(cells.map(\.location.column) == [5, 10, 14, 19])
    #expect(cells.map(\.value) == ["👍🏽", "é", "|", "z"])
  }

  @Test("Cells know their escapes and nothing else")
  func escapes() throws {
    let rows = try #require(
      document("Feature: a\nScenario: b\nGiven c\n| \\n | \\\\ | \\a | \\\\n | \\ | x |\n").feature?.scenarios.first?
        .steps.first?.dataTable?.rows)
    #expect(rows[0].cells.map(\.value) == ["\n", "\\", "\\a", "\\n", "\\", "x"])
  }

  @Test("An empty cell stands at the bar that ends it")
  func emptyCells() throws {
    let cells = try #require(
      document("Feature: a\nScenario: b\nGiven c\n|| x |   |\n").feature?.scenarios.first?.steps.first?.dataTable?
        .rows.first?.cells)
    #expect(cells.map(\.value) == ["", "x", ""])
    #expect(cells.map(\.location.column) == [2, 4, 10])
  }

  @Test("Ranges span a node from its tags to its last line")
  func ranges() throws {
    let source = "Feature: a\n\n  @t\n  Scenario: b\n    Given c\n      | d |\n\n  # comment\n\n  Scenario: e\n"
    let scenario = try #require(document(source).feature?.scenarios.first)
    #expect(scenario.range.start == Location(line: 3, column: 3))
    #expect(scenario.range.end == Location(line: 6, column: 12))
    #expect(Array(source.utf8)[scenario.range.bytes].last == UInt8(ascii: "|"))
    #expect(scenario.steps.first?.range.start == Location(line: 5, column: 5))
  }

  @Test("Descriptions keep their lines but not the comments between them")
  func descriptions() throws {
    let feature = try #require(document("Feature: a\n\n  one\n  # no\n\n    two\n\n\n  Scenario: b\n").feature)
    #expect(feature.descriptionText == "  one\n\n    two")
    #expect(feature.scenarios.first?.descriptionText == "")
  }

  @Test("Tags end at a comment, and may touch")
  func tags() throws {
    let feature = try #require(document("@a@b  @c#d @ @e #@f\nFeature: a\n").feature)
    #expect(feature.tags.map(\.name) == ["@a", "@b", "@c#d", "@e"])
    #expect(feature.tags.map(\.location.column) == [1, 3, 7, 14])
  }
}
