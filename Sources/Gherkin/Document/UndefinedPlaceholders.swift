/// Finds the `<name>`s of outlines that some table of their examples has no column for.
enum UndefinedPlaceholders {
  /// The warnings for all outlines of a document, in the order of the source.
  static func warnings(of storage: DocumentStorage) -> [ParseWarning] {
    var warnings: [ParseWarning] = []
    let outlines = OutlineKeywords(storage.language)
    for (index, record) in storage.records.scenarios.enumerated() {
      // Only a scenario with details can have examples, and mostly few have.
      if record.title.details >= 0, !storage.records.details(of: record.title).examples.range.isEmpty {
        check(Scenario(storage, index), &warnings)
      } else if outlines.contains(storage.keyword(of: record.title), in: storage.source) {
        check(Scenario(storage, index), &warnings)
      }
    }
    return warnings
  }

  private static func check(_ scenario: Scenario, _ warnings: inout [ParseWarning]) {
    let storage = scenario.storage
    var headers: [Set<String>] = []
    for examples in scenario.examples where !examples.rows.isEmpty {
      headers.append(Set(examples.header?.cells.map(\.value) ?? []))
    }
    let lacksExamples = scenario.examples.isEmpty
    if lacksExamples { headers = [[]] }
    guard !headers.isEmpty else { return }

    // A line may have many placeholders: each one's column is counted on from the one before.
    func check(_ range: Range<Int>, from place: Place, step: NodeID?) {
      var place = place
      for (name, offset) in placeholders(in: range, of: storage.source) {
        guard headers.contains(where: { !$0.contains(name) }) else { continue }
        let location = storage.location(offset, after: place)
        place = Place(offset, line: location.line, column: location.column)
        warnings.append(
          ParseWarning(
            code: lacksExamples ? .missingExamples : .undefinedPlaceholder, location: location, name: name, stepID: step
          ))
      }
    }
    let title = scenario.record.title
    check(storage.name(of: title).range, from: storage.place(title.mark), step: nil)
    for step in scenario.steps {
      let record = step.record
      check(storage.text(of: record).range, from: storage.place(record.mark), step: step.id)
      if let table = step.dataTable {
        for row in table.rowRange {
          for index in storage.records.rows[row].cells.range {
            let cell = storage.records.cells[index]
            check(cell.content.range, from: cell.place, step: step.id)
          }
        }
      }
      guard let docString = step.docString?.record else { continue }
      check(storage.mediaType(of: docString).range, from: storage.place(of: docString), step: step.id)
      let source = storage.source
      var line = storage.rest(of: docString.mark)
      for number in storage.contentLines(of: docString) {
        line = Line(in: source.span, at: line.next, number: number)
        let place = Place(line.textStart, line: number, column: line.indent + 1)
        check(line.textStart..<line.textEnd, from: place, step: step.id)
      }
    }
  }

  /// The names in angle brackets and the offsets of their opening brackets.
  ///
  /// A name neither starts nor ends with a blank,
  /// since no column's does.
  private static func placeholders(in range: Range<Int>, of source: [UInt8]) -> [(name: String, offset: Int)] {
    var found: [(name: String, offset: Int)] = []
    var opening: Int?
    for offset in range {
      switch source[offset] {
      case UInt8(ascii: "<"): opening = offset
      case UInt8(ascii: ">"):
        if let start = opening.map({ $0 + 1 }), start < offset {
          let blanks =
            Blanks.length(in: source.span, at: start, to: offset)
            + Blanks.length(in: source.span, before: offset, from: start)
          if blanks == 0 {
            var bytes: [UInt8] = []
            let hasEscapes = CellText.append(start..<offset, of: source.span, to: &bytes)
            let name =
              hasEscapes ? String(decoding: bytes, as: UTF8.self) : String(decoding: start..<offset, of: source.span)
            found.append((name, start - 1))
          }
        }
        opening = nil
      default: continue
      }
    }
    return found
  }
}

/// The keywords that say of a scenario that it is an outline, where the language tells the two apart.
private struct OutlineKeywords {
  private let keywords: [[UInt8]]
  /// A bit for each length that one of them has: mostly that settles it.
  private let lengths: UInt64

  init(_ language: String) {
    let dialect = Dialect(language: language) ?? .english
    keywords = dialect.scenarioOutline.filter { !dialect.scenario.contains($0) }.map { Array($0.utf8) }
    lengths = keywords.reduce(0) { $0 | 1 << UInt64($1.count & 63) }
  }

  func contains(_ keyword: ByteSlice, in source: [UInt8]) -> Bool {
    guard lengths & 1 << UInt64(keyword.range.count & 63) != 0 else { return false }
    return keywords.contains { $0.elementsEqual(keyword.range.lazy.map { source[$0] }) }
  }
}
