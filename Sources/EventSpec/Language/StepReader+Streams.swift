import EventSourcing

extension StepReader {
  /// Reads `Order o2:` at the cursor; nil where it is wrong, which is reported.
  mutating func streamPrefix() -> StreamPrefix? {
    let start = literal.position
    guard let colon = colon(from: start) else { return StreamPrefix.none }
    let range = literal.trimmed(start..<colon)
    literal.position = colon + 1
    guard !range.isEmpty else {
      report("an aggregate's name is expected before the colon", at: colon)
      return nil
    }
    var end = range.upperBound
    while end > range.lowerBound {
      let name = literal.trimmed(range.lowerBound..<end)
      if let aggregate = model.aggregatesByName[literal.bytes[name]].first, isBoundary(end, range) {
        return instance(of: aggregate, literal.trimmed(end..<range.upperBound))
      }
      end -= 1
    }
    let words = literal.text(range).split(separator: " ")
    let first = words.first.map(String.init) ?? ""
    let name = literal.text(range)
    let suggestion =
      NearestName.nearest(to: first, among: model.aggregates.map(\.name))
      ?? NearestName.nearest(to: name, among: model.aggregates.map(\.name))
    report(
      "no aggregate is called '\(words.count > 2 ? name : first)'; before a colon stands an aggregate, then an instance",
      at: range.lowerBound, suggestion: suggestion)
    return nil
  }

