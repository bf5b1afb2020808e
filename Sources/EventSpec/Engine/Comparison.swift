import EventSourcing

/// Whether something is as stated, and the two sides line by line where it is not.
struct Comparison: Sendable {
  var isMatch: Bool
  var lines: [ComparisonLine]

  static let match = Comparison(isMatch: true, lines: [])
}

extension ScenarioEngine {
  // MARK: Messages

  /// Whether an event of the log is as stated.
  ///
  /// - Parameter commits: Whether names that match bind are bound from now on.
  mutating func matches(_ pattern: MessagePattern, _ place: Int, commits: Bool) -> Bool {
    guard isAlike(pattern, place), let event = log[place].event else { return false }
    // What is said of a difference goes by it as well.
    matcher.now = act?.now ?? clock
    switch pattern.stream {
    // Mostly so; asking the engine would copy it.
    case .known(let expected)?:
      if !streams.isStream(log[place].slot, expected) { return false }
    case let target?:
      if !isStream(target, streams.slots[log[place].slot].reference) { return false }
    case nil: break
    }
    if commits { return matcher.matches(pattern, event.coded) }
    var trial = matcher
    return trial.matches(pattern, event.coded)
  }

  private func isStream(_ target: StreamTarget, _ actual: StreamReference) -> Bool {
    switch target {
    case .known(let reference): return reference.stream == actual.stream
    case .bound(let aggregate, _):
      // A name that this very message binds is settled by its field.
      guard let reference = try? reference(target) else { return aggregate == actual.aggregate }
      return reference.stream == actual.stream
    }
  }

  /// Whether an event is of the kind stated, so that it is the one to compare with.
  func isAlike(_ pattern: MessagePattern, _ place: Int) -> Bool {
    guard let event = log[place].event else { return false }
    return event.aggregate == pattern.aggregate && event.caseIndex == pattern.caseIndex
  }

  /// An issued command beside what is stated.
  mutating func compare(
    _ pattern: MessagePattern, with command: CodedMessage, in stream: StreamReference
  ) -> Comparison {
    let name = name(pattern)
    guard command.aggregate == pattern.aggregate, command.caseIndex == pattern.caseIndex else {
      return Comparison(
        isMatch: false,
        lines: [
          ComparisonLine(
            .differs, label: name, expected: text(pattern), actual: render(command, .command, in: stream))
        ])
    }
    matcher.now = act?.now ?? clock
    if pattern.stream.map({ isStream($0, stream) }) ?? true, matcher.matches(pattern, command.coded) {
      return Comparison(isMatch: true, lines: [ComparisonLine(.same, label: name, expected: name, actual: name)])
    }
    return Comparison(isMatch: false, lines: lines(pattern, command, stream))
  }

  private func lines(_ pattern: MessagePattern, _ message: CodedMessage, _ stream: StreamReference) -> [ComparisonLine]
  {
    var lines = matcher.lines(pattern, message.coded)
    if let target = pattern.stream, !isStream(target, stream), !lines.isEmpty {
      let expected = (try? reference(target)).map { display($0) } ?? "another stream"
      lines[0] = ComparisonLine(
        .differs, label: lines[0].label, expected: "\(expected): \(lines[0].label)",
        actual: "\(display(stream)): \(lines[0].label)")
    }
    return lines
  }

  // MARK: Aligned events

  /// The lines of events stated beside events emitted.
  func comparison(_ aligned: ArraySlice<(pattern: MessagePattern?, event: Int?)>) -> [ComparisonLine] {
    var result: [ComparisonLine] = []
    var probe = self
    for (pattern, place) in aligned {
      switch (pattern, place) {
      case (let pattern?, nil): result.append(ComparisonLine(.missing, label: name(pattern), expected: text(pattern)))
      case (nil, let place?): result += log[place].events.map { surplusLine($0, log[place]) }
      case (let pattern?, let place?):
        let logged = log[place]
        guard let event = logged.event else { continue }
        if probe.matches(pattern, place, commits: false) {
          let name = name(pattern)
          result.append(ComparisonLine(.same, label: name, expected: name, actual: name))
        } else {
          let stream = streams.slots[logged.slot].reference
          result += lines(pattern, event, stream)
        }
      case (nil, nil): continue
      }
    }
    return result
  }

  private func surplusLine(_ event: CodedMessage, _ logged: LoggedEvent) -> ComparisonLine {
    ComparisonLine(
      .surplus, label: eventName(event), actual: render(event, .event, in: streams.slots[logged.slot].reference))
  }

