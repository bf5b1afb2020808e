package import Gherkin

extension StepSource {
  /// A step of a pickle as it is written.
  ///
  /// - Parameters:
  ///   - pickleStep: The step.
  ///   - file: The file's path.
  package init(_ pickleStep: PickleStep, file: String) {
    let keyword = pickleStep.keyword.withoutSpaces
    let step = pickleStep.step
    let place = step.location(ofTextOffset: 0)
    let final = pickleStep.text
    var text = SourceText(final, line: place.line, column: place.column)
    if pickleStep.isTextSubstituted {
      text.replacements = Replacements(step.text, pickleStep.pickle.substitutions).list(for: final)
    }
    self.init(
      keyword: Self.keyword(pickleStep.keywordType, keyword), keywordText: keyword, text: text,
      location: SpecLocation(file, pickleStep.location), argument: Self.argument(of: pickleStep, file: file))
  }

  static func keyword(_ type: StepKeywordType, _ text: String) -> Keyword {
    switch type {
    case .context: .role(.given)
    case .action: .role(.when)
    case .outcome: .role(.then)
    case .conjunction: .conjunction
    // In some spoken languages one word stands for several keywords: then what is named decides.
    case .unknown: text == "*" ? .conjunction : .none
    }
  }

  private static func argument(of pickleStep: PickleStep, file: String) -> Argument? {
    if let table = pickleStep.dataTable {
      let rows = table.rows.map { row in
        StepTable.Row(cells: row.cells.map { cell($0, of: pickleStep.pickle) }, line: row.row.location.line)
      }
      return .table(StepTable(rows: rows))
    }
    guard let docString = pickleStep.docString else { return nil }
    let source = docString.docString
    let place = source.contentLocation
    let final = docString.content
    var content = SourceText(
      final, line: place.line, column: place.column, continuationColumn: source.indent + 1)
    if docString.isSubstituted {
      content.replacements = Replacements(source.content, pickleStep.pickle.substitutions).list(for: final)
    }
    return .docString(
      StepDocString(
        content: content, mediaType: docString.mediaType, location: SpecLocation(file, source.location)))
  }

  private static func cell(_ pickleCell: PickleTableCell, of pickle: Pickle) -> SourceText {
    let source = pickleCell.cell
    let final = pickleCell.value
    var text = SourceText(final, line: source.location.line, column: source.location.column)
    let raw = source.rawValue
    if raw.utf8.contains(UInt8(ascii: "\\")) || pickleCell.isSubstituted {
      let substitutions = pickleCell.isSubstituted ? pickle.substitutions : []
      text.replacements = Replacements(source.value, substitutions, raw: raw).list(for: final)
    }
    return text
  }
}

extension String {
  /// A keyword without the spaces that belong to it.
  var withoutSpaces: String {
    var keyword = self
    return keyword.withUTF8 { bytes in
      var rest = bytes[...]
      while rest.last == UInt8(ascii: " ") { rest.removeLast() }
      while rest.first == UInt8(ascii: " ") { rest.removeFirst() }
      return String(decoding: rest, as: UTF8.self)
    }
  }
}

/// What stands in a text in another form than in the file: escapes in a cell, and values in the place of placeholders.
private struct Replacements {
  private let source: [UInt8]
  private let substitutions: [(placeholder: [UInt8], value: [UInt8])]
  /// The offsets in the source of characters that are escapes of two in the file.
  private let escapes: Set<Int>

  init(_ source: String, _ substitutions: [Substitution], raw: String? = nil) {
    self.source = Array(source.utf8)
    self.substitutions = substitutions.map { (Array("<\($0.name)>".utf8), Array($0.value.utf8)) }
    escapes = raw.map { Self.escapes(in: Array($0.utf8)) } ?? []
  }

  private static func escapes(in raw: [UInt8]) -> Set<Int> {
    var offsets: Set<Int> = []
    var index = 0
    var offset = 0
    while index < raw.count {
      if raw[index] == UInt8(ascii: "\\"), index + 1 < raw.count, "n|\\".utf8.contains(raw[index + 1]) {
        offsets.insert(offset)
        index += 1
      }
      index += 1
      offset += 1
    }
    return offsets
  }

  /// The replaced parts of the text as it is run.
  func list(for text: String) -> [SourceText.Replacement] {
    var result: [UInt8] = []
    var list: [SourceText.Replacement] = []
    var index = 0
    while index < source.count {
      let found = substitutions.first { source[index...].starts(with: $0.placeholder) }
      if let found {
        let end = index + found.placeholder.count
        list.append(
          SourceText.Replacement(
            range: result.count..<result.count + found.value.count, width: width(from: index, to: end)))
        result += found.value
        index = end
      } else {
        if escapes.contains(index) {
          list.append(SourceText.Replacement(range: result.count..<result.count + 1, width: 2))
        }
        result.append(source[index])
        index += 1
      }
    }
    // A value that holds another column's placeholder: all that can be said is where the text begins.
    if !result.elementsEqual(text.utf8) {
      return [SourceText.Replacement(range: 0..<text.utf8.count, width: width(from: 0, to: source.count))]
    }
    return list
  }

  private func width(from start: Int, to end: Int) -> Int {
    (start..<end).reduce(0) { count, index in
      source[index] & 0xC0 == 0x80 ? count : count + (escapes.contains(index) ? 2 : 1)
    }
  }
}
