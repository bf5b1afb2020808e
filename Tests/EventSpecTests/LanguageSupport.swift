import EventSourcing
import Testing

@testable import EventSpec

/// Steps written in a test, read one after another.
struct SpecReading {
  var resolver: StepResolver
  var steps: [EventSpec.Step] = []
  var diagnostics: [Diagnostic] = []
  private var line = 1

  init(_ model: DomainModel) { resolver = StepResolver(domain: model) }

  /// Reads steps; rows of tables stand below their step, doc strings between `"""`.
  init(_ model: DomainModel, _ text: String) {
    self.init(model)
    read(text)
  }

  mutating func read(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
    while let first = lines.popFirst() {
      let number = line
      line += 1
      let indent = first.prefix { $0 == " " }.count
      let content = first.dropFirst(indent)
      guard !content.isEmpty else { continue }
      var rows: [StepTable.Row] = []
      while let row = lines.first, row.drop(while: { $0 == " " }).first == "|" {
        rows.append(Self.row(row, line))
        line += 1
        lines = lines.dropFirst()
      }
      var argument: StepSource.Argument? = rows.isEmpty ? nil : .table(StepTable(rows: rows))
      if let opener = lines.first, opener.drop(while: { $0 == " " }).hasPrefix("\"\"\"") {
        let margin = opener.prefix { $0 == " " }.count
        let mediaType = String(opener.dropFirst(margin + 3))
        let body = lines.dropFirst().prefix { !$0.drop(while: { $0 == " " }).hasPrefix("\"\"\"") }
        let text = body.map { String($0.dropFirst(margin)) }.joined(separator: "\n")
        argument = .docString(
          StepDocString(
            content: SourceText(text, line: line + 1, column: margin + 1, continuationColumn: margin + 1),
            mediaType: mediaType.isEmpty ? nil : mediaType,
            location: SpecLocation(file: "t.feature", line: line, column: margin + 1)))
        lines = lines.dropFirst(body.count + 2)
        line += body.count + 2
      }
      resolve(content, line: number, column: indent + 1, argument)
    }
  }

  private mutating func resolve(_ content: Substring, line: Int, column: Int, _ argument: StepSource.Argument?) {
    let word = content.prefix { $0 != " " }
    let keywords: [Substring: StepSource.Keyword] = [
      "Given": .role(.given), "When": .role(.when), "Then": .role(.then), "And": .conjunction, "But": .conjunction,
      "*": .conjunction,
    ]
    let keyword = keywords[word]
    let skipped = keyword == nil ? 0 : word.count + 1
    let source = StepSource(
      keyword: keyword ?? .none, keywordText: keyword == nil ? "" : String(word),
      text: SourceText(String(content.dropFirst(skipped)), line: line, column: column + skipped),
      location: SpecLocation(file: "t.feature", line: line, column: column), argument: argument)
    let resolution = resolver.resolve(source)
    if let step = resolution.step { steps.append(step) }
    diagnostics += resolution.diagnostics
  }

  private static func row(_ text: String, _ line: Int) -> StepTable.Row {
    var cells: [SourceText] = []
    var column = text.prefix { $0 != "|" }.count + 2
    for cell in text.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast() {
      let blanks = cell.prefix { $0 == " " }.count
      let content = cell.dropFirst(blanks).reversed().drop { $0 == " " }.reversed()
      cells.append(SourceText(String(content), line: line, column: column + (content.isEmpty ? 0 : blanks)))
      column += cell.count + 1
    }
    return StepTable.Row(cells: cells, line: line)
  }

  /// The diagnostics as `line:column message (nearest)`.
  var errors: [String] {
    diagnostics.map { diagnostic in
      let nearest = diagnostic.suggestion.map { " (\($0))" } ?? ""
      return "\(diagnostic.location.line):\(diagnostic.location.column) \(diagnostic.message)\(nearest)"
    }
  }
}
