/// Finds the `<name>`s of outlines that some table of their examples has no column for.
enum UndefinedPlaceholders {
  /// The warnings for all outlines of a document, in the order of the source.
  static func warnings(of storage: DocumentStorage) -> [ParseWarning] {
    var warnings: [ParseWarning] = []
    // Only a scenario with details can have examples, and mostly few have.
    for (index, scenario) in storage.records.scenarios.enumerated() where scenario.title.details >= 0 {
      guard !storage.records.details(of: scenario.title).examples.range.isEmpty else { continue }
      check(Scenario(storage, index), &warnings)
    }
    return warnings
  }

  private static func check(_ scenario: Scenario, _ warnings: inout [ParseWarning]) {
    let storage = scenario.storage
    var headers: [Set<String>] = []
    for examples in scenario.examples where !examples.rows.isEmpty {
      headers.append(Set(examples.header?.cells.map(\.value) ?? []))
    }
    guard !headers.isEmpty else { return }

    // A line may have many placeholders: each one's column is counted on from the one before.
    func check(_ range: Range<Int>, from place: Place, step: NodeID?) {
      var place = place
      for (name, offset) in placeholders(in: range, of: storage.source) {
        guard headers.contains(where: { !$0.contains(name) }) else { continue }
        let location = storage.location(offset, after: place)
        place = Place(offset, line: location.line, column: location.column)
        warnings.append(ParseWarning(code: .undefinedPlaceholder, location: location, name: name, stepID: step))
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
