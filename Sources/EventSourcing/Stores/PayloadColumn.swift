/// The payloads of one stream, contiguous; copied by its owner before a change where it is shared.
///
/// Sendable unchecked: its owner, a `MemoryLog`, is a value and changes a column only while nobody else refers to it.
class PayloadColumn: @unchecked Sendable {
  /// The type of the payloads, nil where they are not of one type.
  var messageType: ObjectIdentifier? { nil }
  var count: Int { 0 }

  func copy() -> PayloadColumn { self }
  func payload(at index: Int) -> EventPayload { .json([]) }

  /// The events of a chunk, for envelopes to refer to; nil where it has none.
  func page(chunk: Int, stream: StreamName, headers: [EventHeader]) -> (any EnvelopeSource)? { nil }

  /// Adds a payload where the column takes it.
  ///
  /// - Returns: False where it takes none of that type.
  func append(_ payload: EventPayload) -> Bool { false }

  /// Adds a payload, to a column that takes it: this one or one in its place.
  static func append(_ payload: EventPayload, to column: inout PayloadColumn?) {
    guard let present = column else {
      column = first(payload)
      return
    }
    if present.append(payload) { return }
    let mixed = MixedColumn()
    for index in 0..<present.count { _ = mixed.append(present.payload(at: index)) }
    _ = mixed.append(payload)
    column = mixed
  }

  private static func first(_ payload: EventPayload) -> PayloadColumn {
    switch payload {
    case .value(let message): return typed(message)
    case .json:
      let column = MixedColumn()
      _ = column.append(payload)
      return column
    }
  }

  private static func typed<Message: DomainMessage>(_ first: Message) -> PayloadColumn {
    let column = TypedColumn<Message>()
    column.append(first)
    return column
  }
}

/// Payloads of one type, as values.
///
/// Sendable unchecked, as every column is.
final class TypedColumn<Message: DomainMessage>: PayloadColumn, @unchecked Sendable {
  private(set) var messages = ChunkedArray<Message>()

  override var messageType: ObjectIdentifier? { ObjectIdentifier(Message.self) }
  override var count: Int { messages.count }
  override func payload(at index: Int) -> EventPayload { .value(messages[index]) }

  override func copy() -> PayloadColumn {
    let copy = TypedColumn<Message>()
    copy.messages = messages
    return copy
  }

  override func page(chunk: Int, stream: StreamName, headers: [EventHeader]) -> (any EnvelopeSource)? {
    TypedPage(
      stream: stream, firstVersion: chunk * ChunkedArray<Message>.chunkSize + 1, headers: headers,
      messages: messages.chunk(chunk))
  }

  override func append(_ payload: EventPayload) -> Bool {
    guard case .value(let message) = payload, let message = exactly(Message.self, message) else { return false }
    append(message)
    return true
  }

  func append(_ message: Message) {
    messages.append { Message.add(message, toArray: &$0) }
  }
}

/// Payloads of any kind.
///
/// Sendable unchecked, as every column is.
final class MixedColumn: PayloadColumn, @unchecked Sendable {
  private var payloads = ChunkedArray<EventPayload>()

  override var count: Int { payloads.count }
  override func payload(at index: Int) -> EventPayload { payloads[index] }

  override func copy() -> PayloadColumn {
    let copy = MixedColumn()
    copy.payloads = payloads
    return copy
  }

  override func page(chunk: Int, stream: StreamName, headers: [EventHeader]) -> (any EnvelopeSource)? {
    MixedPage(
      stream: stream, firstVersion: chunk * ChunkedArray<EventPayload>.chunkSize + 1, headers: headers,
      payloads: payloads.chunk(chunk))
  }

  override func append(_ payload: EventPayload) -> Bool {
    payloads.append(payload)
    return true
  }
}