  private func isBoundary(_ offset: Int, _ range: Range<Int>) -> Bool {
    guard offset < range.upperBound else { return true }
    let byte = literal.bytes[offset]
    return LiteralReader.isSpace(byte) || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "$")
  }

  /// The first colon outside brackets and quotes.
  private func colon(from start: Int) -> Int? {
    literal.bytes.withUnsafeBufferPointer { bytes in
      var level = 0
      var isQuoted = false
      var index = start
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        // Most characters are letters, which mean nothing here.
        if byte > UInt8(ascii: ":"), byte & 0x1F < 0x1B { continue }
        switch byte {
        case UInt8(ascii: "\""): isQuoted.toggle()
        case UInt8(ascii: "\\"): if isQuoted { index += 1 }
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): if !isQuoted { level += 1 }
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): if !isQuoted { level -= 1 }
        case UInt8(ascii: ":"): if level == 0, !isQuoted { return index - 1 }
        default: break
        }
      }
      return nil
    }
  }

  private mutating func instance(of aggregate: Int, _ range: Range<Int>) -> StreamPrefix? {
    guard !range.isEmpty else { return .aggregate(aggregate) }
    guard let type = model.aggregate(aggregate)?.identityType else { return nil }
    literal.path = [.name(model.aggregate(aggregate)?.name ?? "")]
    defer { literal.path = [] }
    if let name = literal.bindingName(range) {
      if let bound = literal.reading.bindings.literals[name] {
        guard case .constant(let value)? = literal.reread(bound, { $0.template(type) }) else { return nil }
        return known(aggregate, value, at: range.lowerBound)
      }
      guard literal.reading.bindings.matched.contains(name) else {
        literal.unboundName(name, at: range.lowerBound)
        return nil
      }
      return .bound(aggregate: aggregate, name: name)
    }
    let value: DynamicValue?
    if literal.byte(at: range.lowerBound) == UInt8(ascii: "\"") {
      var ahead = literal
      ahead.position = range.lowerBound
      guard let text = ahead.quoted() else { return nil }
      guard ahead.position == range.upperBound else {
        report("a colon is expected behind the instance's name", at: ahead.position)
        return nil
      }
      value = literal.scalar(type, ArraySlice(text.utf8), isQuoted: true, at: range.lowerBound)
    } else {
      if let space = range.first(where: { LiteralReader.isSpace(literal.bytes[$0]) }) {
        report(
          "an instance's name with a space in it must be quoted: \(SpecText.quote(literal.text(range)))",
          at: range.lowerBound, notes: ["the first word is '\(literal.text(range.lowerBound..<space))'"])
        return nil
      }
      value = literal.scalar(type, literal.bytes[range], isQuoted: false, at: range.lowerBound)
    }
    literal.mark(range)
    return value.flatMap { known(aggregate, $0, at: range.lowerBound) }
  }

  private func known(_ aggregate: Int, _ identity: DynamicValue, at offset: Int) -> StreamPrefix? {
    guard let reference = model.stream(of: aggregate, identity: identity) else {
      report("this cannot be the name of an instance", at: offset)
      return nil
    }
    return .known(reference)
  }

  /// The stream of a message; the outer nil where it is wrong, which is reported, the inner one for a message under Then
  /// that may be in any stream.
  mutating func target(
    _ aggregate: Int, _ prefix: StreamPrefix, _ identity: StatedIdentity, at name: Int
  ) -> StreamTarget?? {
    if case .known(let reference) = prefix {
      if case .value(let value, let location) = identity, let text = value.streamText,
        model.stream(of: aggregate, identity: value)?.stream != reference.stream
      {
        let stated = model.stream(of: aggregate, identity: value)?.displayName ?? text
        literal.reading.report(
          "the identity is '\(stated)', but the step names the stream of '\(reference.displayName)'", at: location)
        return .none
      }
      scope.add(reference)
      return .some(.known(reference))
    }
    if case .bound(_, let bound) = prefix { return .some(.bound(aggregate: aggregate, name: bound)) }
    switch identity {
    case .value(let value, let location):
      guard let reference = model.stream(of: aggregate, identity: value) else {
        literal.reading.report("this cannot be the identity of an instance", at: location)
        return .none
      }
      scope.add(reference)
      return .some(.known(reference))
    case .bound(let bound): return .some(.bound(aggregate: aggregate, name: bound))
    case .open where isOutcome: return .some(nil)
    case .open, .none: break
    }
    guard let reference = implied(aggregate, at: name) else { return .none }
    return .some(.known(reference))
  }

  /// The stream of an aggregate that a step means when it names none.
  mutating func implied(_ aggregate: Int, at offset: Int) -> StreamReference? {
    if let meant = scope.meantStream(of: aggregate) { return meant }
    let named = scope.streams(of: aggregate)
    guard let described = model.aggregate(aggregate) else { return nil }
    if !named.isEmpty {
      reportAmbiguous(named, at: offset)
      return nil
    }
    guard let reference = unnamedStream(of: described) else {
      report(
        "say which \(described.name): its identity is \(described.identityType.expectation), so it has no name of its own",
        at: offset, notes: ["begin with the instance, as in: \(described.name) 1: …"])
      return nil
    }
    scope.add(reference)
    return reference
  }

  /// The stream of an aggregate that nobody named; nil where its identity can have no name.
  private func unnamedStream(of described: AggregateModel) -> StreamReference? {
    let name = described.defaultInstance
    let identity: DynamicValue?
    switch described.identityType.unwrapped {
    case .uuid: identity = .uuid(model.names.identity(named: name))
    case .string: identity = .string(name)
    case .text(let schema): identity = schema.read(name)
    default: identity = nil
    }
    return identity.flatMap { model.stream(of: described.index, identity: $0) }
  }

  /// Takes the stream for named that a step which cannot be read most likely speaks of, so that the steps behind it do not
  /// complain of its absence.
  mutating func assumeStream() {
    guard let aggregate = literal.reading.meantAggregate, scope.streams(of: aggregate).isEmpty,
      let described = model.aggregate(aggregate), let reference = unnamedStream(of: described)
    else { return }
    scope.add(reference)
  }

  private func reportAmbiguous(_ streams: [StreamReference], at offset: Int) {
    let text = SpecText(model)
    let choices = streams.map { stream in
      (model.aggregate(stream.aggregate)?.name ?? "") + " " + text.instance(stream.displayName)
    }
    report(
      "several streams have been named: \(choices.joined(separator: ", ")); say which", at: offset,
      notes: ["begin the step with the stream, as in: \(choices.first ?? ""): …"])
  }

  /// The stream that `state` and `version` speak of.
  mutating func stateTarget(_ prefix: StreamPrefix, at offset: Int) -> StreamTarget? {
    switch prefix {
    case .known(let reference):
      scope.add(reference)
      return .known(reference)
    case .bound(let aggregate, let name): return .bound(aggregate: aggregate, name: name)
    case .aggregate(let aggregate): return implied(aggregate, at: offset).map { .known($0) }
    case .none: break
    }
    if let focus = scope.focus { return .known(focus) }
    if let only = scope.onlyStream { return .known(only) }
    if scope.count > 0 {
      reportAmbiguous(scope.streams, at: offset)
      return nil
    }
    guard let only = model.aggregates.first, model.aggregates.count == 1 else {
      report(
        "no stream has been named so far; say which aggregate is meant", at: offset,
        notes: ["begin with one of " + model.aggregates.map { $0.name + ": …" }.joined(separator: ", ")])
      return nil
    }
    return implied(only.index, at: offset).map { .known($0) }
  }
}
