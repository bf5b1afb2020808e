import EventSourcing

extension StepReader {
  mutating func binding() -> Recognised? {
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

  mutating func setTime(_ start: Int) -> StepAction? {
    guard require([.given, .when], "'the time is …'", at: start) else { return nil }
    literal.path = [.name("time")]
    guard let value = wholeTemplate(.date) else { return nil }
    return .setTime(value)
  }

  mutating func passingTime() -> Recognised? {
    guard let first = literal.byte,
      NumberLiteral.isDigit(first) || first == UInt8(ascii: "P") || first == UInt8(ascii: "-")
    else { return nil }
    let range = literal.trimmed(literal.position..<literal.bytes.count)
    guard let last = literal.byte(at: range.upperBound - 1), last | 0x20 == UInt8(ascii: "s") else { return nil }
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
    literal.path = [.name("time")]
    literal.mark(amount)
    return Recognised(action: .passTime(duration))
  }

  mutating func meanwhile(_ start: Int) -> StepAction? {
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

  mutating func noEvents(_ prefix: StreamPrefix, _ start: Int) -> StepAction? {
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
}
