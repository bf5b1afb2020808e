extension EventPayload {
  /// The payload as JSON in UTF-8.
  ///
  /// - Throws: What the codec throws for a value that has no JSON.
  package func jsonBytes() throws -> [UInt8] {
    switch self {
    case .json(let bytes): bytes
    case .value(let message): try Self.json(of: message)
    }
  }

  private static func json<Message: DomainMessage>(of message: Message) throws -> [UInt8] {
    JSONText.write(.record(try MessageCodec<Message>().encode(message)))
  }
}
