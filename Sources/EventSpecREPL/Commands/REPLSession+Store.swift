internal import EventSourcing
internal import EventSpec

/// What a session does with a store under it.
extension REPLSession {
  func rebase() async throws -> REPLAnswer {
    guard storage != nil else {
      return .failure(.problem, "without a store nobody else writes, so there is nothing to rebase on")
    }
    guard past == nil else { return .failure(.problem, "come back from the past first", notes: [":now"]) }
    await present.rebase(on: try await rootAtFocus())
    var answer = REPLAnswer(.meta)
    for entry in present.entries where entry.refusal != nil {
      answer.add("  refused now: \(entry.step?.source.text.text ?? "") (\(entry.refusal?.text ?? ""))", .yellow)
    }
    let pending = pending()
    answer.lines += pending.lines
    answer.result = pending.result
    if writesJSON {
      let refused = present.entries.compactMap { entry in
        entry.refusal.map { refusal in
          DynamicValue.record(
            DynamicRecord([
              .init("step", .string(entry.step?.source.text.text ?? "")), .init("text", .string(refusal.text)),
            ]))
        }
      }
      answer.result["refused"] = .array(refused)
    }
    return answer
  }

  /// The session without entries, at its stream as the store holds it now.
  func rootAtFocus() async throws -> SessionState {
    var root = emptyState()
    guard let storage, let focus = present.state.focus else { return root }
    if case .known(let reference) = focus { try await root.load(reference, from: storage.store) }
    root.setFocus(focus)
    return root
  }

  // MARK: Following

  func follow(_ argument: String) async throws -> REPLAnswer {
    guard let storage else { return .failure(.problem, "without a store nobody else writes; :follow needs --store") }
    guard past == nil else { return .failure(.problem, "come back from the past first", notes: [":now"]) }
    guard let focus else { throw NoStream() }
    var wanted = Int.max
    if !argument.isEmpty {
      guard let number = Int(argument), number > 0 else {
        return Self.usage(.follow, "':follow' expects how many events to wait for, or nothing")
      }
      wanted = number
    }
    let pending = present.state.pendingCount
    // What came since the stream was opened is new here too.
    var version: Int
    if let known = place.version {
      version = known
    } else {
      version = try await storage.store.version(of: focus.stream)
    }
    var count = 0
    do {
      var position = try await storage.store.readStream(focus.stream, from: version, limit: 1).first?.position ?? .start
      while count < wanted {
        try Task.checkCancellation()
        let batch = try await storage.store.readStream(
          focus.stream, from: version + 1, limit: min(1_000, wanted - count))
        for envelope in batch {
          report(came(envelope, focus))
          version = envelope.version
          position = envelope.position
          count += 1
        }
        if batch.isEmpty {
          try await storage.store.waitForEvents(after: position, timeout: .seconds(1))
          // Events of other streams end the waiting too.
          try await Task.sleep(for: .milliseconds(50))
        }
      }
    } catch is CancellationError {}
    return try await endFollowing(count, pending: pending)
  }

  private func endFollowing(_ count: Int, pending: Int) async throws -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    answer.add("  \(count) \(count == 1 ? "event" : "events") came", .dim)
    if writesJSON { answer.result["count"] = .integer(Int64(count)) }
    guard count > 0 else { return answer }
    if pending > 0 {
      answer.add("  what is pending was decided before: :rebase decides it again", .yellow)
    } else {
      // The line is cancelled, but its end must be read all the same.
      let root = try await Task { try await rootAtFocus() }.value
      present = Timeline(root, keepsEveryState: true)
    }
    return answer
  }

  private func came(_ envelope: EventEnvelope, _ focus: StreamFocus) -> REPLAnswer {
    var answer = REPLAnswer(.event)
    if makesText { answer.lines.append(line(of: envelope, focus: focus)) }
    if writesJSON { answer.result["event"] = record(envelope) }
    return answer
  }
}
