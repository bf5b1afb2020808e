/// Writes pickles as Cucumber's messages.
struct PickleWriter {
  private(set) var json = JSONWriter()

  /// Hands the written bytes on once there are enough of them.
  mutating func flush(atLeast size: Int, to write: ([UInt8]) -> Void) { json.flush(atLeast: size, to: write) }

  /// Writes the envelope of a pickle and a line feed.
  mutating func writeEnvelope(_ pickle: Pickle) {
    json.raw(#"{"pickle":{"id":"#)
    json.id(pickle.id.number)
    json.raw(#","uri":"#)
    json.string(pickle.uri)
    json.raw(#","location":"#)
    json.location(pickle.location)
    json.raw(#","name":"#)
    json.string(pickle.name)
    json.raw(#","language":"#)
    json.string(pickle.language)
    json.raw(#","steps":["#)
    list(pickle.steps) { writer, step in writer.step(step) }
    json.raw(#"],"tags":["#)
    list(pickle.tags) { writer, tag in
      writer.json.raw(#"{"name":"#)
      writer.json.string(tag.name)
      writer.json.raw(#","astNodeId":"#)
      writer.json.id(tag.id.number)
      writer.json.raw("}")
    }
    json.raw(#"],"astNodeIds":["#)
    list(pickle.astNodeIDs) { writer, id in writer.json.id(id.number) }
    json.raw("]}}\n")
  }

  private mutating func list<Elements: Sequence>(
    _ elements: Elements, _ write: (inout PickleWriter, Elements.Element) -> Void
  ) {
    var isFirst = true
    for element in elements {
      if !isFirst { json.raw(",") }
      isFirst = false
      write(&self, element)
    }
  }

  private mutating func step(_ step: PickleStep) {
    json.raw(#"{"id":"#)
    json.id(step.id.number)
    json.raw(#","type":"#)
    json.string(step.type.rawValue)
    json.raw(#","text":"#)
    json.string(step.text)
    argument(step)
    json.raw(#","astNodeIds":["#)
    list(step.astNodeIDs) { writer, id in writer.json.id(id.number) }
    json.raw("]}")
  }

  private mutating func argument(_ step: PickleStep) {
    let table = step.dataTable
    let docString = step.docString
    guard table != nil || docString != nil else { return }
    json.raw(#","argument":{"#)
    if let docString {
      json.raw(#""docString":{"#)
      if let table { argumentIndex(docString.docString.location < table.dataTable.location ? 1 : 2) }
      if let mediaType = docString.mediaType {
        json.raw(#""mediaType":"#)
        json.string(mediaType)
        json.raw(",")
      }
      json.raw(#""content":"#)
      json.string(docString.content)
      json.raw("}")
    }
    if let table {
      if docString != nil { json.raw(",") }
      json.raw(#""dataTable":{"#)
      if let docString { argumentIndex(table.dataTable.location < docString.docString.location ? 1 : 2) }
      json.raw(#""rows":["#)
      list(table.rows) { writer, row in
        writer.json.raw(#"{"cells":["#)
        writer.list(row.cells) { writer, cell in
          writer.json.raw(#"{"value":"#)
          writer.json.string(cell.value)
          writer.json.raw("}")
        }
        writer.json.raw("]}")
      }
      json.raw("]}")
    }
    json.raw("}")
  }

  /// The place of an argument among the two of a step.
  private mutating func argumentIndex(_ index: Int) {
    json.raw(#""argumentIndex":"#)
    json.number(index)
    json.raw(",")
  }
}
