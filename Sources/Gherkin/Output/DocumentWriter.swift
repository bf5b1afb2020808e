/// Writes the tree of a document as the `gherkinDocument` of Cucumber's messages.
struct DocumentWriter {
  private let storage: DocumentStorage
  private var records: DocumentStorage.Records { storage.records }
  private let isStrict: Bool
  private var json = JSONWriter()
  private let write: ([UInt8]) -> Void

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - storage: The document.
  ///   - isStrict: Whether a feature without a keyword, as Markdown allows, gets an empty one, as the schema asks for.
  ///   - write: Takes the bytes, piece by piece.
  init(_ storage: DocumentStorage, isStrict: Bool, write: @escaping ([UInt8]) -> Void) {
    self.storage = storage
    self.isStrict = isStrict
    self.write = write
  }

  /// Writes the envelope and a line feed.
  mutating func writeEnvelope() {
    json.raw(#"{"gherkinDocument":{"uri":"#)
    json.string(storage.uri)
    if let feature = records.feature {
      json.raw(#","feature":"#)
      self.feature(feature)
    }
    json.raw(#","comments":["#)
    list(0..<records.comments.count) { writer, index in
      let comment = writer.records.comments[index]
      writer.json.raw(#"{"location":"#)
      writer.json.location(Location(line: Int(comment.line), column: 1))
      writer.json.raw(#","text":"#)
      writer.json.string(comment.text, of: writer.storage)
      writer.json.raw("}")
    }
    json.raw("]}}\n")
    json.flush(atLeast: 0, to: write)
  }

  @inline(__always)
  private mutating func list(_ range: Range<Int>, _ element: (inout DocumentWriter, Int) -> Void) {
    for index in range {
      if index > range.lowerBound { json.raw(",") }
      element(&self, index)
    }
  }

  private mutating func title(_ title: TitleRecord, tags hasTags: Bool = true, id hasID: Bool = true) {
    json.raw(#"{"location":"#)
    let details = records.details(of: title)
    json.location(storage.location(title.mark))
    if hasTags {
      json.raw(#","tags":["#)
      list(details.tags.range) { writer, index in writer.tag(index) }
      json.raw("]")
    }
    if title.keywordLength > 0 || isStrict {
      json.raw(#","keyword":"#)
      json.string(storage.keyword(of: title), of: storage)
    }
    json.raw(#","name":"#)
    json.string(storage.name(of: title), of: storage)
    json.raw(#","description":"#)
    if details.hasDescription {
      json.string(storage.description(of: title))
    } else {
      json.raw("\"\"")
    }
    if hasID {
      json.raw(#","id":"#)
      json.id(Int(title.id))
    }
  }

  private mutating func tag(_ index: Int) {
    let tag = records.tags[index]
    json.raw(#"{"location":"#)
    json.location(tag.place.location)
    json.raw(#","name":"#)
    json.string(tag.name, of: storage)
    json.raw(#","id":"#)
    json.id(Int(tag.id))
    json.raw("}")
  }

  private mutating func feature(_ feature: FeatureRecord) {
    title(feature.title, id: false)
    json.raw(#","language":"#)
    json.string(storage.language)
    json.raw(#","children":["#)
    children(background: feature.background, scenarios: feature.scenarios)
    let isFirst = feature.background < 0 && feature.scenarios.range.isEmpty
    if !isFirst, !feature.rules.range.isEmpty { json.raw(",") }
    list(feature.rules.range) { writer, index in
      let rule = writer.records.rules[index]
      writer.json.raw(#"{"rule":"#)
      writer.title(rule.title)
      writer.json.raw(#","children":["#)
      writer.children(background: rule.background, scenarios: rule.scenarios)
      writer.json.raw("]}}")
    }
    json.raw("]}")
  }

  private mutating func children(background: Int32, scenarios: RecordRange) {
    if background >= 0 {
      let record = records.backgrounds[Int(background)]
      json.raw(#"{"background":"#)
      title(record.title, tags: false)
      steps(record.steps)
      json.raw("}}")
      if !scenarios.range.isEmpty { json.raw(",") }
    }
    list(scenarios.range) { writer, index in
      let record = writer.records.scenarios[index]
      writer.json.raw(#"{"scenario":"#)
      writer.title(record.title)
      writer.steps(record.steps)
      writer.json.raw(#","examples":["#)
      writer.list(writer.records.details(of: record.title).examples.range) { writer, index in writer.examples(index) }
      writer.json.raw("]}}")
      writer.json.flush(atLeast: 1 << 16, to: writer.write)
    }
  }

  private mutating func examples(_ index: Int) {
    let examples = records.examples[index]
    title(examples.title)
    let rows = examples.rows.range
    if let header = rows.first {
      json.raw(#","tableHeader":"#)
      row(header)
    }
    json.raw(#","tableBody":["#)
    list(rows.dropFirst()) { writer, index in
      writer.row(index)
      writer.json.flush(atLeast: 1 << 16, to: writer.write)
    }
    json.raw("]}")
  }

  private mutating func steps(_ range: RecordRange) {
    json.raw(#","steps":["#)
    list(range.range) { writer, index in writer.step(index) }
    json.raw("]")
  }

  private mutating func step(_ index: Int) {
    let step = records.steps[index]
    json.raw(#"{"location":"#)
    json.location(storage.location(step.mark))
    json.raw(#","keyword":"#)
    json.string(storage.keyword(of: step), of: storage)
    json.raw(#","keywordType":"#)
    json.string(step.type.rawValue)
    json.raw(#","text":"#)
    json.string(storage.text(of: step), of: storage)
    if let argument = records.argumentIndex(ofStep: index).map({ records.arguments[$0] }) {
      if argument.docString >= 0 { docString(records.docStrings[Int(argument.docString)]) }
      let rows = argument.tableRows.range
      if let first = rows.first {
        json.raw(#","dataTable":{"location":"#)
        json.location(storage.location(records.rows[first].mark))
        json.raw(#","rows":["#)
        list(rows) { writer, index in writer.row(index) }
        json.raw("]}")
      }
    }
    json.raw(#","id":"#)
    json.id(Int(step.id))
    json.raw("}")
    json.flush(atLeast: 1 << 16, to: write)
  }

  private mutating func docString(_ docString: DocStringRecord) {
    json.raw(#","docString":{"location":"#)
    json.location(storage.place(of: docString).location)
    let mediaType = storage.mediaType(of: docString)
    if mediaType.length > 0 {
      json.raw(#","mediaType":"#)
      json.string(mediaType, of: storage)
    }
    json.raw(#","content":"#)
    var content: [UInt8] = []
    storage.appendContent(of: docString, to: &content)
    if storage.isValidUTF8 { json.string(content) } else { json.string(String(decoding: content, as: UTF8.self)) }
    json.raw(#","delimiter":"#)
    json.string(docString.delimiter, of: storage)
    json.raw("}")
  }

  private mutating func row(_ index: Int) {
    let row = records.rows[index]
    json.raw(#"{"location":"#)
    json.location(storage.location(row.mark))
    json.raw(#","cells":["#)
    list(row.cells.range) { writer, index in
      let cell = writer.records.cells[index]
      writer.json.raw(#"{"location":"#)
      writer.json.location(cell.place.location)
      writer.json.raw(#","value":"#)
      writer.cell(cell.content)
      writer.json.raw("}")
    }
    json.raw(#"],"id":"#)
    json.id(Int(row.id))
    json.raw("}")
  }

  private mutating func cell(_ content: ByteSlice) {
    let source = storage.source
    var value: [UInt8] = []
    guard CellText.append(content.range, of: source.span, to: &value) else { return json.string(content, of: storage) }
    if storage.isValidUTF8 { json.string(value) } else { json.string(String(decoding: value, as: UTF8.self)) }
  }
}
