import Gherkin
import Testing

// The data is no part of this package. Without it the suite is reported as skipped, with the hint; where the variable is
// set, nothing is skipped, and data that is not found fails the first test.
@Suite(
  "Gherkin's official test data", .disabled(if: OfficialData.isMissing, Testing.Comment(rawValue: OfficialData.hint)))
struct OfficialDataTests {
  private func output(_ format: GherkinOutput.Format, of file: OfficialData.File) -> String {
    var bytes: [UInt8] = []
    GherkinOutput.write(format: format, source: file.bytes, uri: file.uri) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("The data is there")
  func dataIsThere() {
    #expect(OfficialData.files("good").count > 10)
    #expect(OfficialData.files("bad").count > 5)
  }

  @Test("Good files give the expected tokens", arguments: OfficialData.files("good"))
  func tokens(file: OfficialData.File) {
    #expect(output(.tokens, of: file) == file.expected(".tokens"))
  }

  @Test(
    "Good files give the expected documents, pickles and sources", arguments: OfficialData.files("good"),
    [GherkinOutput.Format.ast, .pickles, .source])
  func values(file: OfficialData.File, format: GherkinOutput.Format) throws {
    let expected = try #require(file.expected(".\(format).ndjson"))
    #expect(try OfficialData.values(output(format, of: file)) == OfficialData.values(expected))
  }

  @Test("Bad files give the expected errors", arguments: OfficialData.files("bad"))
  func errors(file: OfficialData.File) throws {
    let expected = try #require(file.expected(".errors.ndjson"))
    #expect(try OfficialData.values(output(.ast, of: file)) == OfficialData.values(expected))
  }

  @Test("Formatting keeps the pickles and is done after once", arguments: OfficialData.files("good"))
  func formatting(file: OfficialData.File) {
    expectSoundFormatting(of: file.bytes, uri: file.uri)
  }

  @Test(
    "Files cut anywhere give a document or errors", arguments: OfficialData.files("good") + OfficialData.files("bad"))
  func cutFiles(file: OfficialData.File) {
    let bytes = file.bytes.prefix(3000)
    for end in stride(from: 0, to: bytes.count, by: 7) {
      let result = GherkinParser().parse(Array(bytes[..<end]), uri: file.uri)
      #expect((result.document == nil) != result.errors.isEmpty)
    }
  }
}
