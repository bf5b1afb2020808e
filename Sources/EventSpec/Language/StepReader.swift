import EventSourcing

/// Reads one step.
struct StepReader {
  var literal: LiteralReader
  var scope: StreamScope
  var act: ActSoFar
  let model: DomainModel
  /// The role; nil until what is named has decided it.
  var role: StepRole?
  var isMeanwhile = false
  /// Whether something has been read below the text.
  var usesArgument = false

  init(_ resolver: StepResolver, _ source: StepSource, role: StepRole?) {
    model = resolver.model
    scope = resolver.scope
    act = resolver.act
    self.role = role
    let reading = Reading(source, model: resolver.model, isOutcome: role == .then, bindings: resolver.bindings)
    literal = LiteralReader(source.text, reading, marksValues: resolver.marksValues)
  }

  /// The step as it is written.
  var source: StepSource { literal.reading.source }

  var isOutcome: Bool { role == .then }

  /// The role of a step without keyword: what is named decides it.
  mutating func decide(_ decided: StepRole) {
    guard role == nil else { return }
    role = decided
    literal.reading.isOutcome = decided == .then
  }

  func report(_ message: String, at offset: Int, suggestion: String? = nil, notes: [String] = []) {
    literal.report(message, at: offset, suggestion: suggestion, notes: notes)
  }

  // MARK: Words

  /// Takes words that stand at the cursor, in any case and with any space between them.
  mutating func take(_ words: StaticString) -> Bool {
    var index = literal.nextOffset
    let isFound = words.withUTF8Buffer { wanted in
      for character in wanted {
        guard let byte = literal.byte(at: index) else { return false }
        if character == UInt8(ascii: " ") {
          guard LiteralReader.isSpace(byte) else { return false }
          while let next = literal.byte(at: index), LiteralReader.isSpace(next) { index += 1 }
          continue
        }
        guard byte == character || (0x41...0x5A).contains(byte) && byte | 0x20 == character else { return false }
        index += 1
      }
      return true
    }
    guard isFound else { return false }
    if let next = literal.byte(at: index), LiteralReader.isNameByte(next) || next == UInt8(ascii: ".") { return false }
    literal.position = index
    return true
  }

  /// The letter at the cursor, as a small one: what tells most phrases from most names.
  var initial: UInt8 { (literal.byte ?? 0) | 0x20 }

  var isAtEnd: Bool { literal.nextOffset >= literal.bytes.count }

  /// Takes words with which the text ends.
  mutating func takeAll(_ words: StaticString) -> Bool {
    let start = literal.position
    if take(words), isAtEnd { return true }
    literal.position = start
    return false
  }

  // MARK: The step

  mutating func action() -> StepAction? {
    literal.skipSpace()
    if literal.isAtEnd {
      report("the step is empty", at: literal.position)
      return nil
    }
    let action = phrase()
    if action != nil, let argument = source.argument, !usesArgument {
      let (name, location) =
        switch argument {
        case .table(let table):
          (
            "table",
            SpecLocation(
              file: source.file, line: table.rows.first?.line ?? source.location.line,
              column: table.rows.first?.cells.first?.column ?? 1)
          )
        case .docString(let docString): ("doc string", docString.location)
        }
      literal.reading.report("this step takes no \(name)", at: location)
    }
    return action
  }

  private mutating func phrase() -> StepAction? {
    let start = literal.position
    if literal.at("$"), let bound = binding() { return bound.action }
    if initial == UInt8(ascii: "t"), take("the time is") { return setTime(start) }
    if let passing = passingTime() { return passing.action }
    if initial == UInt8(ascii: "m"), take("meanwhile") { return meanwhile(start) }
    guard let prefix = streamPrefix() else { return nil }
    literal.skipSpace()
    let body = literal.position
    if literal.isAtEnd {
      report("a message or a phrase is expected behind the colon", at: body)
      return nil
    }
    switch initial {
    case UInt8(ascii: "s"):
      if take("stored"), isAt("\"") { return stored(prefix, start) }
    case UInt8(ascii: "n"):
      if takeAll("no events") { return noEvents(prefix, body) }
    case UInt8(ascii: "m"):
      if take("metadata"), isAt("(") || isAtEnd { return metadata(prefix, body) }
    default: break
    }
    literal.position = body
    if let action = outcome(prefix, body) { return action.action }
    literal.position = body
    return message(prefix)
  }

  private func isAt(_ character: Unicode.Scalar) -> Bool {
    literal.byte(at: literal.nextOffset) == UInt8(ascii: character)
  }

  /// Says that a phrase stands under the wrong keyword.
  mutating func require(_ roles: [StepRole], _ phrase: String, at offset: Int) -> Bool {
    if let role, roles.contains(role) { return true }
    if role == nil, let first = roles.first {
      decide(first)
      return true
    }
    let names = roles.map { $0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst() }
    report("\(phrase) can only stand under \(names.joined(separator: " or "))", at: offset)
    return false
  }

  /// Reads the rest of the text as one value.
  mutating func wholeTemplate(_ type: TypeSchema) -> ValueTemplate? {
    guard let value = literal.template(type) else { return nil }
    return expectEnd() ? value : nil
  }

  mutating func expectEnd() -> Bool {
    literal.skipSpace()
    if literal.isAtEnd { return true }
    let rest = literal.text(literal.trimmed(literal.position..<literal.bytes.count))
    report("nothing may stand here; found '\(rest.prefix(60))'", at: literal.position)
    return false
  }

  // MARK: Checks of the whole

  /// Looks for what makes no sense where the step stands.
  mutating func check(_ action: StepAction, _ role: StepRole) {
    guard role == .then else { return }
    let start = literal.trimmed(0..<literal.bytes.count).lowerBound
    switch action {
    case .expectEvents where act.includesEvents, .expectEventsInclude where act.statesEvents:
      report("'events include' cannot be mixed with events that are stated exactly", at: start)
    case .eventsInAnyOrder where act.statesEvents:
      report("'events in any order' goes before the events that it speaks of", at: start)
    default: break
    }
    guard !act.hasAct else { return }
    switch action {
    case .expectState, .expectVersion, .expectView, .bind: break
    default: report("there is no When before it whose outcome this could be", at: start)
    }
  }
}
