extension EventPayload {
  /// Whether two payloads say the same, a value and the JSON made of it included.
  ///
  /// - Complexity: Both are coded: for repeated appends only.
  package func hasSameContent(as other: EventPayload) -> Bool {
    if case .json(let left) = self, case .json(let right) = other, left == right { return true }
    guard let left = try? content(), let right = try? other.content() else { return false }
    return left == right
  }

  private func content() throws -> DynamicValue {
    switch self {
    case .json(let bytes): try JSONText.read(bytes)
    case .value(let message): .record(try bareContent(of: message))
    }
  }
}

private func bareContent<Message: DomainMessage>(of message: Message) throws -> DynamicRecord {
  try MessageCodec<Message>().encode(message)
}
