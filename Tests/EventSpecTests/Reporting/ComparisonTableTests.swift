import Testing

@testable import EventSpec

@Suite("Expected beside actual")
struct ComparisonTableTests {
  private static func text(_ lines: [ComparisonLine]) -> String {
    var text = StyledText(isColored: false)
    ComparisonTable(lines).write(indent: 0, to: &text)
    return text.text
  }

  @Test("of a great many lines shows those around the first difference, and counts the others")
  func manyLines() {
    var lines = (0..<1_000).map { ComparisonLine(.same, label: "Event\($0)", expected: "", actual: "") }
    lines[700] = ComparisonLine(.missing, label: "Event700", expected: "Event700")
    let text = Self.text(lines)
    #expect(text.contains("(690 lines before, all alike)"))
    #expect(text.contains("- Event700"))
    #expect(text.contains("(250 lines more)"))
    #expect(text.split(separator: "\n").count == 63)
    #expect(Self.text(Array(lines[650..<710])).split(separator: "\n").count == 61)
  }

  @Test("of long texts shows what lies around the first difference")
  func longTexts() {
    let same = String(repeating: "same ", count: 100_000)
    let text = Self.text([ComparisonLine(.differs, label: "text", expected: "\"" + same + "x\"", actual: same + "y")])
    #expect(text.contains("(499940 characters alike)"))
    #expect(text.contains("x\"") && text.contains("y"))
    #expect(text.utf8.count < 2_000)
    let single = Self.text([ComparisonLine(.surplus, label: "text", actual: same)])
    #expect(single.contains("(499400 more"))
    #expect(single.utf8.count < 3_000)
  }

  @Test("breaks texts at blanks, and where there are none anywhere")
  func wrapping() {
    let text = Self.text([
      ComparisonLine(
        .differs, label: "a", expected: String(repeating: "word ", count: 12) + String(repeating: "z", count: 60),
        actual: "short")
    ])
    #expect(text.split(separator: "\n").allSatisfy { $0.count < 60 })
    #expect(text.filter { $0 == "z" }.count == 60)
  }
}
