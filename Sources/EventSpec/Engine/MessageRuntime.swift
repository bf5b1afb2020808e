import EventSourcing

/// Reads, codes and checks the messages of one type.
final class MessageRuntime<Message: DomainMessage>: Sendable {
  let codec = MessageCodec<Message>()
  let schema: MessageSchema
  private let aggregate: Int
  /// The class of what is made, as generic code would look it up each time.
  private let messageClass = TypedMessage<Message>.self
  private let difference: ValueDifference
  private let equality = TypedEquality<Message>()

  init(aggregate: Int, _ difference: ValueDifference) {
    self.difference = difference
    self.aggregate = aggregate
    schema = codec.schema
  }

  /// The message of a case with a payload in coded form.
  ///
  /// - Throws: What the message's own decoding throws.
  func message(caseIndex: Int, payload: DynamicRecord) throws -> CodedMessage {
    try message(codec.decode(caseIndex: caseIndex, payload))
  }

  /// The message with its checks.
  ///
  /// - Throws: What the message's own encoding throws.
  func message(_ value: Message) throws -> TypedMessage<Message> {
    let caseIndex = codec.caseIndex(of: value)
    // No single message need be tried where nothing but the codec has a hand in it.
    if codec.isExact(caseIndex: caseIndex) {
      return messageClass.init(value, of: self, aggregate: aggregate, caseIndex: caseIndex, coded: nil, findings: [])
    }
    var coded: DynamicRecord?
    var findings: [Finding] = []
    do {
      let restored = try codec.roundTrip(value, caseIndex: caseIndex, coded: &coded)
      if !isSame(value, restored, caseIndex: caseIndex) {
        findings = [differs(value, restored, caseIndex: caseIndex, coded: coded ?? DynamicRecord())]
      }
    } catch {
      guard coded != nil else { throw error }
      findings = [
        loss(caseIndex) { "\($0) cannot be read back from its stored form: \(ErrorText.describe(error))" }
      ]
    }
    return messageClass.init(
      value, of: self, aggregate: aggregate, caseIndex: caseIndex, coded: coded, findings: findings)
  }

  /// The message with its checks; nil for a message of another type.
  ///
  /// - Throws: What the message's own encoding throws.
  func message<Given: DomainMessage>(erased value: Given) throws -> TypedMessage<Message>? {
    // A dynamic cast would take longer than all else.
    guard Given.self == Message.self else { return nil }
    return try message(unsafeBitCast(value, to: Message.self))
  }

  /// Whether both are the same message.
  func areEqual(_ left: Message, _ right: Message) -> Bool { equality.areEqual(left, right) }

  /// Whether both are the same to the last bit; those that are not may be equal nevertheless.
  func haveSameBytes(_ left: Message, _ right: Message) -> Bool { equality.haveSameBytes(left, right) }

  // MARK: Checks

  /// What is wrong with a message of a case that the domain's schema does not list; nil for any other.
  func unregistered(_ value: Message) -> Finding? {
    if schema.cases.indices.contains(codec.caseIndex(of: value)) { return nil }
    return Finding(
      .unregisteredEvent, subject: schema.typeName,
      message: "\(schema.typeName) has a value of a case that the domain's schema does not list",
      notes: ["list the case in the type's own 'schema', or leave the schema to reflection"])
  }

  private func isSame(_ value: Message, _ restored: Message, caseIndex: Int) -> Bool {
    codec.caseIndex(of: restored) == caseIndex && equality.areEqual(value, restored)
  }

  private func differs(_ value: Message, _ restored: Message, caseIndex: Int, coded: DynamicRecord) -> Finding {
    let lines = difference.lines(
      before: value, codedBefore: .record(coded), after: restored,
      codedAfter: (try? codec.encode(restored)).map { .record($0) } ?? .null)
    return loss(caseIndex, lines) { "\($0) does not survive being stored: it comes back as something else" }
  }

  private func loss(
    _ caseIndex: Int, _ comparison: [ComparisonLine] = [], _ message: (String) -> String
  ) -> Finding {
    let name = schema.cases[safe: caseIndex]?.name.capitalizedFirst ?? schema.typeName
    return Finding(
      .codecLoss, subject: name, message: message(name), comparison: comparison,
      notes: ["what is encoded must hold all that is decoded: look at CodingKeys, encode(to:) and init(from:)"])
  }
}

extension String {
  /// `orderPlaced` as `OrderPlaced`.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
