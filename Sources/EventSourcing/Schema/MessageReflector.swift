/// Reads the schema of a message type.
struct MessageReflector<Message: DomainMessage> {
  private(set) var schema: MessageSchema

  init(_ type: Message.Type) {
    schema = MessageSchema(typeName: typeName(type), cases: [])
    guard case .enumeration(let cases) = Reflection.shape(of: type) else {
      schema.findings.append(
        SchemaFinding(
          .error, type: schema.typeName,
          message: "is no enum; commands, events and errors are enums with a case for each of them"))
      return
    }
    for found in cases { add(found) }
    checkNames(Message.storedNames.keys, of: "storedNames")
    checkNames(Message.formerStoredNames.keys, of: "formerStoredNames")
    checkNames(Message.schemaVersions.keys, of: "schemaVersions")
    for path in Message.defaults.keys.sorted() { addDefault(path) }
  }

  private mutating func add(_ found: Reflection.Case) {
    var described = CaseSchema(
      name: found.name,
      storedName: Message.storedNames[found.name] ?? found.name.prefix(1).uppercased() + found.name.dropFirst(),
      formerStoredNames: Message.formerStoredNames[found.name] ?? [],
      schemaVersion: Message.schemaVersions[found.name] ?? 1, fields: [])
    var reflector = SchemaReflector()
    described.fields = Self.flattened(found.payload) ?? reflector.fields(ofPayload: found.payload)
    schema.cases.append(described)
  }

  /// The fields of a payload of one struct without a label, which stand for it; nil for other payloads.
  static func flattened(_ payload: [Reflection.Field]?) -> [FieldSchema]? {
    guard let payload, payload.count == 1, let field = payload.first, field.name == nil, let type = field.type,
      case .record(let record) = TypeSchema.reflectingRecord(type)
    else { return nil }
    return record.fields.filter { !$0.isDerived }
  }

  private mutating func checkNames(_ names: some Sequence<String>, of property: String) {
    for name in names.sorted() where !schema.cases.contains(where: { $0.name == name }) {
      schema.findings.append(
        SchemaFinding(
          .error, type: schema.typeName, message: "\(property) speaks of '\(name)', which is none of its cases"))
    }
  }

  private mutating func addDefault(_ path: String) {
    let parts = path.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, let index = schema.cases.firstIndex(where: { $0.name == parts[0] }),
      let field = schema.cases[index].fields.firstIndex(where: { $0.name == parts[1] }),
      let value = Message.defaults[path]
    else {
      schema.findings.append(
        SchemaFinding(
          .error, type: schema.typeName, path: path, message: "has a default, but there is no such case and field"))
      return
    }
    do {
      schema.cases[index].fields[field].defaultValue = try DynamicEncoder().encode(value)
    } catch {
      schema.findings.append(
        SchemaFinding(
          .error, type: schema.typeName, path: path, message: "has a default that cannot be encoded: \(error)"))
    }
  }
}

extension MessageSchema {
  /// Reads the cases of a message type from the compiler's metadata.
  ///
  /// - Parameter type: The message type.
  /// - Returns: Its cases — those with a payload first, then the others, each in order of declaration — with what the
  ///   type says of stored names, versions and defaults, and what is wrong with it.
  public static func reflecting<Message: DomainMessage>(_ type: Message.Type) -> MessageSchema {
    reflected.entry(for: type) { Reflected(MessageReflector(type).schema) }.schema
  }

  private final class Reflected: Sendable {
    let schema: MessageSchema
    init(_ schema: MessageSchema) { self.schema = schema }
  }

  private static let reflected = TypeTable<Reflected>()
}

extension DomainMessage {
  /// What reflection finds.
  public static var schema: MessageSchema { MessageSchema.reflecting(Self.self) }
}
