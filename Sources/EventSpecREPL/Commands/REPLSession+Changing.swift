internal import EventSourcing
internal import EventSpec

extension REPLSession {
  // MARK: Commit and discard

  func commit() async throws -> REPLAnswer {
    guard past == nil else {
      return .failure(
        .problem, "what is tried in the past is never committed",
        notes: [":save keeps it as a spec; :now comes back from the past"])
    }
    let count = present.state.pendingCount
    guard count > 0 else {
      var answer = REPLAnswer(.meta)
      answer.add("  nothing is pending", .dim)
      return answer
    }
    if let storage, !storage.isWritable {
      return .failure(
        .problem, "the store is open for reading only",
        notes: ["start with --write to commit to it; :save keeps what is pending as a spec"])
    }
    do {
      _ = try await present.perform(.commit)
    } catch let error as EventStoreError where error.code == .conflict {
      return try await describeConflict(error, pendingBefore: count)
    }
    if storage != nil {
      // What a store holds cannot be taken back.
      present = Timeline(present.state, keepsEveryState: true)
    }
    var answer = REPLAnswer(.meta)
    answer.add("  \(count) \(count == 1 ? "event" : "events") committed", .green)
    if writesJSON { answer.result["committed"] = .integer(Int64(count)) }
    return answer
  }

  /// Somebody else was faster.
  private func describeConflict(_ error: EventStoreError, pendingBefore: Int) async throws -> REPLAnswer {
    let committed = pendingBefore - present.state.pendingCount
    let stream = error.stream.flatMap(reference).map(display) ?? error.stream?.text ?? "the stream"
    let versions =
      if let actual = error.actual, case .exact(let expected)? = error.expected {
        " is at version \(actual), and what is pending was decided at version \(expected)"
      } else {
        ": \(error.message)"
      }
    var notes = [":rebase decides what is pending again on the new state, :discard drops it"]
    if committed > 0 {
      // What the store took is there to stay: the rest goes on from what it holds now.
      let first = present.state.engine.pendingEvents.startIndex
      await present.rebase(on: try await rootAtFocus()) { $0.events.isEmpty || $0.events.lowerBound >= first }
      notes = ["\(committed) events of other streams were committed before; what is left was decided again"]
    }
    var answer = REPLAnswer.failure(.problem, "conflict: \(stream)\(versions)", notes: notes)
    answer.result["isConflict"] = .bool(true)
    return answer
  }

  func discard() async throws -> REPLAnswer {
    let pending = place.pending
    guard pending > 0 else {
      var answer = REPLAnswer(.meta)
      answer.add("  nothing is pending", .dim)
      return answer
    }
    let focus = self.focus
    _ = try await withTimeline { timeline in
      let start = timeline.settledCount
      _ = try await timeline.replace(from: start, with: [])
      if timeline.state.focus == nil, let focus { try await timeline.amendLastEdit(adding: .open(focus)) }
    }
    var answer = REPLAnswer(.meta)
    answer.add("  \(pending) \(pending == 1 ? "event" : "events") discarded", .yellow)
    if writesJSON { answer.result["discarded"] = .integer(Int64(pending)) }
    return answer
  }

  func reset() async throws -> REPLAnswer {
    past = nil
    upcoming = []
    var answer = REPLAnswer(.meta)
    if storage != nil {
      present = Timeline(emptyState(), keepsEveryState: true)
    } else {
      _ = try await present.replace(from: 0, with: [])
    }
    answer.add("  nothing is recorded now" + (storage == nil ? "; :undo brings it back" : ""), .dim)
    return answer
  }

  // MARK: Undo and redo

  func undo() async throws -> REPLAnswer {
    guard timeline.canUndo else {
      return .failure(
        .problem, past == nil ? "there is nothing to undo" : "there is nothing to undo here",
        notes: storage == nil ? [] : ["what was committed to a store stays"])
    }
    let before = timeline.entries
    await withTimeline { timeline in
      // Refused commands changed nothing, so that taking back only them would look like nothing.
      var goesOn = true
      while goesOn, timeline.canUndo {
        goesOn = timeline.undoesRefusal
        _ = await timeline.undo()
      }
    }
    return describeJump("undid", from: before, to: timeline.entries)
  }

