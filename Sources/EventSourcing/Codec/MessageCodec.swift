/// Messages as their bare payload and back: the fields of a case, without an envelope of the case's name.
///
/// A case with one struct without a label has that struct's fields; other values without labels are called `_0`, `_1`.
public struct MessageCodec<Message: DomainMessage>: Sendable {
  private let plan: MessagePlan

  /// Makes a codec; what it needs to know of the type is found out once and shared.
  public init() { plan = MessagePlan.of(Message.self) }

  /// The cases of the message type.
  public var schema: MessageSchema { plan.schema }

  /// Which case a message is.
  ///
  /// - Parameter message: Any message.
  /// - Returns: The index in the schema's cases.
  /// - Complexity: O(1).
  public func caseIndex(of message: Message) -> Int {
    guard let tags = plan.tags else { return 0 }
    let tag = tags.tag(of: message)
    return tag < plan.caseIndices.count ? plan.caseIndices[tag] : 0
  }

  /// Whether every message of a case comes back from its stored form as it was, so that no single one need be tried:
  /// nothing but the codec itself codes its values, and all of them are of types that the codec is exact about.
  ///
  /// - Parameter caseIndex: The index of the case in the schema.
  /// - Complexity: O(1).
  package func isExact(caseIndex: Int) -> Bool {
    plan.cases.indices.contains(caseIndex) && plan.cases[caseIndex].isExact
  }

  /// The payload of a message.
  ///
  /// - Parameter message: Any message.
  /// - Returns: Its fields.
  /// - Throws: ``CodecError`` with code `notEncodable`.
  public func encode(_ message: Message) throws -> DynamicRecord {
    var isUnusual = false
    return try encode(message, caseIndex: caseIndex(of: message), isUnusual: &isUnusual)
  }

  /// The payload of a message.
  ///
  /// - Parameters:
  ///   - message: Any message.
  ///   - index: The index of its case.
  ///   - isUnusual: Is set where JSON might not carry all of the payload as it is.
  func encode(_ message: Message, caseIndex index: Int, isUnusual: inout Bool) throws -> DynamicRecord {
    guard plan.cases.indices.contains(index) else { throw notACase(index) }
    let described = plan.cases[index]
    if !described.hasPayload { return DynamicRecord() }
    do {
      if let direct = described.direct, let tags = plan.tags {
        return try direct.encode(message, tags, isUnusual: &isUnusual)
      }
      isUnusual = true
      return try described.encode(message)
    } catch {
      throw CodecError.wrapping(
        error, .notEncodable, type: name(of: described), envelope: described.isFlattened ? 1 : 0)
    }
  }

  /// The message of a payload.
  ///
  /// - Parameters:
  ///   - caseIndex: The index of its case in the schema.
  ///   - payload: Its fields; others beside them are not looked at.
  /// - Returns: The message.
  /// - Throws: ``CodecError`` with code `invalidPayload` and the path to the field that is wrong or missing.
  public func decode(caseIndex: Int, _ payload: DynamicRecord) throws -> Message {
    try decode(caseIndex: caseIndex, payload, asStored: false)
  }

  /// The message of a payload, decoded as if the payload had been written as JSON and read back before.
  ///
  /// It gives and throws what `decode(caseIndex:_:)` would for the payload's JSON, mostly without making the text; see
  /// ``DynamicDecoder/init(readingAsStored:)``.
  ///
  /// - Parameters:
  ///   - caseIndex: The index of its case in the schema.
  ///   - payload: Its fields, as they were encoded.
  /// - Returns: The message.
  /// - Throws: ``JSONError`` where the payload's JSON could not be read, otherwise as ``decode(caseIndex:_:)``.
  package func decode(caseIndex: Int, asStored payload: DynamicRecord) throws -> Message {
    let (tree, readsAsStored) = try DynamicValue.record(payload).prepared()
    guard case .record(let record) = tree else { throw notACase(caseIndex) }
    return try decode(caseIndex: caseIndex, record, asStored: readsAsStored)
  }

  func decode(caseIndex: Int, _ payload: DynamicRecord, asStored: Bool) throws -> Message {
    guard plan.cases.indices.contains(caseIndex) else { throw notACase(caseIndex) }
    let described = plan.cases[caseIndex]
    if !described.hasPayload { return try decode(withoutPayload: described, payload, asStored: asStored) }
    if let direct = described.direct, let tags = plan.tags {
      do {
        return try direct.decode(Message.self, payload, tags, asStored: asStored)
      } catch {
        let envelope = described.isFlattened ? 1 : 0
        throw CodecError.wrapping(error, .invalidPayload, type: name(of: described), envelope: envelope)
      }
    }
    return try decodeByConformance(described, payload, asStored: asStored)
  }

  // Apart from the rest, which would look up what an optional message is each time.
  @inline(never)
  private func decode(
    withoutPayload described: MessagePlan.Case, _ payload: DynamicRecord, asStored: Bool
  ) throws -> Message {
    if let message = plan.tags?.value(Message.self, ofCaseWithoutPayload: described.tag) { return message }
    return try decodeByConformance(described, payload, asStored: asStored)
  }

  private func decodeByConformance(
    _ described: MessagePlan.Case, _ payload: DynamicRecord, asStored: Bool
  ) throws -> Message {
    do {
      return try described.decode(Message.self, payload, asStored: asStored)
    } catch {
      let envelope = described.isFlattened ? 2 : 1
      throw CodecError.wrapping(error, .invalidPayload, type: name(of: described), envelope: envelope)
    }
  }

  private func name(of described: MessagePlan.Case) -> String { "\(plan.schema.typeName).\(described.name)" }

  private func notACase(_ index: Int) -> CodecError {
    CodecError(.notEncodable, type: plan.schema.typeName, "\(plan.schema.typeName) has no case of index \(index)")
  }
}
