public import EventSourcing
public import Testing

/// Expects an error of a store, its code and a part of its message; no message may hold a password of the tests.
///
/// - Parameters:
///   - code: The code.
///   - part: What the message must contain.
///   - secrets: What it must not contain.
///   - sourceLocation: Where the expectation stands.
///   - body: What throws the error.
public func expectError(
  _ code: EventStoreError.Code, naming part: String = "", without secrets: [String] = ["w0rd", "wr0ng"],
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
  do {
    try await body()
    Issue.record("no error was thrown", sourceLocation: sourceLocation)
  } catch let error as EventStoreError {
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    if !part.isEmpty { #expect(error.message.contains(part), sourceLocation: sourceLocation) }
    for secret in secrets { #expect(!"\(error)".contains(secret), sourceLocation: sourceLocation) }
  } catch {
    Issue.record("another error was thrown: \(error)", sourceLocation: sourceLocation)
  }
}