  func redo() async throws -> REPLAnswer {
    guard timeline.canRedo else { return .failure(.problem, "there is nothing to redo") }
    let before = timeline.entries
    await withTimeline { timeline in
      var goesOn = true
      while goesOn, timeline.canRedo {
        goesOn = timeline.redoesRefusal
        _ = await timeline.redo()
      }
    }
    return describeJump("redid", from: before, to: timeline.entries)
  }

  private func describeJump(_ verb: String, from before: [SessionEntry], to after: [SessionEntry]) -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    let (fewer, more) = before.count < after.count ? (before, after) : (after, before)
    let changed = more.dropFirst(fewer.count).filter { $0.refusal == nil }
    let words = changed.map { entry in
      switch entry.change {
      case .step(let step, _): SessionText.lines(of: step, behind: nil).first ?? ""
      case .commit: ":commit"
      case .open(let focus): ":open " + (focus.reference.map(display) ?? focus.stream.text)
      }
    }
    let what = words.count == 1 ? words[0] : "\(words.count) entries"
    answer.add("  \(verb) \(words.isEmpty ? "the last change" : what)", .dim)
    if writesJSON { answer.result["entries"] = .array(words.map { .string($0) }) }
    return answer
  }

  // MARK: Streams

  func open(_ argument: String) async throws -> REPLAnswer {
    guard !argument.isEmpty else { return Self.usage(.open, "':open' expects the name of a stream") }
    guard past == nil else { return .failure(.problem, "come back from the past first", notes: [":now"]) }
    let target: StreamFocus
    switch try await find(argument) {
    case .failure(let answer): return answer.answer
    case .success(let found): target = found
    }
    if let storage, case .known(let reference) = target { try await load([reference], from: storage.store) }
    _ = try await present.perform(.open(target))
    return try await describeOpened(target)
  }

  private func describeOpened(_ target: StreamFocus) async throws -> REPLAnswer {
    var answer = REPLAnswer(.meta)
    if writesJSON { answer.result["stream"] = .string(target.stream.text) }
    switch target {
    case .foreign(let name):
      let version = try await storage?.store.version(of: name) ?? 0
      answer.add(
        "  \(version) \(version == 1 ? "event" : "events") of an aggregate that the domain does not have", .dim)
      answer.add("  :events shows their types and payloads", .dim)
      if writesJSON { answer.result["version"] = .integer(Int64(version)) }
    case .known(let reference):
      let version = slot(of: reference).map { state.engine.touchedStreams[$0].version } ?? 0
      if version == 0 {
        answer.add("  nothing is recorded in it yet", .dim)
      } else {
        answer.add("  \(version) \(version == 1 ? "event" : "events")", .dim)
        if makesText {
          var engine = state.engine
          let type = runtime.aggregates[reference.aggregate].schema.state
          describe(try await engine.state(of: reference), type, in: &answer)
        }
      }
      if writesJSON { answer.result["version"] = .integer(Int64(version)) }
    }
    return answer
  }

  /// An answer in place of a result.
  struct Instead: Error {
    var answer: REPLAnswer
  }

  private func find(_ argument: String) async throws -> Result<StreamFocus, Instead> {
    // A stream by the whole name that a store has for it.
    let whole = StreamName(Self.unquoted(argument))
    if let reference = reference(to: whole), try await exists(reference) { return .success(.known(reference)) }
    if let storage, try await storage.store.version(of: whole) > 0 {
      return .success(reference(to: whole).map { .known($0) } ?? .foreign(whole))
    }
    let parts = argument.split(maxSplits: 1) { $0 == " " || $0 == "\t" }.map(String.init)
    if parts.count == 2,
      let index = model.aggregates.firstIndex(where: { NormalizedName.areEqual($0.name.utf8, parts[0].utf8) })
    {
      return read(instance: parts[1], of: [index])
    }
    let name = argument
    // What is there already, by the name alone.
    let there = state.engine.touchedStreams.map(\.reference).filter { $0.displayName == Self.unquoted(name) }
    if let only = there.first, there.count == 1 { return .success(.known(only)) }
    if there.count > 1 { return .failure(several(there)) }
    if parts.count == 2, !name.hasPrefix("\"") {
      let nearest = NearestName.nearest(to: parts[0], among: model.aggregates.map(\.name))
      return .failure(
        Instead(
          answer: Self.usage(
            .open, "no aggregate is called '\(parts[0])'", suggestion: nearest.map { ":open \($0) \(parts[1])" })))
    }
    if let storage, model.aggregates.count > 1 {
      // Of several aggregates, the one that has such a stream.
      var stored: [StreamReference] = []
      for aggregate in model.aggregates.indices {
        if case .success(.known(let candidate)) = read(instance: name, of: [aggregate]),
          try await storage.store.version(of: candidate.stream) > 0
        {
          stored.append(candidate)
        }
      }
      if let only = stored.first, stored.count == 1 { return .success(.known(only)) }
      if stored.count > 1 { return .failure(several(stored)) }
    }
    return read(instance: name, of: Array(model.aggregates.indices))
  }

  private func several(_ streams: [StreamReference]) -> Instead {
    Instead(
      answer: Self.usage(.open, "several streams are called so: \(streams.map(display).joined(separator: ", "))"))
  }

  private func exists(_ reference: StreamReference) async throws -> Bool {
    if slot(of: reference) != nil { return true }
    guard let storage else { return false }
    return try await storage.store.version(of: reference.stream) > 0
  }

  private static func unquoted(_ name: String) -> String {
    guard name.utf8.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") else { return name }
    // The escapes of a quoted text are those of a history's lines but for the quotes themselves.
    return HistoryFile.unescape(String(name.dropFirst().dropLast()).replacing("\\\"", with: "\""))
  }

  /// An instance's name as a step has it before the colon.
  private func read(instance name: String, of aggregates: [Int]) -> Result<StreamFocus, Instead> {
    guard let first = aggregates.first else {
      return .failure(Instead(answer: .failure(.problem, "the domain has no aggregates")))
    }
    var aggregate = first
    if aggregates.count > 1 {
      guard let current = focus?.reference else {
        let choices = aggregates.map { ":open \(model.aggregates[$0].name) \(name)" }
        return .failure(
          Instead(answer: Self.usage(.open, "say which aggregate '\(name)' is: \(choices.joined(separator: ", "))")))
      }
      aggregate = current.aggregate
    }
    var resolver = StepResolver(domain: model)
    let prefix = "\(model.aggregates[aggregate].name) \(name): "
    let resolution = resolver.resolve(
      StepSource(
        keyword: .role(.then), keywordText: "Then", text: SourceText(prefix + "version is 0", line: 1, column: 1),
        location: SpecLocation(file: Self.file, line: 1, column: 1)))
    guard case .expectVersion(.known(let reference), _)? = resolution.step?.action else {
      return .failure(
        Instead(
          answer: Self.usage(
            .open, "no stream is called '\(name)', and no \(model.aggregates[aggregate].name) can be",
            suggestion: name.hasPrefix("\"") ? nil : ":open " + text.instance(name))))
    }
    return .success(.known(reference))
  }

  // MARK: Time

  func clock(_ argument: String) async -> REPLAnswer {
    if argument.isEmpty {
      var answer = REPLAnswer(.meta)
      let clock = text.untyped(.date(state.engine.clock))
      answer.add("  \(clock)")
      if writesJSON { answer.result["clock"] = .string(clock) }
      return answer
    }
    let time = argument.lowercased() == "now" ? text.untyped(.date(Environment.system.now())) : argument
    // Where nothing comes due the time is history, so that it need not be looked at.
    let isHistory = place.pending == 0 && timeline.state.engine.isStill
    var answer = await answer(
      toStep: InputUnit(
        text: "\(isHistory ? "Given" : "When") the time is \(time)", body: [], line: 1, bodyLine: 2, column: 0))
    if answer.kind == .step { answer.kind = .meta }
    // The place of what is wrong is one in a step that nobody typed.
    if answer.kind == .mistyped { return Self.usage(.clock, answer.reason ?? "this is no time") }
    return answer
  }
}
