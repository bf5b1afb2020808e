internal import EventSourcing

extension DomainDescription {
  /// The description for people.
  ///
  /// - Parameter isColored: Whether to use a terminal's colours.
  package func text(isColored: Bool) -> String {
    var text = StyledText(isColored: isColored)
    for (index, part) in parts.enumerated() {
      if index > 0 { text.endLine() }
      write(part, to: &text)
    }
    return text.text
  }

  private func write(_ part: Part, to text: inout StyledText) {
    switch part {
    case .aggregate(let schema, let errorTexts): write(schema, errorTexts, to: &text)
    case .command(_, let aggregate): write(part, "command", of: aggregate, to: &text)
    case .event(_, let aggregate): write(part, "event", of: aggregate, to: &text)
    case .error(let described, let aggregate, let message):
      title("error", part.name, "of \(aggregate)" + (message.map { ": \"\($0)\"" } ?? ""), to: &text)
      write(described.fields, indent: 2, to: &text)
    case .view(let schema):
      title("view", schema.name, schema.isSingleRow ? "one row" : "rows by \(schema.keyType.swiftName)", to: &text)
      if case .record(let row) = schema.rowType { write(row.fields, indent: 2, to: &text) }
    case .processManager(let name): title("process manager", name, "", to: &text)
    case .type(let name, let type): write(type, name, to: &text)
    }
  }

  private func write(_ part: Part, _ kind: String, of aggregate: String, to text: inout StyledText) {
    title(kind, part.name, "of \(aggregate)", to: &text)
    if let fields = part.fields { write(fields, indent: 2, to: &text) }
  }

  private func title(_ kind: String, _ name: String, _ rest: String, to text: inout StyledText) {
    text.add(kind + " ", .dim)
    text.add(name, .bold)
    text.line(rest.isEmpty ? "" : "  " + rest, .dim)
  }

  private func write(_ schema: AggregateSchema, _ errorTexts: [String: String], to text: inout StyledText) {
    title(
      "aggregate", schema.name,
      "identity \(schema.identityField): \(schema.identityType.swiftName), streams \(schema.streamCategory)-…",
      to: &text)
    let groups = [
      ("commands", schema.commands.cases.map { Part.command($0, aggregate: schema.name) }),
      ("events", schema.events.cases.map { Part.event($0, aggregate: schema.name) }),
    ]
    for (label, messages) in groups where !messages.isEmpty {
      text.line("  \(label)", .dim)
      for message in messages {
        text.indent(4)
        text.add(message.name, .bold)
        text.line(signature(message.fields ?? []))
      }
    }
    if !schema.errors.cases.isEmpty {
      text.line("  errors", .dim)
      let width = schema.errors.cases.map { upperCamelCase($0.name).displayWidth }.max() ?? 0
      for described in schema.errors.cases {
        let name = upperCamelCase(described.name) + signature(described.fields)
        text.indent(4)
        text.add(name, .bold, width: min(width, 40))
        text.line(errorTexts[described.name].map { "  \"\($0)\"" } ?? "")
      }
    }
    if case .record(let state) = schema.state {
      text.line("  state", .dim)
      write(state.fields, indent: 4, to: &text)
    }
  }

  private func signature(_ fields: [FieldSchema]) -> String {
    if fields.isEmpty { return "" }
    return "(" + fields.map { "\($0.name): \($0.type.swiftName)" }.joined(separator: ", ") + ")"
  }

  private func write(_ fields: [FieldSchema], indent: Int, to text: inout StyledText) {
    let width = fields.map { $0.name.displayWidth }.max() ?? 0
    for field in fields {
      text.indent(indent)
      text.add(field.name, width: min(width, 40))
      text.add("  \(field.type.swiftName)", .place)
      if field.isDerived { text.add("  derived", .dim) }
      if let value = field.defaultValue { text.add("  default \(specText.render(value, field.type))", .dim) }
      text.endLine()
    }
  }

  private func write(_ type: TypeSchema, _ name: String, to text: inout StyledText) {
    switch type {
    case .enumeration(let schema):
      title("type", name, "one of", to: &text)
      for enumerationCase in schema.cases { text.line("  \(enumerationCase.name)\(signature(enumerationCase.fields))") }
    case .record(let schema):
      title("type", name, "", to: &text)
      write(schema.fields, indent: 2, to: &text)
    default: title("type", name, "", to: &text)
    }
  }
}

extension DomainDescription.Part {
  /// The fields of a message.
  var fields: [FieldSchema]? {
    switch self {
    case .command(let described, _), .event(let described, _), .error(let described, _, _): described.fields
    case .aggregate, .view, .processManager, .type: nil
    }
  }
}
