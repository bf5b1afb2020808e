import EventSourcing

/// Reads steps against a domain, one after another in the order of a scenario.
///
/// It is a value: a copy is a point to return to.
package struct StepResolver: Sendable {
  /// What reading a step came to.
  package struct Resolution: Sendable {
    /// The step; nil where it could not be read.
    package var step: Step?
    /// All that is wrong with it.
    package var diagnostics: [Diagnostic]
  }

  package let model: DomainModel
  var scope = StreamScope()
  var bindings = NamedValues()
  /// The role that `And` takes up.
  package private(set) var lastRole: StepRole?
  var act = ActSoFar()

  /// Makes a resolver for a new scenario.
  ///
  /// - Parameter domain: The domain's names.
  package init(domain: DomainModel) { model = domain }

  /// Reads the next step.
  ///
  /// - Parameter source: The step as it is written.
  /// - Returns: The step, and all that is wrong with it: one of the two is empty.
  /// - Complexity: O(*n*) in the length of the text; what is nested is limited in depth.
  package mutating func resolve(_ source: StepSource) -> Resolution {
    var resolution = read(source)
    if !source.notes.isEmpty {
      for index in resolution.diagnostics.indices { resolution.diagnostics[index].notes += source.notes }
    }
    return resolution
  }

  private mutating func read(_ source: StepSource) -> Resolution {
    let role: StepRole?
    switch source.keyword {
    case .role(let stated): role = stated
    case .none: role = nil
    case .conjunction:
      guard let lastRole else {
        return Resolution(
          diagnostics: [
            Diagnostic(
              .error, at: source.location,
              "'\(source.keywordText)' takes the role of the step before it, and there is none; begin with Given, When or Then"
            )
          ])
      }
      role = lastRole
    }
    var reader = StepReader(self, source, role: role)
    let action = reader.action()
    let reading = reader.literal.reading
    let finalRole = reader.role ?? role ?? .when
    lastRole = finalRole
    if let action, reading.diagnostics.isEmpty { reader.check(action, finalRole) }
    bindings = reading.bindings
    scope = reader.scope
    act = reader.act
    act.note(finalRole, reading.diagnostics.isEmpty ? action : nil, isMeanwhile: reader.isMeanwhile)
    guard let action, reading.diagnostics.isEmpty else {
      return Resolution(step: nil, diagnostics: reading.diagnostics)
    }
    let step = Step(
      role: finalRole, keyword: source.keywordText, text: source.text.text, location: source.location, action: action,
      values: reading.values)
    return Resolution(step: step, diagnostics: [])
  }

  /// The streams that have been named so far, in order.
  package var streams: [StreamReference] { scope.streams }

  /// Makes a stream known, as one that a step named; for sessions that begin with a stream.
  package mutating func name(_ stream: StreamReference) { scope.add(stream) }

  /// The stream that steps without one speak of, whatever else has been named; for sessions that are at a stream.
  package var focus: StreamReference? {
    get { scope.focus }
    set { scope.focus = newValue }
  }

  /// The names of values that have been bound so far.
  package var valueNames: [String] { bindings.names.sorted() }
}

/// What the resolver knows of the act that a Then looks at.
struct ActSoFar: Sendable {
  /// Whether anything has been done under When.
  private(set) var hasAct = false
  private(set) var statesEvents = false
  private(set) var includesEvents = false
  /// Whether a command step stands before, which somebody else can meanwhile get ahead of; nil where that is not known.
  private(set) var followsCommand: Bool? = false
  private var last: StepRole?

  mutating func note(_ role: StepRole, _ action: StepAction?, isMeanwhile: Bool) {
    if role == .when, last != .when {
      statesEvents = false
      includesEvents = false
    }
    last = role
    if role == .when { hasAct = true }
    switch action {
    case .expectEvents?: statesEvents = true
    case .expectEventsInclude?: includesEvents = true
    default: break
    }
    if isMeanwhile { return }
    switch action {
    case .execute?: followsCommand = true
    case nil: followsCommand = nil
    default: followsCommand = false
    }
  }
}