  /// What is wrong with events, in a sentence.
  func sentence(_ aligned: ArraySlice<(pattern: MessagePattern?, event: Int?)>) -> String {
    var probe = self
    var missing: [String] = []
    var earlier: [String] = []
    var surplus: [String] = []
    var elsewhere: [String] = []
    var different: [String] = []
    let passed = act?.aligned.compactMap { $0.pattern == nil ? $0.event : nil } ?? []
    for (pattern, place) in aligned {
      switch (pattern, place) {
      case (let pattern?, nil):
        let isPassed = passed.contains { probe.matches(pattern, $0, commits: false) }
        if isPassed { earlier.append(name(pattern)) } else { missing.append(name(pattern)) }
      case (nil, let place?): surplus += log[place].events.map { eventName($0) }
      case (let pattern?, let place?):
        if probe.matches(pattern, place, commits: false) { continue }
        if isElsewhere(pattern, place) { elsewhere.append(name(pattern)) } else { different.append(name(pattern)) }
      case (nil, nil): break
      }
    }
    var parts: [String] = []
    if !missing.isEmpty { parts.append("\(Self.list(missing)) \(missing.count == 1 ? "is" : "are") missing") }
    if !earlier.isEmpty { parts.append("\(Self.list(earlier)) \(earlier.count == 1 ? "was" : "were") emitted earlier") }
    if !surplus.isEmpty {
      parts.append("\(Self.list(surplus)) \(surplus.count == 1 ? "was" : "were") emitted before it")
    }
    if !elsewhere.isEmpty {
      parts.append("\(Self.list(elsewhere)) \(elsewhere.count == 1 ? "belongs" : "belong") to another stream")
    }
    if !different.isEmpty {
      parts.append("\(Self.list(different)) \(different.count == 1 ? "has" : "have") other values")
    }
    return "the act's events are not those stated: " + parts.joined(separator: "; ")
  }

  /// Whether an event is as stated but for its stream.
  private func isElsewhere(_ pattern: MessagePattern, _ place: Int) -> Bool {
    let stream = streams.slots[log[place].slot].reference
    guard let target = pattern.stream, let event = log[place].event, !isStream(target, stream) else { return false }
    let identity = runtime.model.aggregate(stream.aggregate)?.identityField
    // The first line is the event's own; its identity is filled in from the stream.
    return lines(pattern, event, stream).dropFirst().allSatisfy { $0.mark == .same || $0.label == identity }
  }

  /// What helps where events stand in a stream that the domain made by itself.
  func notes(on aligned: ArraySlice<(pattern: MessagePattern?, event: Int?)>) -> [String] {
    for case (let pattern?, let place?) in aligned {
      let actual = streams.slots[log[place].slot].reference
      guard let target = pattern.stream, !isStream(target, actual), actual.displayName.hasPrefix("generated-")
      else { continue }
      let aggregate = runtime.aggregates[actual.aggregate].name
      return [
        "the domain made the stream \(display(actual)) by itself; to speak of it whatever it is called, write"
          + " '\(aggregate) $name: \(name(pattern))(…)'"
      ]
    }
    return []
  }

  /// Names in a sentence: what comes many times is counted, and what is too much is cut short.
  static func list(_ names: [String]) -> String {
    var groups: [(name: String, count: Int)] = []
    for name in names {
      if groups.last?.name == name { groups[groups.count - 1].count += 1 } else { groups.append((name, 1)) }
    }
    let most = 8
    let texts = groups.prefix(most).map {
      $0.count > 2
        ? "\($0.name) (\($0.count) times)" : Array(repeating: $0.name, count: $0.count).joined(separator: ", ")
    }
    let rest = groups.dropFirst(most).reduce(0) { $0 + $1.count }
    return texts.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  // MARK: States and values

  /// A state beside what is stated.
  mutating func compare(_ pattern: StatePattern, with state: DynamicValue, schema: TypeSchema) -> Comparison {
    matcher.now = act?.now ?? clock
    if matcher.matches(pattern, state) { return .match }
    let fields = if case .record(let record) = schema { record.fields } else { [FieldSchema]() }
    switch pattern {
    case .fields(let patterns):
      return Comparison(isMatch: false, lines: matcher.lines(patterns, isOpen: true, state, fields))
    case .whole(.record(let patterns, let isOpen), _):
      return Comparison(isMatch: false, lines: matcher.lines(patterns, isOpen: isOpen, state, fields))
    case .whole:
      return Comparison(
        isMatch: false, lines: [ComparisonLine(.differs, label: "state", actual: render(state, schema))])
    case .rows(let path, let rows):
      guard case .array(let elements)? = state.value(at: path[...]) else {
        return Comparison(
          isMatch: false,
          lines: [ComparisonLine(.differs, label: PatternMatcher.text(of: path), expected: "a list")])
      }
      return Comparison(isMatch: false, lines: matcher.lines(rows: rows, elements, [], isOrdered: true))
    }
  }

  /// A value beside what is stated.
  mutating func compare(
    _ pattern: Pattern, with value: DynamicValue, type: TypeSchema, label: String
  ) -> Comparison {
    matcher.now = act?.now ?? clock
    if matcher.matches(pattern, value, type) { return .match }
    let field = FieldPattern(
      path: [.field(label)], type: type, pattern: pattern, location: SpecLocation(file: "", line: 0, column: 0),
      text: "")
    return Comparison(
      isMatch: false, lines: matcher.lines([field], isOpen: true, .record(DynamicRecord([.init(label, value)])), []))
  }

  /// The fields of a declared error beside what is stated.
  mutating func compare(
    _ fields: [FieldPattern], isOpen: Bool, with record: DynamicRecord, schema: [FieldSchema]
  ) -> Comparison {
    matcher.now = act?.now ?? clock
    let isComplete = isOpen || matcher.leftOut(record, fields).isEmpty
    let before = matcher.bindings
    if isComplete, matcher.matches(fields, .record(record)) { return .match }
    matcher.bindings = before
    return Comparison(isMatch: false, lines: matcher.lines(fields, isOpen: isOpen, .record(record), schema, depth: 1))
  }
}
