internal import EventSourcing

extension EventStoreContract {
  /// Stream names that have broken one store or another.
  static let unusualNames = [
    "a", "-", "a-b-c", " ", " leading and trailing ", "with spaces", "quote'quote", "double\"quote", "back\\slash",
    "percent%", "under_score", "%", "_", "semi;colon -- drop", "$all", "new\nline", "tab\tbed", "NUL\u{0}inside",
    "\u{0}", "\u{0}a", "ünïcode", "u\u{308}nïcode", "üñ", "日本語", "😀", "\u{10FFFF}", "\u{FEFF}bom", "\u{202E}rtl",
    "case", "CASE", String(repeating: "long", count: 1_000),
  ]

  /// Texts that have not come back from one store or another as they went in.
  static let unusualTexts = [
    "", " ", "\u{0}", "a\u{0}b", "\\u0000", "\"quoted\"", "back\\slash", "new\nline\r\n",
    "\u{1}\u{1F}\u{7F}\u{80}\u{9F}",
    "é", "e\u{301}", "\u{2028}\u{2029}", "\u{FEFF}", "\u{FFFE}\u{FFFF}", "\u{D7FF}\u{E000}", "😀", "👨‍👩‍👧", "\u{10000}",
    "\u{20000}\u{30000}\u{E0001}\u{F0000}\u{10FFFD}", "null", "12345678901234567890.10",
  ]

  static var content: [Check] {
    [
      Check("any stream name but an empty one is a name of its own") { store, _ in
        var appended: [(StreamName, [NewEvent])] = []
        for (index, name) in unusualNames.enumerated() {
          let events = NewEvent.samples(1 + index % 3, "in \(index)")
          let stream = StreamName(name)
          _ = try await store.append(to: stream, events: events, expected: .noStream)
          appended.append((stream, events))
        }
        for (stream, events) in appended {
          try requireStream(
            try await store.readStream(stream), stream, holds: events, "stream '\(stream.text.debugDescription)'")
          try requireEqual(
            try await store.version(of: stream), events.count, "version of '\(stream.text.debugDescription)'")
        }
        let listed = Set(try await store.streams(withPrefix: "", after: nil, limit: .max).map(\.stream))
        try requireEqual(listed.count, unusualNames.count, "number of streams listed")
        let names = Set(try await store.everything().map(\.stream))
        try requireEqual(names, listed, "stream names among all events")
      },
      Check("every text comes back scalar by scalar, in payload and metadata") { store, _ in
        let stream = StreamName("sample-1")
        let events = unusualTexts.enumerated().map { index, text in
          NewEvent.sample(text, metadata: ["key \(index) \(text)": text, "other": ""])
        }
        _ = try await store.append(to: stream, events: events, expected: .any)
        let stored = try await store.readStream(stream)
        try requireStream(stored, stream, holds: events)
        for (envelope, text) in zip(stored, unusualTexts) {
          let back = try envelope.payload.text ?? ""
          try requireEqual(
            Array(back.unicodeScalars), Array(text.unicodeScalars), "scalars of \(text.debugDescription) in the payload"
          )
          let values = envelope.metadata.values.values.map { Array($0.unicodeScalars) }
          try require(
            values.contains(Array(text.unicodeScalars)), "metadata \(text.debugDescription) comes back changed")
        }
      },
      Check("types, schema versions and times come back exactly") { store, _ in
        let stream = StreamName("sample-1")
        let times = [0, 0.000_001, 0.123_456, 1_700_000_000.654_321, -1, -2_208_988_800, 4_102_444_800.999_999]
        var events: [NewEvent] = []
        for (index, time) in times.enumerated() {
          var event = NewEvent.sample()
          event.type = ["Sample", "sample", "Type With Spaces", "Ünïcode'\"", "a.b.C", "x"][index % 6]
          event.schemaVersion = [1, 2, 1_000_000][index % 3]
          event.occurredAt = Date(timeIntervalSince1970: time)
          events.append(event)
        }
        _ = try await store.append(to: stream, events: events, expected: .any)
        try requireStream(try await store.readStream(stream), stream, holds: events)
        try requireStream(try await store.everything(), stream, holds: events, "all events")
        // What was stored must still be known as the same.
        try require(
          try await store.append(to: stream, events: events, expected: .any).wasAlreadyAppended,
          "the same events again are not recognised")
      },
      Check("events that are values come back with the same content") { store, _ in
        let stream = StreamName("sample-1")
        let amounts = ["0", "1.0", "0.1", "-12345678901234567890.123456789", "0.00000000000000000001"]
        var events: [NewEvent] = []
        for (index, amount) in amounts.enumerated() {
          let value = SampleEvent.sampleTaken(
            number: [.min, -1, 0, .max, 9_007_199_254_740_993][index],
            serial: [.min, 1, .max, .max - 1, 9_007_199_254_740_993][index], text: "é\u{0}😀",
            amount: Decimal(string: amount) ?? 0,
            takenAt: index == 2 ? nil : Date(timeIntervalSince1970: 1_700_000_000.25))
          events.append(
            NewEvent(
              id: UUID(), type: "SampleTaken", occurredAt: Date(timeIntervalSince1970: 0), payload: .value(value)))
        }
        _ = try await store.append(to: stream, events: events, expected: .any)
        try requireStream(try await store.readStream(stream), stream, holds: events)
        try require(
          try await store.append(to: stream, events: events, expected: .any).wasAlreadyAppended,
          "the same events again are not recognised")
      },
      Check("a payload of four megabytes comes back whole") { store, generator in
        let stream = StreamName("sample-1")
        var text = ""
        while text.utf8.count < 4_000_000 {
          text += String(UInt64.random(in: .min ... .max, using: &generator), radix: 36) + "é\n"
        }
        let event = NewEvent.sample(text)
        _ = try await store.append(to: stream, events: [.sample(), event, .sample()], expected: .any)
        let stored = try await store.readStream(stream, from: 2, limit: 1)
        try requireStream(stored, stream, holds: [event], from: 2)
      },
    ]
  }
}
