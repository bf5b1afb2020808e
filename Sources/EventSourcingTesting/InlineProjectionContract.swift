public import EventSourcing

/// What every store must do that writes rows in the transaction of an append: checks to run over a store of one's own.
public enum InlineProjectionContract {
  /// One check over such a store.
  public typealias Check = ContractCheck<any InlineProjectingStore>

  /// All checks.
  public static var checks: [Check] {
    [
      Check("a store with inline projections says so") { store, _ in
        try require(store.capabilities.contains(.inlineProjections), "its capabilities do not name inlineProjections")
      },
      Check("rows are written with the events, which come as they are read later") { store, _ in
        let generation = try await makeGeneration(store)
        let before = try await store.append(
          to: StreamName("other"), events: [.sample("1")], expected: .noStream)
        let events = [NewEvent.sample("2"), .sample("3")]
        let result = try await store.append(to: stream, events: events, expected: .noStream) {
          envelopes, previous, transaction in
          try requireEqual(previous, before.position, "the position before the events")
          for envelope in envelopes {
            try transaction.put(
              StoredRow(
                id: "\(envelope.version)", key: envelope.position.description, content: Array(envelope.type.utf8)),
              in: generation)
          }
        }
        try requireEqual(result.version, 2, "the version")
        let stored = try await store.readStream(stream)
        let rows = try await rows(store, generation)
        try requireEqual(rows.map(\.id), ["1", "2"], "the rows' ids")
        try requireEqual(rows.map(\.key), stored.map(\.position.description), "the positions that the work was given")
        try requireEqual(rows.map(\.content), stored.map { Array($0.type.utf8) }, "the types that the work was given")
      },
      Check("work that throws has neither events nor rows stored, and its error comes out") { store, _ in
        let generation = try await makeGeneration(store)
        let event = NewEvent.sample("1")
        do {
          _ = try await store.append(to: stream, events: [event], expected: .noStream) { _, _, transaction in
            try transaction.put(StoredRow(id: "row", key: "", content: []), in: generation)
            throw Refusal()
          }
          throw ContractViolation(message: "the append went through")
        } catch is Refusal {}
        try requireEqual(try await store.version(of: stream), 0, "the version of the stream")
        try requireEqual(try await store.readAll(after: .start, limit: 10).count, 0, "the number of events")
        try requireEqual(try await rows(store, generation).count, 0, "the number of rows")
        let result = try await store.append(to: stream, events: [event], expected: .noStream)
        try require(!result.wasAlreadyAppended, "the refused event counts as appended")
        try requireEqual(result.version, 1, "the version after another try")
      },
      Check("work does not run where nothing is stored") { store, _ in
        let generation = try await makeGeneration(store)
        let event = NewEvent.sample("1")
        let other = NewEvent.sample("2")
        let first = try await store.append(to: stream, events: [event], expected: .exact(0))
        @Sendable func refuse(_: [EventEnvelope], _: Checkpoint, _ transaction: any ViewTransaction) throws {
          try transaction.put(StoredRow(id: "row", key: "", content: []), in: generation)
          throw Refusal()
        }
        let repeated = try await store.append(
          to: stream, events: [event], expected: .exact(0), inTransaction: refuse)
        try require(repeated.wasAlreadyAppended, "a repeated append is not known again")
        try requireEqual(repeated.position, first.position, "the position of a repeated append")
        let empty = try await store.append(to: stream, events: [], expected: .exact(1), inTransaction: refuse)
        try requireEqual(empty.version, 1, "the version after an append without events")
        do {
          _ = try await store.append(to: stream, events: [other], expected: .noStream, inTransaction: refuse)
          throw ContractViolation(message: "a conflicting append went through")
        } catch let error as EventStoreError {
          try requireEqual(error.code, .conflict, "the error's code")
          try requireEqual(error.actual, 1, "the version that the error names")
        }
        try requireEqual(try await rows(store, generation).count, 0, "the number of rows")
      },
      Check("concurrent appends with work keep rows and events together") { store, _ in
        let generation = try await makeGeneration(store)
        let writers = 6
        let each = 5
        let events = (0..<(writers * each)).map { NewEvent.sample("\($0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
          for writer in 0..<writers {
            group.addTask {
              for event in events[(writer * each)..<((writer + 1) * each)] {
                _ = try await store.append(to: StreamName("s\(writer)"), events: [event], expected: .any) {
                  envelopes, previous, transaction in
                  let count = try transaction.row("count", in: generation).map {
                    String(decoding: $0.content, as: UTF8.self)
                  }
                  try requireEqual(count ?? Checkpoint.start.description, previous.description, "the position before")
                  let last = envelopes.last?.position.description ?? ""
                  try transaction.put(StoredRow(id: "count", key: "", content: Array(last.utf8)), in: generation)
                }
              }
            }
          }
          try await group.waitForAll()
        }
        let all = try await store.readAll(after: .start, limit: 1000)
        try requireEqual(all.count, writers * each, "the number of events")
        let row = try await rows(store, generation).first
        try requireEqual(
          row.map { String(decoding: $0.content, as: UTF8.self) }, all.last?.position.description, "the row")
      },
    ]
  }

  private struct Refusal: Error {}

  private static let stream = StreamName("inline-1")

  private static func makeGeneration(_ store: any InlineProjectingStore) async throws -> ViewGeneration.ID {
    let generation = ViewGeneration(id: .init(view: "Inline", number: 1), formVersion: 1, isActive: true)
    try await store.withViewTransaction { try $0.save(generation) }
    return generation.id
  }

  private static func rows(_ store: any InlineProjectingStore, _ generation: ViewGeneration.ID) async throws
    -> [StoredRow]
  {
    try await store.withViewTransaction { try $0.rows(in: generation, after: nil, limit: 1000) }
  }
}
