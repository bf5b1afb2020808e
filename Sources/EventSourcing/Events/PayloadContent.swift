extension EventPayload {
  /// Whether two payloads say the same, a value and the JSON made of it included.
  ///
  /// - Complexity: Both are coded: for repeated appends only.
  package func hasSameContent(as other: EventPayload) -> Bool {
    if case .json(let left) = self, case .json(let right) = other, left == right { return true }
    if case .value(let left) = self, case .value(let right) = other {
      guard let left = try? bareContent(of: left), let right = try? bareContent(of: right) else { return false }
      return left == right
    }
    // In JSON a date is a text: both sides are compared as what a reader of JSON sees.
    guard let left = try? JSONText.read(jsonBytes()), let right = try? JSONText.read(other.jsonBytes()) else {
      return false
    }
    return left == right
  }
}

private func bareContent<Message: DomainMessage>(of message: Message) throws -> DynamicRecord {
  try MessageCodec<Message>().encode(message)
}
