internal import EventSourcing
internal import EventSpec

/// What may come next in a line, of a domain and a session as they are.
struct CompletionGrammar {
  let model: DomainModel
  /// The stream that steps without a stream speak of.
  let focus: StreamReference?
  /// The names of streams, by aggregate.
  let streams: [StreamReference]
  /// The names of values, behind `$`.
  let valueNames: [String]
  /// The role of the step before.
  let lastRole: StepRole?
  /// The rest of a loaded scenario.
  let upcoming: [String]
  /// The streams of the store that a session lies over, and how they are called.
  let stored: StoredStreams?
  let reference: (StreamName) -> StreamReference?
  private let names: () -> [String]

  init(_ session: REPLSession) {
    model = session.model
    let state = session.state
    focus = session.focus?.reference
    streams = state.engine.touchedStreams.map(\.reference)
    valueNames = state.resolver.valueNames
    lastRole = state.resolver.lastRole
    upcoming = session.upcoming
    stored = session.storage.map { StoredStreams($0.store) }
    reference = { [unowned session] in session.reference(to: $0) }
    let log = state.engine.log.suffix(500)
    let identities = model.names
    names = { Self.names(in: log, identities) }
  }

  /// The names of UUIDs that were used lately.
  private static func names(in log: Slice<EventLog>, _ identities: IdentityNames) -> [String] {
    var found: Set<String> = []
    func collect(_ value: DynamicValue) {
      switch value {
      case .uuid(let id): if let name = identities.name(of: id) { found.insert(name) }
      case .array(let elements): elements.forEach(collect)
      case .record(let record): record.fields.forEach { collect($0.value) }
      default: break
      }
    }
    for logged in log { for event in logged.events { collect(.record(event.coded)) } }
    return found.sorted()
  }

  // MARK: Completion

  /// What may stand at the cursor.
  func completion(of text: String, at cursor: Int) -> Completion {
    let before = Array(text.utf8.prefix(cursor))
    if before.allSatisfy({ $0 == 0x20 }), let next = upcoming.first, !next.utf8.contains(UInt8(ascii: "\n")) {
      return Completion([.init(next, description: "next in the scenario")], replacing: 0..<cursor)
    }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let firstLine = String(decoding: before[..<start], as: UTF8.self)
    if StepShape(firstLine.utf8).isOpen || start == 0 {
      if case .command(let line) = MetaReader.read(text), start == 0, before.contains(0x20) {
        return complete(line, before)
      }
      if before.first == UInt8(ascii: ":"), start == 0 { return completeMeta(before) }
    }
    // What stands above in a paste is over; what stands above with a bracket open is not.
    let stepStart = StepShape(before[..<start]).isOpen ? 0 : start
    let place = TypingPlace(Array(before[stepStart...]), self)
    let candidates = candidates(at: place).filter { Self.begins($0.text, with: place.word) }
    return Completion(candidates, replacing: (cursor - place.word.utf8.count)..<cursor)
  }

  /// What may come next, shown behind the cursor.
  func hint(for text: String) -> String? {
    guard !text.isEmpty else {
      return upcoming.first.flatMap { $0.utf8.contains(UInt8(ascii: "\n")) ? nil : $0 }
    }
    if text.hasPrefix(":") {
      guard case .command(let line) = MetaReader.read(text), line.argument.isEmpty else { return nil }
      let arguments = line.command.arguments
      if arguments.isEmpty { return nil }
      return text.hasSuffix(" ") ? arguments : text == ":" + line.command.rawValue ? " " + arguments : nil
    }
    let place = TypingPlace(Array(text.utf8), self)
    switch place.kind {
    case .field(let missing) where place.word.isEmpty && !missing.isEmpty:
      return missing.map { "\($0.name): \($0.type.swiftName)" }.joined(separator: ", ")
    case .value(let type) where place.word.isEmpty: return type.swiftName
    case .message(let role, _):
      guard let fields = fields(ofMessage: place.word, role), !fields.isEmpty else { return nil }
      return "(" + fields.map { "\($0.name): \($0.type.swiftName)" }.joined(separator: ", ") + ")"
    default: return nil
    }
  }

