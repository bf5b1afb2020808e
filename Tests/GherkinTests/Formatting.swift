import Gherkin
import Testing

/// The pickles of a document without their places.
func placelessPickles(_ document: GherkinDocument) -> [String] {
  document.pickles().map { pickle in
    let steps = pickle.steps.map { step in
      let table = step.dataTable?.rows.map { $0.cells.map(\.value) }
      return "\(step.type) \(step.keyword)|\(step.text)|\(table ?? [])|\(step.docString?.content ?? "none")"
        + "|\(step.docString?.mediaType ?? "none")"
    }
    return "\(pickle.name) \(pickle.tags.map(\.name)) \(steps)"
  }
}

/// Expects that a sound source keeps its pickles when it is formatted, and that formatting again changes nothing.
func expectSoundFormatting(of source: [UInt8], uri: String) {
  guard let document = GherkinParser().parse(source, uri: uri).document else {
    #expect(GherkinPrinter.format(source, uri: uri).bytes == nil)
    return
  }
  #expect(GherkinPrinter.print(document) == source)
  guard let formatted = GherkinPrinter.format(source, uri: uri).bytes else {
    Issue.record("not formatted: \(String(decoding: source, as: UTF8.self))")
    return
  }
  let result = GherkinParser().parse(formatted, uri: uri)
  #expect(result.errors.isEmpty, "\(String(decoding: source, as: UTF8.self))")
  #expect(result.document.map(placelessPickles) == placelessPickles(document))
  #expect(GherkinPrinter.format(formatted, uri: uri).bytes == formatted)
}
