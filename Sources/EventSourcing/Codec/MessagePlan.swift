/// What the coding of a message type needs to know of its cases, found out once a type.
final class MessagePlan: Sendable {
  let schema: MessageSchema
  /// The index in the schema's cases by tag; -1 for a case that the schema does not have.
  let caseIndices: [Int]
  let cases: [Case]
  /// Tells the cases apart; nil where the type is no enum.
  let tags: EnumTag?

  /// How one case is coded.
  final class Case: Sendable {
    let name: String
    let tag: Int
    let hasPayload: Bool
    /// Whether the payload is one struct without a label, whose fields are the message's.
    let isFlattened: Bool
    /// The short way to code it, where that was seen to give what the type's Codable conformance gives.
    let direct: PayloadCoder?
    /// Whether every message of the case comes back from its stored form as it was.
    var isExact: Bool { direct?.isExact ?? false }
    /// Whether the conformance codes it as the schema says.
    let check: CodingCheck

    init(
      name: String, tag: Int, hasPayload: Bool, isFlattened: Bool, direct: PayloadCoder? = nil,
      check: CodingCheck = .passed
    ) {
      self.name = name
      self.tag = tag
      self.hasPayload = hasPayload
      self.isFlattened = isFlattened
      self.direct = direct
      self.check = check
    }
  }

  private static let table = TypeTable<MessagePlan>()

  @inline(__always)
  static func of<Message: DomainMessage>(_ type: Message.Type) -> MessagePlan {
    table.entry(for: type) { MessagePlan(type) }
  }

  private init<Message: DomainMessage>(_ type: Message.Type) {
    let schema = Message.schema
    self.schema = schema
    tags = EnumTag(type)
    guard case .enumeration(let found) = Reflection.shape(of: type), let tags else {
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
      let result = Case(
        name: described.name, tag: tag, hasPayload: payload != nil,
        isFlattened: MessageReflector<Message>.flattened(payload) != nil)
      if payload == nil { return result }
      return TypesOnTrial.trying(type) { result.checked(type, found[tag], described.fields, tags) } ?? result
    }
  }
}

extension MessagePlan.Case {
  /// Tries whether the type's conformance codes the case as the schema says, and whether the short way does the same.
  fileprivate func checked<Message: DomainMessage>(
    _ type: Message.Type, _ found: Reflection.Case, _ fields: [FieldSchema], _ tags: EnumTag
  ) -> MessagePlan.Case {
    let samples = [SampleValue.Extent.full, .empty].compactMap { SampleValue.fields(fields, $0) }
    let check = CodingCheck(samples, envelope: isFlattened ? 2 : 1) { sample in
      try encode(try decode(type, sample))
    }
    let direct = check.hasPassed ? PayloadCoder(type, found, tag: tag, isFlattened: isFlattened) : nil
    let agrees = samples.allSatisfy { sample in
      guard let message = try? decode(type, sample), let expected = try? encode(message) else { return true }
      var isUnusual = false
      guard let direct, (try? direct.encode(message, tags, isUnusual: &isUnusual)) == expected,
        let decoded = try? direct.decode(type, sample, tags, asStored: false), let result = try? encode(decoded)
      else { return false }
      return result == expected
    }
    return MessagePlan.Case(
      name: name, tag: tag, hasPayload: hasPayload, isFlattened: isFlattened, direct: agrees ? direct : nil,
      check: check)
  }

  /// The payload of a message as the type's own conformance codes it.
  func encode<Message: Encodable>(_ message: Message) throws -> DynamicRecord {
    let encoder = TreeEncoder(messageWith: .plain, keepsPayload: isFlattened)
    try encoder.encodeMessage(message)
    guard case .record(let record) = try encoder.close(), encoder.caseName != nil else { throw NoRecord() }
    if !isFlattened { return record }
    guard case .record(let payload)? = record.fields.first?.value else { throw NoRecord() }
    return payload
  }

  /// The message of a payload as the type's own conformance reads it.
  func decode<Message: Decodable>(
    _ type: Message.Type, _ payload: DynamicRecord, asStored: Bool = false
  ) throws -> Message {
    let fields = isFlattened ? DynamicRecord([DynamicRecord.Field("_0", .record(payload))]) : payload
    return try Message(from: TreeDecoder(messageCase: name, fields, readsAsStored: asStored))
  }

  /// The conformance made no record under the case's name.
  struct NoRecord: Error, CustomStringConvertible {
    var description: String {
      "it does not encode as a record under its case's name; leave its Codable conformance to the compiler"
    }
  }
}
