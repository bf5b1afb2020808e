import Gherkin

/// What must hold for every input, whatever its bytes.
enum Invariants {
  /// Checks an input as a feature file and as Markdown, and stops the process where something does not hold.
  static func check(_ source: [UInt8]) {
    check(source, uri: "fuzz.feature")
    check(source, uri: "fuzz.feature.md")
  }

  private static func check(_ source: [UInt8], uri: String) {
    let result = GherkinParser().parse(source, uri: uri)
    guard let document = result.document else {
      expect(!result.errors.isEmpty && result.errors.count <= 11, "no document and no error", source)
      for error in result.errors { _ = error.message.utf8.count + error.description.utf8.count }
      expect(GherkinPrinter.format(source, uri: uri).bytes == nil, "a source with errors was formatted", source)
      return
    }
    expect(result.errors.isEmpty, "a document in spite of errors", source)
    walk(document, source)
    var lines = 0
    GherkinOutput.write(format: .ast, source: source, uri: uri) { lines += $0.count { $0 == 0x0A } }
    expect(lines == 1, "an envelope is not one line", source)
    GherkinOutput.write(format: .tokens, source: source, uri: uri) { _ in }
    checkFormatting(of: document, source, uri)
  }

  private static func checkFormatting(of document: GherkinDocument, _ source: [UInt8], _ uri: String) {
    guard let formatted = GherkinPrinter.format(source, uri: uri).bytes else {
      return expect(false, "a sound source was not formatted", source)
    }
    let second = GherkinPrinter.format(formatted, uri: uri)
    expect(second.errors.isEmpty, "formatting broke the source", source)
    expect(second.bytes == formatted, "formatting twice changes something", source)
    guard let other = GherkinParser().parse(formatted, uri: uri).document else { return }
    expect(pickles(of: document) == pickles(of: other), "formatting changed the pickles", source)
    expect(words(of: document) == words(of: other), "formatting changed a word", source)
  }

  private static func pickles(of document: GherkinDocument) -> [String] {
    document.pickles().prefix(20).map { pickle in
      let steps = pickle.steps.map { step in
        let table = step.dataTable?.rows.map { $0.cells.map(\.value) }
        return "\(step.type) \(step.keyword)|\(step.text)|\(table ?? [])|\(step.docString?.content ?? "none")"
          + "|\(step.docString?.mediaType ?? "none")"
      }
      return "\(pickle.name) \(pickle.tags.map(\.name)) \(steps) \(pickle.id)"
    }
  }

  /// What a document says beyond its pickles, without the blanks.
  private static func words(of document: GherkinDocument) -> [String] {
    var texts = document.comments.map(\.text)
    guard let feature = document.feature else { return texts.map(withoutBlanks) }
    texts += [feature.language, feature.keyword, feature.name, feature.descriptionText] + feature.tags.map(\.name)
    for background in [feature.background] + feature.rules.map(\.background) {
      texts += background.map { [$0.keyword, $0.name, $0.descriptionText] } ?? []
    }
    for rule in feature.rules { texts += [rule.keyword, rule.name, rule.descriptionText] + rule.tags.map(\.name) }
    for scenario in feature.allScenarios.prefix(20) {
      texts += [scenario.keyword, scenario.name, scenario.descriptionText]
      for examples in scenario.examples {
        texts += [examples.keyword, examples.name, examples.descriptionText] + examples.tags.map(\.name)
        for row in examples.rows { texts += row.cells.map(\.rawValue) }
      }
    }
    return texts.map(withoutBlanks)
  }

  private static func withoutBlanks(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value > 0x20 && !$0.properties.isWhitespace }))
  }

  private static func walk(_ document: GherkinDocument, _ source: [UInt8]) {
    guard let feature = document.feature else { return }
    visit(feature, source)
    for rule in feature.rules { visit(rule, source) }
    for scenario in feature.allScenarios.prefix(50) {
      visit(scenario, source)
      for tag in scenario.tags { visit(tag, source) }
      for step in scenario.steps {
        visit(step, source)
        expect(step.location(ofTextOffset: Int.max / 2).line == step.location.line, "a text's end", source)
        for row in step.dataTable.map({ Array($0.rows) }) ?? [] {
          visit(row, source)
          for cell in row.cells {
            visit(cell, source)
            _ = cell.location(ofValueOffset: 3)
          }
        }
        if let docString = step.docString {
          visit(docString, source)
          _ = docString.location(ofContentOffset: 7)
        }
      }
      for examples in scenario.examples { visit(examples, source) }
    }
    for comment in document.comments { visit(comment, source) }
  }

  private static func visit(_ node: some GherkinNode, _ source: [UInt8]) {
    let range = node.range
    expect(range.bytes.upperBound <= source.count, "a range behind the end", source)
    expect(range.start <= range.end && range.start.line >= 1, "a range that ends before it starts", source)
    _ = node.description.utf8.count
  }

  private static func expect(_ condition: Bool, _ what: String, _ source: [UInt8]) {
    guard !condition else { return }
    print("violated: \(what)")
    print("input: \(source)")
    print(String(decoding: source, as: UTF8.self))
    fatalError(what)
  }
}
