internal import EventSourcing

extension DomainDescription {
  /// The description for programs: one JSON object.
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.field("schema", "eventspec-domain")
      json.field("version", 1)
      json.field("domain", name)
      json.key("parts")
      json.array(parts) { json, part in json.object { write(part, to: &$0) } }
    }
    json.endLine()
    return json.take()
  }

  private func write(_ part: Part, to json: inout JSONWriter) {
    json.field("kind", part.kind)
    json.field("name", part.name)
    json.field("aggregate", part.owner)
    switch part {
    case .aggregate(let schema, let errorTexts):
      json.field("identityField", schema.identityField)
      json.field("identityType", schema.identityType.swiftName)
      json.field("streamCategory", schema.streamCategory)
      json.key("commands")
      json.array(schema.commands.cases) { json, described in
        json.object { write(described, Part.command(described, aggregate: schema.name).name, to: &$0) }
      }
      json.key("events")
      json.array(schema.events.cases) { json, described in
        json.object { json in
          write(described, Part.event(described, aggregate: schema.name).name, to: &json)
          json.field("schemaVersion", described.schemaVersion)
        }
      }
      json.key("errors")
      json.array(schema.errors.cases) { json, described in
        json.object { json in
          write(described, upperCamelCase(described.name), to: &json)
          json.field("text", errorTexts[described.name])
        }
      }
      if case .record(let state) = schema.state { write(state.fields, as: "state", to: &json) }
    case .command(let described, _), .event(let described, _): write(described.fields, as: "fields", to: &json)
    case .error(let described, _, let text):
      json.field("text", text)
      write(described.fields, as: "fields", to: &json)
    case .view(let schema):
      json.field("isSingleRow", schema.isSingleRow)
      json.field("isOrdered", schema.isOrdered)
      if !schema.isSingleRow { json.field("keyType", schema.keyType.swiftName) }
      if case .record(let row) = schema.rowType { write(row.fields, as: "fields", to: &json) }
    case .processManager: break
    case .type(_, .record(let schema)): write(schema.fields, as: "fields", to: &json)
    case .type(_, .enumeration(let schema)):
      json.key("cases")
      json.array(schema.cases) { json, enumerationCase in
        json.object { json in
          json.field("name", enumerationCase.name)
          write(enumerationCase.fields, as: "fields", to: &json)
        }
      }
    case .type: break
    }
  }

  private func write(_ described: CaseSchema, _ name: String, to json: inout JSONWriter) {
    json.field("name", name)
    write(described.fields, as: "fields", to: &json)
  }

  private func write(_ fields: [FieldSchema], as name: StaticString, to json: inout JSONWriter) {
    json.key(name)
    json.array(fields) { json, field in
      json.object { json in
        json.field("name", field.name)
        json.field("type", field.type.swiftName)
        json.field("isOptional", field.isOptional)
        if field.isDerived { json.field("isDerived", true) }
        if let value = field.defaultValue { json.field("default", specText.render(value, field.type)) }
      }
    }
  }
}

extension DomainDescription.Part {
  /// What kind of thing it is.
  var kind: String {
    switch self {
    case .aggregate: "aggregate"
    case .command: "command"
    case .event: "event"
    case .error: "error"
    case .view: "view"
    case .processManager: "processManager"
    case .type: "type"
    }
  }
}
