internal import EventSourcing
internal import EventSpec
internal import Gherkin

/// A typed step, ready to be read against the domain.
struct TypedStep {
  var source: StepSource
  var table: [[String]] = []
  var docString: String?
  var mediaType: String?
}

/// What is wrong with a typed step before the domain is asked.
struct StepMistakes: Error {
  var list: [Diagnostic]
}

extension REPLSession {
  /// Whether a line below a heading is a step, right or wrong, and no part of a description in prose.
  func readsAsStep(_ text: String) -> Bool {
    if text.trimmingBlanks.hasPrefix("Examples:") || text.trimmingBlanks.hasPrefix("Scenarios:") { return true }
    let unit = InputUnit(text: text, body: [], line: 1, bodyLine: 2, column: 0)
    guard case .success(let typed) = StepReading(unit).source else { return true }
    let keyword = typed.source.keywordText
    // A keyword in other letters is accepted of who types, and is a word like others in prose.
    if !keyword.isEmpty, text.trimmingBlanks.hasPrefix(keyword) { return true }
    var resolver = state.resolver
    if resolver.resolve(typed.source).step != nil { return true }
    var words = text.trimmingBlanks
    if words.hasSuffix(":") { words.removeLast() }
    if let colon = StepShape(words.utf8).colon {
      let prefix = String(decoding: words.utf8.prefix(colon), as: UTF8.self)
      let aggregate = prefix.prefix { $0 != " " && $0 != "\t" }
      if model.aggregates.contains(where: { NormalizedName.areEqual($0.name.utf8, aggregate.utf8) }) {
        words = String(decoding: words.utf8.dropFirst(colon + 1), as: UTF8.self).trimmingBlanks
      }
    }
    let shape = StepShape(words.utf8)
    guard let bracket = shape.bracket else { return model.isMessage(words) }
    let name = String(decoding: words.utf8.prefix(bracket), as: UTF8.self)
    if model.isMessage(name.trimmingBlanks) { return true }
    // A message that the domain does not have is a mistake; 'people (of all ages)' is none.
    return !name.isEmpty && !name.contains { $0 == " " || $0 == "\t" } && (shape.isOpen || words.hasSuffix(")"))
  }
}

/// Takes the keyword off a step and reads what stands below it.
struct StepReading {
  let source: Result<TypedStep, StepMistakes>

  private static let keywords: [(word: String, keyword: StepSource.Keyword)] = [
    ("Given", .role(.given)), ("When", .role(.when)), ("Then", .role(.then)), ("And", .conjunction),
    ("But", .conjunction), ("*", .conjunction),
  ]

  init(_ unit: InputUnit) {
    let bytes = Array(unit.text.utf8)
    var start = 0
    while start < bytes.count, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    var keyword = StepSource.Keyword.none
    var keywordText = ""
    var textStart = start
    for (word, meant) in Self.keywords {
      let end = start + word.utf8.count
      guard end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09, Self.isSame(bytes[start..<end], word.utf8)
      else {
        continue
      }
      keyword = meant
      keywordText = word
      textStart = end
      while textStart < bytes.count, bytes[textStart] == 0x20 || bytes[textStart] == 0x09 { textStart += 1 }
      break
    }
    var end = bytes.count
    while end > textStart, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    func column(_ offset: Int) -> Int { unit.column + 1 + bytes[..<offset].count { $0 & 0xC0 != 0x80 } }
    let text = SourceText(
      String(decoding: bytes[textStart..<end], as: UTF8.self), line: unit.line, column: column(textStart))
    let location = SpecLocation(file: REPLSession.file, line: unit.line, column: column(start))
    var step = TypedStep(
      source: StepSource(keyword: keyword, keywordText: keywordText, text: text, location: location))
    do throws(StepMistakes) {
      if !unit.body.isEmpty { try Self.readBody(unit, into: &step) }
      source = .success(step)
    } catch {
      source = .failure(error)
    }
  }

  private static func isSame(_ left: ArraySlice<UInt8>, _ right: String.UTF8View) -> Bool {
    zip(left, right).allSatisfy { $0 == $1 || $0 | 0x20 == $1 | 0x20 }
  }

  /// Reads a table or doc string as a feature file has it.
  private static func readBody(_ unit: InputUnit, into step: inout TypedStep) throws(StepMistakes) {
    let head = "Feature:\nScenario:\n* step\n"
    let content = Array((head + unit.body.joined(separator: "\n") + "\n").utf8)
    let shift = unit.bodyLine - 4
    let parsed = GherkinParser().parse(content, uri: REPLSession.file)
    guard parsed.errors.isEmpty, let pickle = parsed.document.flatMap({ Array($0.pickles()).first }),
      let only = pickle.steps.first
    else {
      throw StepMistakes(
        list: parsed.errors.map { error in
          Diagnostic(
            at: SpecLocation(
              file: REPLSession.file, line: error.location.line + shift, column: error.location.column),
            error.explanation)
        })
    }
    switch StepSource(only, file: REPLSession.file).argument {
    case .table(var table)?:
      for row in table.rows.indices {
        table.rows[row].line += shift
        for cell in table.rows[row].cells.indices { table.rows[row].cells[cell].line += shift }
      }
      step.source.argument = .table(table)
      step.table = table.rows.map { $0.cells.map(\.text) }
    case .docString(var docString)?:
      docString.content.line += shift
      docString.location.line += shift
      step.source.argument = .docString(docString)
      step.docString = docString.content.text
      step.mediaType = docString.mediaType
    case nil: break
    }
  }
}
