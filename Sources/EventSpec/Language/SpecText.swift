package import EventSourcing

/// Writes values and messages as they are written in specs, with names in place of UUIDs.
package struct SpecText: Sendable {
  private let model: DomainModel

  package init(_ model: DomainModel) { self.model = model }

  /// Writes a value.
  ///
  /// - Parameters:
  ///   - value: The value in coded form.
  ///   - type: Its type; a value that is not of it is written by its own form.
  /// - Returns: A literal that reads back as the value.
  /// - Complexity: O(*n*) in the size of the value.
  package func render(_ value: DynamicValue, _ type: TypeSchema) -> String {
    switch (model.resolve(type), value) {
    case (.optional(let wrapped), _): return value == .null ? "null" : render(value, wrapped)
    case (.uuid, .string(let text)):
      return UUID(uuidString: text).map { render(.uuid($0), type) } ?? Self.word(text)
    case (.date, .string(let text)), (.duration, .string(let text)): return text
    case (.date, .date), (.duration, .duration), (.uuid, .uuid): return untyped(value)
    case (.data, .string(let text)): return Self.quote(text)
    case (.array(let element), .array(let values)), (.set(let element), .array(let values)):
      return "[" + values.map { render($0, element) }.joined(separator: ", ") + "]"
    case (.dictionary(let keyType, let valueType), .record(let record)):
      let entries = record.fields.map { key($0.name, keyType) + ": " + render($0.value, valueType) }
      return "{" + entries.joined(separator: ", ") + "}"
    case (.dictionary(let keyType, let valueType), .array(let flat)):
      let entries = stride(from: 0, to: flat.count - 1, by: 2).map { index in
        render(flat[index], keyType) + ": " + render(flat[index + 1], valueType)
      }
      return "{" + entries.joined(separator: ", ") + "}"
    case (.record(let schema), .record(let record)): return "{" + fields(record, schema.fields) + "}"
    case (.enumeration(let schema), _): return enumeration(value, schema)
    case (.text(let schema), _): return schema.write(value).map { Self.word($0) } ?? untyped(value)
    default: return untyped(value)
    }
  }

  /// Writes a message with its fields.
  ///
  /// - Parameters:
  ///   - name: Which message it is.
  ///   - payload: Its fields.
  ///   - omitsIdentity: Whether the field that carries the aggregate's identity is left out.
  /// - Returns: Such as `OrderPlaced(totalAmount: 24.98)`; fields that are null are left out.
  package func message(_ name: MessageName, _ payload: DynamicRecord, omitsIdentity: Bool = false) -> String {
    guard let message = model.message(name.kind, aggregate: name.aggregate, caseIndex: name.caseIndex) else {
      return ""
    }
    var schema = message.fields.fields
    if omitsIdentity, let index = message.identityIndex, schema.indices.contains(index) { schema.remove(at: index) }
    let names = Set(schema.map(\.name))
    let shown = DynamicRecord(payload.fields.filter { names.contains($0.name) })
    let text = fields(shown, schema)
    return model.displayName(name) + (text.isEmpty ? "" : "(" + text + ")")
  }

  /// Writes an aggregate's instance.
  ///
  /// - Parameters:
  ///   - aggregate: The aggregate's index.
  ///   - stream: The instance's stream.
  /// - Returns: Such as `Order o2`, as it stands before the colon of a step.
  package func stream(_ aggregate: Int, _ stream: StreamName) -> String {
    guard let model = model.aggregate(aggregate) else { return stream.text }
    let prefix = model.category + "-"
    let id = stream.text.hasPrefix(prefix) ? String(stream.text.dropFirst(prefix.count)) : stream.text
    if case .uuid = model.identityType, let uuid = UUID(uuidString: id) {
      return model.name + " " + instance(self.model.names.name(of: uuid) ?? id)
    }
    return model.name + " " + instance(id)
  }

  /// Writes an instance's name, quoted where it could be misread.
  package func instance(_ name: String) -> String {
    let isPlain =
      name.utf8.allSatisfy(LiteralReader.isNameByte)
      && (name.utf8.allSatisfy { $0 < 0x80 } || name.unicodeScalars.allSatisfy(\.isPrintable))
    return isPlain && !name.isEmpty ? name : Self.quote(name)
  }

  /// Writes fields as `name: value, name: value`, those that are null left out.
  package func fields(_ record: DynamicRecord, _ schema: [FieldSchema]) -> String {
    var parts: [String] = []
    for field in record.fields where field.value != .null && !field.isDerived {
      let type = schema.first { $0.name == field.name }?.type
      parts.append(field.name + ": " + (type.map { render(field.value, $0) } ?? untyped(field.value)))
    }
    return parts.joined(separator: ", ")
  }

  /// A text in quotes, with escapes for what would not read back or not show.
  package static func quote(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.isPrintable || scalar == "\u{200D}" {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        }
      }
    }
    return result + "\""
  }

  /// A text as bare words where it reads back as such everywhere, else in quotes.
  package static func word(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "_", "-", ".", "'", "@", "!", "?", "&", "+": true
      default: !scalar.isASCII && scalar.isPrintable && scalar != "±" && !scalar.properties.isWhitespace
      }
    }
    guard isPlain, let first = text.unicodeScalars.first, !("0"..."9").contains(first),
      !"-.+ ".unicodeScalars.contains(first),
      text.last != " ", !text.contains(".."), !["any", "empty", "null", "true", "false", "now"].contains(text),
      !["not ", "contains ", "now "].contains(where: text.hasPrefix)
    else { return quote(text) }
    return text
  }

  private func key(_ name: String, _ type: TypeSchema) -> String {
    switch type {
    case .uuid: UUID(uuidString: name).map { untyped(.uuid($0)) } ?? Self.word(name)
    case .string, .text, .enumeration: name.contains(":") ? Self.quote(name) : Self.word(name)
    case .date: Self.quote(name)
    default: name
    }
  }

  private func enumeration(_ value: DynamicValue, _ schema: EnumerationSchema) -> String {
    for one in schema.cases {
      if let rawValue = one.rawValue {
        if rawValue == value { return one.name }
      } else if case .string(one.name) = value {
        return one.name
      } else if case .record(let record) = value, record.fields.count == 1, let field = record.fields.first,
        field.name == one.name, case .record(let payload) = field.value
      {
        if payload.fields.isEmpty { return one.name }
        if let only = one.fields.first, one.fields.count == 1, only.name.hasPrefix("_") {
          return one.name + "(" + render(payload.fields.first?.value ?? .null, only.type) + ")"
        }
        return one.name + "(" + fields(payload, one.fields) + ")"
      }
    }
    return untyped(value)
  }

  /// Writes a value by its own form.
  package func untyped(_ value: DynamicValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let number): String(number)
    case .unsigned(let number): String(number)
    case .double(let number): number.description
    case .decimal(let number): number.description
    case .string(let text): Self.word(text)
    case .uuid(let uuid): model.names.name(of: uuid).map { Self.word($0) } ?? uuid.uuidString.lowercased()
    case .date(let date): DateLiteral.write(date)
    case .duration(let duration): DurationLiteral.write(duration)
    case .array(let values): "[" + values.map(untyped).joined(separator: ", ") + "]"
    case .record(let record):
      "{" + record.fields.filter { !$0.isDerived }.map { $0.name + ": " + untyped($0.value) }.joined(separator: ", ")
        + "}"
    }
  }
}
