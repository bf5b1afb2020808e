/// The payloads of one stream, contiguous; copied by its owner before a change where it is shared.
///
/// Sendable unchecked: its owner, a `MemoryLog`, is a value and changes a column only while nobody else refers to it.
class PayloadColumn: @unchecked Sendable {
  /// The type of the payloads, nil where they are not of one type.
  var messageType: ObjectIdentifier? { nil }
  func copy() -> PayloadColumn { self }
  func payload(at index: Int) -> EventPayload { .json([]) }

  /// Adds a payload, to a column that takes it: this one or one in its place.
  static func append(_ payload: EventPayload, to column: inout PayloadColumn?) {
    switch payload {
    case .value(let message): append(message: message, to: &column)
    case .json: mixed(&column).payloads.append(payload)
    }
  }

  private static func append<Message: DomainMessage>(message: Message, to column: inout PayloadColumn?) {
    guard let present = column else {
      let typed = TypedColumn<Message>()
      typed.messages.append(message)
      column = typed
      return
    }
    guard present.messageType == ObjectIdentifier(Message.self) else {
      mixed(&column).payloads.append(.value(message))
      return
    }
    unsafeDowncast(present, to: TypedColumn<Message>.self).messages.append(message)
  }

  private static func mixed(_ column: inout PayloadColumn?) -> MixedColumn {
    if let mixed = column as? MixedColumn { return mixed }
    let mixed = MixedColumn()
    if let column {
      for index in 0..<column.count { mixed.payloads.append(column.payload(at: index)) }
    }
    column = mixed
    return mixed
  }

  var count: Int { 0 }
}

/// Payloads of one type, as values.
final class TypedColumn<Message: DomainMessage>: PayloadColumn, @unchecked Sendable {
  var messages = ChunkedArray<Message>()

  override var messageType: ObjectIdentifier? { ObjectIdentifier(Message.self) }
  override var count: Int { messages.count }
  override func payload(at index: Int) -> EventPayload { .value(messages[index]) }
  override func copy() -> PayloadColumn {
    let copy = TypedColumn<Message>()
    copy.messages = messages
    return copy
  }
}

/// Payloads of any kind.
final class MixedColumn: PayloadColumn, @unchecked Sendable {
  var payloads = ChunkedArray<EventPayload>()

  override var count: Int { payloads.count }
  override func payload(at index: Int) -> EventPayload { payloads[index] }
  override func copy() -> PayloadColumn {
    let copy = MixedColumn()
    copy.payloads = payloads
    return copy
  }
}
