import EventSourcing

extension StepReader {
  /// A phrase that was recognised: its action is nil where it was wrong, which is reported.
  struct Recognised {
    var action: StepAction? = nil
  }

  /// Reads the built-in phrases of a Then at the cursor; nil where none stands there.
  mutating func outcome(_ prefix: StreamPrefix, _ start: Int) -> Recognised? {
    switch initial {
    case UInt8(ascii: "n"), UInt8(ascii: "e"), UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "v"),
      UInt8(ascii: "s"):
      break
    default: return nil
    }
    if takeAll("no commands") {
      return outcome("'no commands'", start) { $0.withoutStream(prefix, start) ? .expectNoCommands : nil }
    }
    if takeAll("events in any order") {
      return outcome("'events in any order'", start) { $0.withoutStream(prefix, start) ? .eventsInAnyOrder : nil }
    }
    literal.position = start
    if take("events include") {
      return outcome("'events include …'", start) { $0.eventsInclude(prefix) }
    }
    if takeAll("any error") {
      return outcome("'any error'", start) { $0.withoutStream(prefix, start) ? .expectError(.any) : nil }
    }
    if takeAll("conflict") {
      return outcome("'conflict'", start) { $0.withoutStream(prefix, start) ? .expectConflict : nil }
    }
    if take("error") {
      return outcome("'error …'", start) { $0.withoutStream(prefix, start) ? $0.error() : nil }
    }
    if take("version is") {
      return outcome("'version is …'", start) { $0.version(prefix, start) }
    }
    if take("state") { return outcome("'state …'", start) { $0.state(prefix, start) } }
    if take("no") {
      literal.skipSpace()
      let end = literal.bytes.count
      let name = literal.trimmed(literal.position..<end)
      let viewEnd = forWord(name)?.lowerBound ?? end
      let view = literal.trimmed(name.lowerBound..<max(name.lowerBound, viewEnd))
      if let index = model.viewsByName[literal.bytes[view]].first {
        return outcome("'no \(model.views[index].name)'", start) { $0.noRow(index, name) }
      }
      if forWord(name) != nil, model.messages[literal.bytes[literal.trimmed(start..<end)]].isEmpty {
        return outcome("'no … for …'", start) { step in
          let shown = step.literal.text(view)
          step.report(
            "the domain has no view called '\(shown)'", at: view.lowerBound,
            suggestion: NearestName.nearest(to: shown, among: step.model.views.map(\.name)))
          return nil
        }
      }
      literal.position = start
    }
    return nil
  }

  private mutating func outcome(
    _ phrase: String, _ start: Int, _ read: (inout StepReader) -> StepAction?
  ) -> Recognised {
    guard require([.then], phrase, at: start) else { return Recognised() }
    return Recognised(action: read(&self))
  }

  func withoutStream(_ prefix: StreamPrefix, _ start: Int) -> Bool {
    if case .none = prefix { return true }
    report("this speaks of the whole act and takes no stream before it", at: literal.trimmed(0..<start).lowerBound)
    return false
  }

  private mutating func eventsInclude(_ outer: StreamPrefix) -> StepAction? {
    literal.skipSpace()
    guard !literal.isAtEnd else {
      report("an event is expected behind 'events include'", at: literal.position)
      return nil
    }
    var prefix = outer
    if case .none = outer {
      guard let inner = streamPrefix() else { return nil }
      prefix = inner
      literal.skipSpace()
    }
    let start = literal.position
    let name = nameRange()
    guard let message = find(name, prefix, kinds: .event), let patterns = patterns(message, prefix, at: start),
      expectEnd()
    else { return nil }
    return .expectEventsInclude(patterns)
  }

  /// The name at the cursor up to an opening parenthesis or the end; the cursor is left there.
  private mutating func nameRange() -> Range<Int> {
    let start = literal.position
    while let byte = literal.byte, byte != UInt8(ascii: "(") {
      if byte == UInt8(ascii: "\"") { literal.skipQuoted() }
      literal.position += 1
    }
    literal.position = min(literal.position, literal.bytes.count)
    return literal.trimmed(start..<literal.position)
  }

  // MARK: Errors

  private mutating func error() -> StepAction? {
    literal.skipSpace()
    let start = literal.position
    if literal.at("\"") {
      guard let text = literal.quoted() else { return nil }
      literal.path = [.name("error")]
      literal.mark(start..<literal.position)
      guard expectEnd() else { return nil }
      return .expectError(text == Self.unknownEventType ? .builtIn(text) : .text(text))
    }
    let name = nameRange()
    if literal.isAtEnd, literal.text(name).lowercased() == Self.unknownEventType {
      return .expectError(.builtIn(Self.unknownEventType))
    }
    guard !name.isEmpty else {
      report("the error's text in quotes, or its name, is expected behind 'error'", at: start)
      return nil
    }
    guard let message = find(name, .none, kinds: .error),
      let described = model.message(.error, aggregate: message.aggregate, caseIndex: message.caseIndex)
    else { return nil }
    var bodies: [MessageBody] = []
    readBodies(described) { bodies.append($1) }
    guard expectEnd(), let body = bodies.first, !body.collector.isBroken else { return nil }
    guard bodies.count == 1 else {
      report("an act fails with one error; the table has several", at: name.lowerBound)
      return nil
    }
    let type = model.aggregate(message.aggregate)?.errorType
    let choices = model.messages[described.name.utf8].filter { other in
      other.kind == .error && model.aggregate(other.aggregate)?.errorType == type
    }
    return .expectError(
      .declared(
        choices: choices.map { ($0.aggregate, $0.caseIndex) }, fields: body.collector.fields, isOpen: body.isOpen))
  }

  /// The error of a stored event whose type the domain does not know.
  static let unknownEventType = "unknown event type"
}
