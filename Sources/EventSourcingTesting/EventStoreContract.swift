public import EventSourcing

/// What every event store must do: checks to run over a store of one's own.
public enum EventStoreContract {
  /// One check over an event store.
  public typealias Check = ContractCheck<any EventStore>

  /// All checks, the quick ones first.
  public static var checks: [Check] { appending + reading + content + concurrency }

  // MARK: Appending

  static var appending: [Check] {
    [
      Check("an append answers with version and position") { store, _ in
        let stream = StreamName("sample-1")
        let first = try await store.append(to: stream, events: NewEvent.samples(1), expected: .noStream)
        try requireEqual(first.version, 1, "version after the first event")
        try require(!first.wasAlreadyAppended, "a first append is answered as a repeated one")
        let second = try await store.append(to: stream, events: NewEvent.samples(3), expected: .exact(1))
        try requireEqual(second.version, 4, "version after three more")
        try require(second.position > first.position, "a later append has no later position")
        try requireEqual(try await store.version(of: stream), 4, "version of the stream")
        try requireEqual(try await store.version(of: StreamName("sample-2")), 0, "version of no stream")
        try requireEqual(
          try await store.readStream(stream).last?.position, second.position, "position of the last event")
      },
      Check("an expectation that does not hold is a conflict and changes nothing") { store, _ in
        let (empty, filled) = (StreamName("empty"), StreamName("filled"))
        let events = NewEvent.samples(2)
        _ = try await store.append(to: filled, events: events, expected: .any)
        let refused: [(StreamName, ExpectedVersion, Int)] = [
          (empty, .streamExists, 0), (empty, .exact(1), 0), (filled, .noStream, 2), (filled, .exact(0), 2),
          (filled, .exact(1), 2), (filled, .exact(3), 2),
        ]
        for (stream, expected, actual) in refused {
          let error = try await requireError(.conflict, "append to '\(stream)' expecting \(expected)") {
            try await store.append(to: stream, events: NewEvent.samples(2), expected: expected)
          }
          try requireEqual(error.stream, stream, "the conflict's stream")
          try requireEqual(error.expected, expected, "the conflict's expectation")
          try requireEqual(error.actual, actual, "the conflict's actual version")
        }
        try requireStream(try await store.readStream(filled), filled, holds: events)
        try requireEqual(try await store.everything().count, 2, "events after refused appends")
        for (stream, expected) in [
          (empty, ExpectedVersion.exact(0)), (filled, .streamExists), (filled, .exact(3)), (filled, .any),
        ] {
          _ = try await store.append(to: stream, events: NewEvent.samples(1), expected: expected)
        }
      },
      Check("a stream without a name and a negative version are refused as arguments") { store, _ in
        for (stream, expected) in [
          (StreamName(""), ExpectedVersion.any), (StreamName("sample-1"), .exact(-1)),
          (StreamName("sample-1"), .exact(.min)),
        ] {
          _ = try await requireError(.invalidArgument, "append to '\(stream)' expecting \(expected)") {
            try await store.append(to: stream, events: NewEvent.samples(1), expected: expected)
          }
        }
        try requireEqual(try await store.everything().count, 0, "events after refused appends")
      },
      Check("a repeated append is answered as the first time, and stores nothing") { store, _ in
        let stream = StreamName("sample-1")
        let before = NewEvent.samples(2)
        _ = try await store.append(to: stream, events: before, expected: .noStream)
        let events = NewEvent.samples(3)
        let first = try await store.append(to: stream, events: events, expected: .exact(2))
        for round in 1...2 {
          for expected in [ExpectedVersion.exact(2), .any, .streamExists] {
            let again = try await store.append(to: stream, events: events, expected: expected)
            try requireEqual(again.version, first.version, "version answered in round \(round), expecting \(expected)")
            try requireEqual(again.position, first.position, "position answered in round \(round)")
            try require(again.wasAlreadyAppended, "the repetition is not told as one, expecting \(expected)")
          }
          _ = try await store.append(to: stream, events: [.sample("later \(round)")], expected: .any)
        }
        let start = try await store.append(to: stream, events: before, expected: .noStream)
        try requireEqual(start.version, 2, "version answered to the repeated first append")
        try requireEqual(try await store.version(of: stream), 7, "version after all repetitions")
      },
      Check("an event id with other content is refused") { store, _ in
        let (stream, other) = (StreamName("sample-1"), StreamName("sample-2"))
        let events = NewEvent.samples(3)
        _ = try await store.append(to: stream, events: events, expected: .any)
        let first = events[0]
        let batches: [(String, StreamName, [NewEvent])] = [
          ("other content", stream, [.sample("other", id: first.id)]),
          ("other metadata", stream, [.sample("text 0", id: first.id, metadata: ["a": "b"])]),
          ("the same event in another stream", other, [first]),
          ("a known event behind a new one", stream, [.sample(), first]),
          ("a new event behind a known one", stream, [events[2], .sample()]),
          ("known events in another order", stream, [events[1], events[0]]),
        ]
        for (what, stream, batch) in batches {
          try await requireError(.duplicateEvent, what) {
            try await store.append(to: stream, events: batch, expected: .any)
          }
        }
        let twice = NewEvent.sample()
        try await requireError(.duplicateEvent, "one id twice in a batch") {
          try await store.append(to: other, events: [twice, .sample(), twice], expected: .any)
        }
        try requireStream(try await store.readStream(stream), stream, holds: events)
        try requireEqual(try await store.everything().count, 3, "events after refused appends")
        try requireEqual(try await store.version(of: other), 0, "version of the stream that nothing went to")
      },
      Check("an append without events checks its expectation only") { store, _ in
        let stream = StreamName("sample-1")
        let none = try await store.append(to: stream, events: [], expected: .noStream)
        try requireEqual(none, AppendResult(version: 0, position: .start), "answer to an empty append")
        _ = try await store.append(to: stream, events: NewEvent.samples(2), expected: .any)
        try requireEqual(
          try await store.append(to: stream, events: [], expected: .exact(2)).version, 2, "version answered")
        try await requireError(.conflict, "an empty append that expects no stream") {
          try await store.append(to: stream, events: [], expected: .noStream)
        }
        try requireEqual(try await store.version(of: stream), 2, "version after empty appends")
      },
      Check("an empty stream name and a negative limit are refused") { store, _ in
        try await requireError(.invalidArgument, "append to an empty name") {
          try await store.append(to: StreamName(""), events: NewEvent.samples(1), expected: .any)
        }
        try await requireError(.invalidArgument, "readStream with limit -1") {
          try await store.readStream(StreamName("a"), from: 1, limit: -1, direction: .forwards)
        }
        try await requireError(.invalidArgument, "readAll with limit -1") {
          try await store.readAll(after: .start, limit: -1)
        }
        try requireEqual(try await store.everything().count, 0, "events after refused calls")
      },
      Check("a batch of a thousand events is stored whole") { store, _ in
        let stream = StreamName("sample-1")
        let events = NewEvent.samples(1_000)
        try requireEqual(
          try await store.append(to: stream, events: events, expected: .noStream).version, 1_000, "version")
        try requireStream(try await store.readStream(stream), stream, holds: events)
        var broken = NewEvent.samples(999)
        broken.append(events[500])
        try await requireError(.duplicateEvent, "a thousand events with a known one at the end") {
          try await store.append(to: StreamName("sample-2"), events: broken, expected: .any)
        }
        try requireEqual(try await store.everything().count, 1_000, "events after a refused batch")
      },
    ]
  }
}
