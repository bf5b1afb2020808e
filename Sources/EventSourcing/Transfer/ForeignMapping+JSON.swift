extension ForeignMapping {
  /// One of the keys of a mapping in JSON.
  package struct Key: Sendable {
    /// What is written for it.
    package enum Form: String, Sendable {
      case text = "a text"
      case wholeNumber = "a whole number"
      case truth = "true or false"
    }

    /// The key.
    package var name: String
    /// What is written for it.
    package var form: Form
    /// Whether a mapping needs it.
    package var isNeeded: Bool
    /// What it says.
    package var meaning: String
  }

  /// All keys, those that are needed first.
  package static let keys: [Key] = [
    Key("table", "the table, with its schema if needed: 'shop.events'", isNeeded: true),
    Key("stream", "the column with the stream's name", isNeeded: true),
    Key("version", "the column with the event's number in its stream", isNeeded: true),
    Key("position", "the column with its place among all events, a whole number", isNeeded: true),
    Key("type", "the column with its type", isNeeded: true),
    Key("payload", "the column with its payload: JSON, as JSON, text or bytes", isNeeded: true),
    Key("time", "the column with its time"),
    Key("timeInPayload", "the path to the time, if in the payload: 'meta.at'"),
    Key("id", "the column with its id, a UUID; else made of stream and version"),
    Key("metadata", "the column with its metadata, a JSON object"),
    Key("schemaVersion", "the column with its form's version, a whole number"),
    Key("firstVersion", "the number of a stream's first event, where it is not 1", .wholeNumber),
    Key("streamPrefix", "what is put before the stream's name: 'order-'"),
    Key("streamIsUUID", "whether the stream's name is to be written as a UUID", .truth),
    Key("typeBehind", "of the type, only what follows the last of these is taken"),
  ]

  /// Reads a mapping from JSON.
  ///
  /// - Parameter json: A JSON object.
  /// - Throws: ``TransferError`` with code `mapping` where it is none, a key is not known, missing or given twice, or a
  ///   value is of the wrong kind.
  public init(json: [UInt8]) throws {
    let value: DynamicValue
    do { value = try JSONText.read(json) } catch { throw Self.wrong("it is no JSON: \(error)") }
    guard case .record(let record) = value else {
      throw Self.wrong("a JSON object was expected, such as {\"table\": \"shop.events\", \"stream\": \"stream_id\", …}")
    }
    var seen: Set<String> = []
    for field in record.fields {
      guard let key = Self.keys.first(where: { $0.name == field.name }) else { throw Self.unknown(field.name) }
      guard seen.insert(field.name).inserted else { throw Self.wrong("the key '\(field.name)' is there twice") }
      guard key.accepts(field.value) else {
        throw Self.wrong("the key '\(key.name)' takes \(key.form.rawValue): \(key.meaning)")
      }
    }
    let missing = Self.keys.filter { $0.isNeeded && record[$0.name] == nil }
    guard missing.isEmpty else {
      let names = missing.map { "'\($0.name)' (\($0.meaning))" }.joined(separator: ", ")
      throw Self.wrong(
        "\(missing.count == 1 ? "the key" : "the keys") \(names) \(missing.count == 1 ? "is" : "are") missing")
    }
    func text(_ name: String) -> String? { if case .string(let text)? = record[name] { text } else { nil } }
    self.init(
      table: text("table") ?? "", stream: text("stream") ?? "", version: text("version") ?? "",
      position: text("position") ?? "", type: text("type") ?? "", payload: text("payload") ?? "")
    (time, timeInPayload, id) = (text("time"), text("timeInPayload"), text("id"))
    (metadata, schemaVersion) = (text("metadata"), text("schemaVersion"))
    (streamPrefix, typeBehind) = (text("streamPrefix"), text("typeBehind"))
    if case .integer(let number)? = record["firstVersion"] { firstVersion = Int(exactly: number) }
    if case .bool(let isUUID)? = record["streamIsUUID"] { streamIsUUID = isUUID }
  }

  private static func wrong(_ reason: String) -> TransferError { TransferError(.mapping, reason) }

  private static func unknown(_ name: String) -> TransferError {
    let wanted = Array(name.lowercased().utf8.prefix(100))
    let near = keys.map { (name: $0.name, distance: EditDistance.between(wanted, Array($0.name.lowercased().utf8))) }
      .filter {
        $0.distance <= max(1, max(wanted.count, $0.name.utf8.count) / 3) || $0.name.lowercased() == name.lowercased()
      }
      .min { $0.distance < $1.distance }
    let advice = near.map { "; did you mean '\($0.name)'? The" } ?? "; the"
    return wrong("there is no key '\(name)'\(advice) keys are \(keys.map(\.name).joined(separator: ", "))")
  }
}

extension ForeignMapping.Key {
  fileprivate init(_ name: String, _ meaning: String, _ form: Form = .text, isNeeded: Bool = false) {
    self.init(name: name, form: form, isNeeded: isNeeded, meaning: meaning)
  }

  fileprivate func accepts(_ value: DynamicValue) -> Bool {
    switch (form, value) {
    // What need not be there may be null.
    case (_, .null): !isNeeded
    case (.text, .string(let text)): !isNeeded || !text.isEmpty
    case (.wholeNumber, .integer), (.truth, .bool): true
    default: false
    }
  }
}
