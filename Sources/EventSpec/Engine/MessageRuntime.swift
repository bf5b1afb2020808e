import EventSourcing

/// Reads, codes and checks the messages of one type, each distinct one once.
final class MessageRuntime<Message: DomainMessage>: Sendable {
  let codec = MessageCodec<Message>()
  let schema: MessageSchema
  private let aggregate: Int
  private let difference: ValueDifference
  private let equality = TypedEquality<Message>()
  private let known = Memo<CodedKey, CodedMessage>(capacity: 8_192)

  init(aggregate: Int, _ difference: ValueDifference) {
    self.difference = difference
    self.aggregate = aggregate
    schema = codec.schema
  }

  /// The message of a case with a payload in coded form.
  ///
  /// - Throws: What the message's own decoding throws.
  func message(caseIndex: Int, payload: DynamicRecord) throws -> CodedMessage {
    let key = CodedKey(caseIndex: caseIndex, payload: payload)
    if let known = known[key] { return known }
    let message = try make(codec.decode(caseIndex: caseIndex, payload))
    return known.keep(message, for: key)
  }

  /// The message with its coded form.
  ///
  /// - Throws: What the message's own encoding throws.
  func message(_ value: Message) throws -> TypedMessage<Message> { try make(value) }

  /// Whether both are the same message.
  func areEqual(_ left: Message, _ right: Message) -> Bool { equality.areEqual(left, right) }

  /// A message of the memo with its type.
  private func typed(_ message: CodedMessage) -> TypedMessage<Message>? { message as? TypedMessage<Message> }

  /// Whether values are those of coded messages, in the same order.
  func areKnown(_ values: [Message], _ messages: [CodedMessage]) -> Bool {
    for index in values.indices {
      guard let known = messages[safe: index].flatMap(typed), equality.areIdentical(known.value, values[index]) else {
        return false
      }
    }
    return true
  }

  private func make(_ value: Message) throws -> TypedMessage<Message> {
    let caseIndex = codec.caseIndex(of: value)
    let coded = try codec.encode(value)
    let key = CodedKey(caseIndex: caseIndex, payload: coded)
    if let known = known[key].flatMap(typed), known.caseIndex == caseIndex, equality.areEqual(known.value, value) {
      return known
    }
    let message = TypedMessage(
      value, aggregate: aggregate, caseIndex: caseIndex, coded: coded,
      findings: check(value, caseIndex: caseIndex, coded: coded))
    known.replace(message, for: key)
    return message
  }

  // MARK: Checks

  /// What is wrong with a message of a case that the domain's schema does not list; nil for any other.
  func unregistered(_ value: Message) -> Finding? {
    if schema.cases.indices.contains(codec.caseIndex(of: value)) { return nil }
    return Finding(
      .unregisteredEvent, subject: schema.typeName,
      message: "\(schema.typeName) has a value of a case that the domain's schema does not list",
      notes: ["list the case in the type's own 'schema', or leave the schema to reflection"])
  }

  private func check(_ value: Message, caseIndex: Int, coded: DynamicRecord) -> [Finding] {
    guard schema.cases.indices.contains(caseIndex) else { return unregistered(value).map { [$0] } ?? [] }
    let name = schema.cases[caseIndex].name.capitalizedFirst
    do {
      guard case .record(let stored) = try JSONText.read(JSONText.write(.record(coded))) else {
        return [loss(name, "\(name) is stored as something that is no JSON object")]
      }
      let restored = try codec.decode(caseIndex: caseIndex, stored)
      if codec.caseIndex(of: restored) == caseIndex, equality.areEqual(value, restored) { return [] }
      let lines = difference.lines(
        before: value, codedBefore: .record(coded), after: restored,
        codedAfter: (try? codec.encode(restored)).map { .record($0) } ?? .null)
      return [loss(name, "\(name) does not survive being stored: it comes back as something else", lines)]
    } catch {
      return [loss(name, "\(name) cannot be read back from its stored form: \(ErrorText.describe(error))")]
    }
  }

  private func loss(_ name: String, _ message: String, _ comparison: [ComparisonLine] = []) -> Finding {
    Finding(
      .codecLoss, subject: name, message: message, comparison: comparison,
      notes: ["what is encoded must hold all that is decoded: look at CodingKeys, encode(to:) and init(from:)"])
  }
}

extension String {
  /// `orderPlaced` as `OrderPlaced`.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
