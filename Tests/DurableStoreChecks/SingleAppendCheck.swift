public import EventSourcing

/// Appends single events one after the other, with the right version and with wrong ones.
public enum SingleAppendCheck {
  /// Checks that an event is stored where its stream has the version expected, and takes no position where not.
  ///
  /// - Parameter store: An empty store.
  /// - Returns: What is wrong.
  public static func faults(in store: any EventStore) async throws -> [String] {
    var faults: [String] = []
    func append(_ stream: String, _ expected: ExpectedVersion, id: UUID = UUID()) async throws -> AppendResult {
      let event = NewEvent(
        id: id, type: "Happened", occurredAt: Date(timeIntervalSince1970: 1), payload: .json(Array("{}".utf8)))
      return try await store.append(to: StreamName(stream), events: [event], expected: expected)
    }
    func expect(_ result: AppendResult, _ stream: String, _ expected: ExpectedVersion, id: UUID = UUID()) async throws {
      let found = try await append(stream, expected, id: id)
      if found != result { faults.append("\(stream) at \(expected) came to \(found), expected was \(result)") }
    }
    func expectConflict(_ stream: String, _ expected: ExpectedVersion, actual: Int) async throws {
      do {
        let found = try await append(stream, expected)
        faults.append("\(stream) at \(expected) came to \(found), expected was a conflict")
      } catch let error as EventStoreError where error.code == .conflict {
        if error.actual != actual { faults.append("\(stream) at \(expected): \(error), expected was \(actual)") }
      }
    }
    let id = UUID()
    try await expect(AppendResult(version: 1, position: Checkpoint(1)), "a", .noStream)
    try await expectConflict("a", .noStream, actual: 1)
    try await expect(AppendResult(version: 2, position: Checkpoint(2)), "a", .exact(1), id: id)
    // What follows a refusal may go another way for a while: the appends in between bring back the first way.
    try await expectConflict("a", .exact(1), actual: 2)
    for version in 2..<6 { _ = try await append("a", .exact(version)) }
    try await expectConflict("b", .exact(1), actual: 0)
    for version in 6..<10 { _ = try await append("a", .exact(version)) }
    let again = AppendResult(version: 2, position: Checkpoint(2), wasAlreadyAppended: true)
    try await expect(again, "a", .exact(1), id: id)
    let positions = try await store.readAll(after: .start, limit: 100).map(\.position.number)
    if positions != Array(1...10) { faults.append("the positions are \(positions)") }
    return faults
  }
}