  static func begins(_ candidate: String, with word: String) -> Bool {
    var rest = candidate.utf8.makeIterator()
    for byte in word.utf8 {
      guard let other = rest.next() else { return false }
      if byte == other { continue }
      guard byte | 0x20 == other | 0x20, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) else {
        return false
      }
    }
    return true
  }

  // MARK: Candidates

  private func candidates(at place: TypingPlace) -> [Completion.Candidate] {
    switch place.kind {
    case .message(let role, let aggregate): messages(role, aggregate, isFirst: place.isFirstWord)
    case .field(let missing):
      missing.map { .init($0.name + ": ", description: $0.type.swiftName) }
        + (place.isOutcome ? [.init("...", description: "the rest is not looked at")] : [])
    case .value(let type): values(type, isOutcome: place.isOutcome)
    case .viewKey(let view): values(model.views[view].keyType, isOutcome: false)
    case .nothing: []
    }
  }

  private func messages(_ role: StepRole?, _ aggregate: Int?, isFirst: Bool) -> [Completion.Candidate] {
    var found: [Completion.Candidate] = []
    let all = model.aggregates.enumerated().filter { aggregate == nil || aggregate == $0.offset }
    func add(_ kind: MessageName.Kind, _ words: String) {
      for (index, aggregate) in all {
        let cases = kind == .command ? aggregate.commands : kind == .event ? aggregate.events : aggregate.errors
        for caseIndex in cases.indices {
          let name = model.displayName(MessageName(kind: kind, aggregate: index, caseIndex: caseIndex))
          let description = "\(words) of \(aggregate.name)"
          found.append(.init(kind == .error ? "error " + name : name, description: description))
        }
      }
    }
    if role != .then { add(.command, "command") }
    add(.event, "event")
    if role == .then || role == nil {
      found += [
        .init("state(", description: "the aggregate's state"),
        .init("version is ", description: "the number of events"),
      ]
    }
    if role == .then {
      add(.error, "error")
      found += [
        .init("no events"), .init("events include ", description: "among others"),
        .init("events in any order"), .init("any error"), .init("conflict"), .init("no commands"),
        .init("metadata(", description: "of every event"),
      ]
      if aggregate == nil {
        found += model.views.map { .init($0.name, description: "view") }
        add(.command, "issued command")
      }
    }
    if role == .given || role == .when { found.append(.init("the time is ")) }
    if role == .given || role == nil { found.append(.init("metadata(", description: "for the commands that follow")) }
    if aggregate == nil {
      for stream in streams {
        let text = SpecText(model).stream(stream.aggregate, stream.stream)
        found.append(.init(text + ": ", description: "stream"))
      }
      found += model.aggregates.map { .init($0.name + " ", description: "an instance of it, then a colon") }
    }
    if isFirst { found += ["Given ", "When ", "Then ", "And ", "But "].map { .init($0) } }
    return found
  }

  func values(_ type: TypeSchema, isOutcome: Bool) -> [Completion.Candidate] {
    var found: [Completion.Candidate] = []
    switch type {
    case .optional(let wrapped):
      found = values(wrapped, isOutcome: isOutcome)
      found.append(.init("null"))
      return found
    case .bool: found = [.init("true"), .init("false")]
    case .enumeration(let schema):
      found = schema.cases.map { .init($0.fields.isEmpty ? $0.name : $0.name + "(", description: schema.name) }
    case .uuid:
      found = Set(names() + streams.map(\.displayName)).sorted().map { .init($0, description: "used already") }
    case .record(let schema): found = [.init("{", description: schema.name)]
    case .array, .set: found = [.init("[", description: type.swiftName)]
    case .dictionary: found = [.init("{", description: type.swiftName)]
    case .date: found = [.init("now", description: "the time of the command")]
    default: break
    }
    found += valueNames.map { .init("$" + $0, description: "a value with a name") }
    if isOutcome {
      found += [.init("any", description: "whatever it is"), .init("not "), .init("empty"), .init("contains ")]
    }
    return found
  }

  /// The fields of a message of this name, the identity aside.
  func fields(ofMessage name: String, _ role: StepRole?) -> [FieldSchema]? {
    message(name, role).map { message in
      message.fields.fields.enumerated().filter { $0.offset != message.identityIndex && !$0.element.isDerived }
        .map(\.element)
    }
  }

  /// The message of a name, commands first unless a Then speaks of it.
  func message(_ name: String, _ role: StepRole?) -> CaseModel? {
    let parts = name.split(separator: ".")
    guard let last = parts.last else { return nil }
    let owner = parts.count == 2 ? parts[0] : nil
    for aggregate in model.aggregates {
      if let owner, !NormalizedName.areEqual(aggregate.name.utf8, owner.utf8) { continue }
      let cases =
        role == .then ? aggregate.events + aggregate.commands + aggregate.errors : aggregate.commands + aggregate.events
      if let found = cases.first(where: {
        NormalizedName.areEqual($0.name.utf8, last.utf8) || NormalizedName.areEqual($0.displayName.utf8, last.utf8)
      }) {
        return found
      }
    }
    return nil
  }
}
