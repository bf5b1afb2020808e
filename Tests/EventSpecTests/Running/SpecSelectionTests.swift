import EventSpec
import Testing

@Suite("What to run")
struct SpecSelectionTests {
  @Test(
    "is a path, with a line behind a colon",
    arguments: [
      ("specs", "specs", nil), ("a.feature:12", "a.feature", 12), ("a.feature:12:5", "a.feature", 12),
      ("a:b.feature", "a:b.feature", nil), (":12", ":12", nil), ("a.feature:0", "a.feature:0", nil),
      ("a.feature:", "a.feature:", nil), ("C:3:4:5", "C:3", 4),
    ] as [(String, String, Int?)])
  func read(text: String, path: String, line: Int?) {
    let selection = SpecSelection(text)
    #expect(selection.path == path)
    #expect(selection.line == line)
  }
}
