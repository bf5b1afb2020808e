/// What the coding of a message type needs to know of its cases, found out once a type.
final class MessagePlan: Sendable {
  let schema: MessageSchema
  /// The index in the schema's cases by tag; -1 for a case that the schema does not have.
  let caseIndices: [Int]
  let cases: [Case]

  /// How one case is coded.
  struct Case: Sendable {
    let name: String
    let tag: Int
    let hasPayload: Bool
    /// Whether the payload is one struct without a label, whose fields are the message's.
    let isFlattened: Bool
  }

  private static let table = TypeTable<MessagePlan>()

  @inline(__always)
  static func of<Message: DomainMessage>(_ type: Message.Type) -> MessagePlan {
    table.entry(for: type) { MessagePlan(type) }
  }

  private init<Message: DomainMessage>(_ type: Message.Type) {
    let schema = Message.schema
    self.schema = schema
    guard case .enumeration(let found) = Reflection.shape(of: type) else {
      caseIndices = []
      cases = []
      return
    }
    caseIndices = found.map { found in schema.cases.firstIndex { $0.name == found.name } ?? -1 }
    cases = schema.cases.map { described in
      guard let tag = found.firstIndex(where: { $0.name == described.name }) else {
        return Case(name: described.name, tag: -1, hasPayload: !described.fields.isEmpty, isFlattened: false)
      }
      let payload = found[tag].payload
      return Case(
        name: described.name, tag: tag, hasPayload: payload != nil,
        isFlattened: MessageSchema.isFlattened(payload ?? []))
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

  /// Whether a payload is one struct without a label whose fields stand for it.
  static func isFlattened(_ payload: [Reflection.Field]) -> Bool {
    guard payload.count == 1, let field = payload.first, field.name == nil, let type = field.type,
      case .record = TypeSchema.reflectingRecord(type)
    else { return false }
    return true
  }
}

extension DomainMessage {
  public static var schema: MessageSchema { MessageSchema.reflecting(Self.self) }
}