/// Reads one step.
struct StepReader {
  var literal: LiteralReader
  var scope: StreamScope
  var act: ActSoFar
  let source: StepSource
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
    self.source = source
    self.role = role
    let reading = Reading(
      model: resolver.model, file: source.file, isOutcome: role == .then, bindings: resolver.bindings)
    literal = LiteralReader(source.text, reading, marksValues: true)
  }

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
    var index = literal.position
    while let byte = literal.byte(at: index), LiteralReader.isSpace(byte) { index += 1 }
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

  /// Where the next character stands that is no space.
  private var nextOffset: Int {
    var index = literal.position
    while let byte = literal.byte(at: index), LiteralReader.isSpace(byte) { index += 1 }
    return index
  }

  var isAtEnd: Bool { nextOffset >= literal.bytes.count }

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
    if take("the time is") { return setTime(start) }
    if let passing = passingTime() { return passing.action }
    if take("meanwhile") { return meanwhile(start) }
    guard let prefix = streamPrefix() else { return nil }
    literal.skipSpace()
    let body = literal.position
    if literal.isAtEnd {
      report("a message or a phrase is expected behind the colon", at: body)
      return nil
    }
    if take("stored"), isAt("\"") { return stored(prefix, start) }
    literal.position = body
    if takeAll("no events") { return noEvents(prefix, body) }
    if take("metadata"), isAt("(") || isAtEnd { return metadata(prefix, body) }
    literal.position = body
    if let action = outcome(prefix, body) { return action.action }
    literal.position = body
    return message(prefix)
  }

  private func isAt(_ character: Unicode.Scalar) -> Bool { literal.byte(at: nextOffset) == UInt8(ascii: character) }

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

  // MARK: Given and When

  private mutating func binding() -> Recognised? {
    let start = literal.position
    var end = start + 1
    while let byte = literal.byte(at: end), LiteralReader.isNameByte(byte) { end += 1 }
    let name = literal.bindingName(start..<end)
    literal.position = end
    literal.skipSpace()
    guard literal.skip("=") else {
      literal.position = start
      return nil
    }
    decide(.given)
    guard let name else {
      report("a name is a letter, then letters, digits, '_' and '-', as in $home", at: start)
      return Recognised()
    }
    if literal.reading.bindings.names.contains(name) {
      report("$\(name) has a value already; choose another name", at: start)
      return Recognised()
    }
    literal.skipSpace()
    let valueStart = literal.position
    guard !literal.isAtEnd else {
      report("a value is expected behind '='", at: valueStart)
      return Recognised()
    }
    let rest = source.text.dropping(valueStart, in: source.file)
    guard literal.isBalanced(from: valueStart) else { return Recognised() }
    literal.skipValue(from: valueStart)
    if !literal.isAtEnd {
      report("nothing may stand behind the value; quote a text that has a comma or bracket in it", at: literal.position)
      return Recognised()
    }
    literal.reading.bindings.literals[name] = NamedValues.Literal(source: rest, file: source.file)
    if literal.marksValues {
      literal.reading.values.append(StepValue(range: valueStart..<literal.bytes.count, field: name))
    }
    return Recognised(action: .bind(name: name, value: .constant(.string(rest.text))))
  }

  private mutating func setTime(_ start: Int) -> StepAction? {
    guard require([.given, .when], "'the time is …'", at: start) else { return nil }
    literal.path = ["time"]
    guard let value = wholeTemplate(.date) else { return nil }
    return .setTime(value)
  }

  private mutating func passingTime() -> Recognised? {
    guard let first = literal.byte,
      NumberLiteral.isDigit(first) || first == UInt8(ascii: "P") || first == UInt8(ascii: "-")
    else { return nil }
    let range = literal.trimmed(literal.position..<literal.bytes.count)
    var end = range.upperBound
    while end > range.lowerBound, !LiteralReader.isSpace(literal.bytes[end - 1]) { end -= 1 }
    let word = literal.text(end..<range.upperBound).lowercased()
    guard word == "pass" || word == "passes" else { return nil }
    let amount = literal.trimmed(range.lowerBound..<end)
    guard require([.when], "'\(literal.text(range))', which moves the clock on,", at: range.lowerBound) else {
      return Recognised()
    }
    guard let duration = DurationLiteral.read(literal.bytes[amount]) else {
      report(
        "expected a length of time such as 3 days or 2 h 30 min; found '\(literal.text(amount))'", at: amount.lowerBound
      )
      return Recognised()
    }
    guard duration >= .zero else {
      report("the clock never goes back", at: amount.lowerBound)
      return Recognised()
    }
    literal.path = ["time"]
    literal.mark(amount)
    return Recognised(action: .passTime(duration))
  }

  private mutating func meanwhile(_ start: Int) -> StepAction? {
    guard require([.when, .given], "'meanwhile …'", at: start) else { return nil }
    isMeanwhile = true
    if act.followsCommand == false {
      report("'meanwhile' belongs to the command step before it, and there is none", at: start)
      return nil
    }
    literal.skipSpace()
    guard let prefix = streamPrefix() else { return nil }
    literal.skipSpace()
    guard !literal.isAtEnd else {
      report("an event or a command is expected behind 'meanwhile'", at: literal.position)
      return nil
    }
    guard let action = message(prefix) else { return nil }
    switch action {
    case .record(let events): return .meanwhile(events)
    case .execute(let commands):
      if commands.contains(where: { $0.retries > 0 || $0.expectedVersion != nil }) {
        report("what somebody else does meanwhile takes no retries or version", at: start)
        return nil
      }
      return .meanwhile(commands.map(\.message))
    default: return nil
    }
  }

  private mutating func noEvents(_ prefix: StreamPrefix, _ start: Int) -> StepAction? {
    decide(.then)
    switch role {
    case .when:
      report("'no events' can only stand under Given or Then", at: start)
      return nil
    case .given:
      if case .known(let reference) = prefix { scope.add(reference) }
      return .nothingRecorded
    default:
      if case .none = prefix { return .expectNoEvents(nil) }
      return stateTarget(prefix, at: start).map { .expectNoEvents($0) }
    }
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
