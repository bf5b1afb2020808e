import EventSourcing

extension StepReader {
  /// Reads an event, a command or a view at the cursor.
  mutating func message(_ prefix: StreamPrefix) -> StepAction? {
    let start = literal.position
    var (name, suffix) = messageName()
    if isOutcome || role == nil, let action = view(prefix, name) { return action.action }
    let found = find(name, prefix, kinds: [.event, .command])
    guard let message = found else { return nil }
    decide(message.kind == .event ? .given : .when)
    if isMeanwhile { literal.reading.isOutcome = false }
    if isOutcome {
      suffix.map { report("only a command under Given or When takes retries or a version", at: $0.lowerBound) }
      guard let patterns = patterns(message, prefix, at: start), expectEnd() else { return nil }
      return message.kind == .event ? .expectEvents(patterns) : .expectCommands(patterns)
    }
    let templates = templates(message, prefix, name: name)
    if suffix == nil {
      literal.skipSpace()
      suffix = literal.isAtEnd ? nil : literal.position..<literal.bytes.count
    }
    let options = commandOptions(suffix, message)
    guard let templates, let options else { return nil }
    if message.kind == .event { return .record(templates) }
    return .execute(
      templates.map { CommandTemplate(message: $0, retries: options.retries, expectedVersion: options.version) })
  }

  /// The range of the message's name, and what is read from the end of a step without parentheses.
  private mutating func messageName() -> (name: Range<Int>, suffix: Range<Int>?) {
    let start = literal.position
    while let byte = literal.byte, byte != UInt8(ascii: "(") {
      if byte == UInt8(ascii: "\"") { literal.skipQuoted() }
      literal.position += 1
    }
    literal.position = min(literal.position, literal.bytes.count)
    var name = literal.trimmed(start..<literal.position)
    guard literal.isAtEnd else { return (name, nil) }
    let end = name.upperBound
    while let before = optionStart(name) { name = literal.trimmed(name.lowerBound..<before) }
    return (name, name.upperBound < end ? literal.trimmed(name.upperBound..<end) : nil)
  }

  /// Where `with N retries` or `at version N` starts with which the range ends.
  private func optionStart(_ range: Range<Int>) -> Int? {
    var words: [Range<Int>] = []
    var end = range.upperBound
    while words.count < 3, end > range.lowerBound {
      let trimmed = literal.trimmed(range.lowerBound..<end)
      var start = trimmed.upperBound
      while start > trimmed.lowerBound, !LiteralReader.isSpace(literal.bytes[start - 1]) { start -= 1 }
      words.append(start..<trimmed.upperBound)
      end = start
    }
    guard words.count == 3, end > range.lowerBound else { return nil }
    let texts = words.map { literal.text($0).lowercased() }
    if texts[2] == "with", texts[0] == "retry" || texts[0] == "retries" { return words[2].lowerBound }
    if texts[2] == "at", texts[1] == "version" { return words[2].lowerBound }
    return nil
  }

  /// Reads `with N retries` and `at version N`.
  private mutating func commandOptions(
    _ range: Range<Int>?, _ message: MessageName
  ) -> (retries: Int, version: Int?)? {
    guard let range else { return (0, nil) }
    literal.position = range.lowerBound
    if message.kind == .event {
      let rest = literal.text(range)
      let isOption = rest.lowercased().hasPrefix("with ") || rest.lowercased().hasPrefix("at version")
      report(
        isOption ? "only a command takes retries or a version" : "nothing may stand here; found '\(rest.prefix(60))'",
        at: range.lowerBound)
      return nil
    }
    var retries: Int?
    var version: Int?
    while !isAtEnd {
      literal.skipSpace()
      let start = literal.position
      if take("with"), retries == nil, let count = wholeNumber("retries"), take("retry") || take("retries") {
        retries = count
      } else {
        literal.position = start
        if take("at version"), version == nil, let count = wholeNumber("version") {
          version = count
        } else {
          report(
            "expected 'with N retries' or 'at version N'; found '\(literal.text(start..<literal.bytes.count).prefix(60))'",
            at: start)
          return nil
        }
      }
    }
    return (retries ?? 0, version)
  }

  private mutating func wholeNumber(_ field: String) -> Int? {
    literal.skipSpace()
    let start = literal.position
    while let byte = literal.byte, !LiteralReader.isSpace(byte) { literal.position += 1 }
    guard let number = Int(literal.text(start..<literal.position)), number >= 0 else { return nil }
    literal.path = [.name(field)]
    literal.mark(start..<literal.position)
    literal.path = []
    return number
  }

  // MARK: Names

  /// Finds the message of a name; nil where there is none or several, which is reported.
  func find(_ range: Range<Int>, _ prefix: StreamPrefix, kinds: MessageKinds) -> MessageName? {
    guard !range.isEmpty else {
      report("the name of \(Self.words(kinds)) is expected", at: literal.position)
      return nil
    }
    var aggregate = prefix.aggregate
    var wanted = kinds
    var name = range
    if let dot = range.first(where: { literal.bytes[$0] == UInt8(ascii: ".") }) {
      let qualifier = literal.trimmed(range.lowerBound..<dot)
      guard let found = model.aggregatesByName[literal.bytes[qualifier]].first else {
        report(
          "no aggregate is called '\(literal.text(qualifier))'", at: qualifier.lowerBound,
          suggestion: NearestName.nearest(to: literal.text(qualifier), among: model.aggregates.map(\.name)))
        return nil
      }
      if let aggregate, aggregate != found {
        report(
          "the step names the aggregate \(model.aggregate(aggregate)?.name ?? ""), but the message is one of "
            + (model.aggregate(found)?.name ?? ""), at: qualifier.lowerBound)
        return nil
      }
      aggregate = found
      name = literal.trimmed(dot + 1..<range.upperBound)
      if let second = name.first(where: { literal.bytes[$0] == UInt8(ascii: ".") }),
        let kind = MessageName.Kind(rawValue: literal.text(literal.trimmed(name.lowerBound..<second)).lowercased())
      {
        wanted = MessageKinds(kind)
        name = literal.trimmed(second + 1..<name.upperBound)
      }
    }
    let named = model.messages[literal.bytes[name]]
    if let only = named.first, named.count == 1, wanted.contains(only.kind),
      aggregate == nil || only.aggregate == aggregate
    {
      literal.reading.meantAggregate = only.aggregate
      return only
    }
    let all = named.filter { aggregate == nil || $0.aggregate == aggregate }
    let candidates = all.filter { wanted.contains($0.kind) }
    if let only = candidates.first, candidates.count == 1 { return only }
    if candidates.isEmpty { return reportUnknown(name, all, aggregate, kinds: wanted) }
    if wanted == .error, Set(candidates.map { model.aggregate($0.aggregate)?.errorType }).count == 1 {
      return candidates.first
    }
    let choices = candidates.map { candidate in
      let kind =
        candidates.filter { $0.aggregate == candidate.aggregate }.count > 1 ? candidate.kind.rawValue + "." : ""
      let model = self.model.message(candidate.kind, aggregate: candidate.aggregate, caseIndex: candidate.caseIndex)
      return (self.model.aggregate(candidate.aggregate)?.name ?? "") + "." + kind + (model?.displayName ?? "")
    }
    report("'\(literal.text(name))' could be \(choices.joined(separator: " or ")); say which", at: range.lowerBound)
    return nil
  }

  private func reportUnknown(
    _ name: Range<Int>, _ others: [MessageName], _ aggregate: Int?, kinds: MessageKinds
  ) -> MessageName? {
    let text = literal.text(name)
    let owner = aggregate.flatMap { model.aggregate($0)?.name }.map { " of \($0)" } ?? ""
    if let other = others.first {
      switch other.kind {
      case .error where isOutcome:
        report("'\(text)' is an error: write 'error \(model.displayName(other))'", at: name.lowerBound)
      case .error:
        report("'\(text)' is an error, which can only be looked for under Then: error \(text)", at: name.lowerBound)
      default:
        report(
          "'\(text)' is \(Self.words(MessageKinds(other.kind)))\(owner), no \(Self.bare(kinds))", at: name.lowerBound)
      }
      return nil
    }
    if !isOutcome, let view = model.viewsByName[literal.bytes[name]].first ?? viewBeforeFor(name) {
      report("'\(model.views[view].name)' is a view, which can only be looked at under Then", at: name.lowerBound)
      return nil
    }
    let shown = text.count > 80 ? text.prefix(80) + "…" : text[...]
    let suggestion = nearest(to: text, in: aggregate, kinds: kinds)
    literal.reading.meantAggregate = aggregate ?? suggestion.flatMap { model.messages[$0.utf8].first?.aggregate }
    var notes: [String] = []
    if kinds == .error, model.aggregates.allSatisfy(\.errors.isEmpty) {
      let example = model.aggregates.first?.name ?? "Order"
      notes = ["no aggregate says which errors it has: 'public typealias Failure = \(example)Error' in \(example) does"]
    }
    report(
      "the domain has no \(Self.bare(kinds))\(owner) called '\(shown)'", at: name.lowerBound, suggestion: suggestion,
      notes: notes)
    return nil
  }

  /// The name that was most likely meant: of what mostly stands under such a keyword, else of anything that may, else the
  /// beginning of a phrase.
  private func nearest(to text: String, in aggregate: Int?, kinds: MessageKinds) -> String? {
    let usual: MessageKinds = role == .when ? .command : .event
    if kinds.contains(usual), let name = model.nearest(to: text, of: usual, in: aggregate) { return name }
    if let name = model.nearest(
      to: text, of: kinds, in: aggregate, includesViews: isOutcome && kinds.contains(MessageKinds.event))
    {
      return name
    }
    guard aggregate == nil, kinds != .error else { return nil }
    let phrases = isOutcome ? StepPhrase.outcomes : StepPhrase.history
    return phrases.first { NearestName.nearest(to: Self.beginning(of: text, like: $0), among: [$0]) != nil }
  }

  /// As many words of a text as a phrase has.
  private static func beginning(of text: String, like phrase: String) -> String {
    text.split(separator: " ").prefix(phrase.split(separator: " ").count).joined(separator: " ")
  }

  private func viewBeforeFor(_ name: Range<Int>) -> Int? {
    forWord(name).flatMap { model.viewsByName[literal.bytes[literal.trimmed(name.lowerBound..<$0.lowerBound)]].first }
  }

  static func words(_ kinds: MessageKinds) -> String { (kinds == .command ? "a " : "an ") + bare(kinds) }

  static func bare(_ kinds: MessageKinds) -> String {
    [MessageName.Kind.event, .command, .error].filter { kinds.contains($0) }.map(\.rawValue).joined(separator: " or ")
  }

  /// Where the last word `for` stands in a name.
  func forWord(_ range: Range<Int>) -> Range<Int>? {
    var index = range.lowerBound
    var isQuoted = false
    while index < range.upperBound {
      let byte = literal.bytes[index]
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, index > range.lowerBound, LiteralReader.isSpace(literal.bytes[index - 1]),
        literal.starts(with: "for", at: index), literal.byte(at: index + 3).map(LiteralReader.isSpace) ?? true
      {
        return index..<index + 3
      }
      index += 1
    }
    return nil
  }

  // MARK: Messages to be made

  /// Reads the messages that a step gives.
  private mutating func templates(_ message: MessageName, _ prefix: StreamPrefix, name: Range<Int>)
    -> [MessageTemplate]?
  {
    guard let described = model.message(message.kind, aggregate: message.aggregate, caseIndex: message.caseIndex) else {
      return nil
    }
    var result: [MessageTemplate] = []
    var isRead = true
    let before = literal.reading.diagnostics.count
    let reading = literal.reading
    readBodies(described) { step, body in
      guard let template = step.template(message, described, prefix, &body, at: name) else {
        isRead = false
        return
      }
      result.append(template)
    }
    if !reading.hasUnknownField, !reading.missing.isEmpty {
      var listed: [String] = []
      for missing in reading.missing where !listed.contains(missing) { listed.append(missing) }
      let types = listed.map { path in
        described.fields.fields.first { $0.name == path }.map { "\(path) (\($0.type.expectation))" } ?? path
      }
      report("\(described.displayName) needs " + types.joined(separator: ", "), at: name.lowerBound)
    }
    return isRead && reading.diagnostics.count == before ? result : nil
  }

  private mutating func template(
    _ message: MessageName, _ described: CaseModel, _ prefix: StreamPrefix, _ body: inout MessageBody,
    at name: Range<Int>
  ) -> MessageTemplate? {
    var identity = StatedIdentity.none
    if let index = described.identityIndex, body.builder.isClaimed(index) {
      switch body.builder.value(index) {
      case .constant(let value)? where value != .null:
        identity = .value(value, body.identityLocation ?? source.location)
      case .bound(let bound, _)?: identity = .bound(bound)
      case nil: return body.builder.build(literal.reading, path: []).flatMap { _ in nil }
      default: break
      }
    }
    let target = target(message.aggregate, prefix, identity, at: name.lowerBound)
    if let index = described.identityIndex, !body.builder.isClaimed(index),
      let aggregate = model.aggregate(message.aggregate)
    {
      switch target {
      case .some(.some(.known(let reference))):
        body.builder.fill(index, .constant(aggregate.identity(of: reference) ?? .null))
      case .some(.some(.bound(_, let bound))):
        body.builder.fill(index, .bound(name: bound, type: aggregate.identityType))
      default:
        // What is wrong with the stream is reported; that the identity is missing is no news.
        body.builder.fill(index, .constant(.null))
      }
    }
    let payload = body.builder.build(literal.reading, path: [])
    guard let payload, case .some(.some(let stream)) = target else { return nil }
    let kind: MessageTemplate.Kind = message.kind == .event ? .event : .command
    var decoded: (any DomainMessage)?
    if case .constant(.record(let record)) = payload, let aggregate = model.aggregate(message.aggregate) {
      do {
        decoded = try aggregate.decode(kind, message.caseIndex, record)
      } catch {
        report("\(described.displayName) cannot be made of these values: \(error)", at: name.lowerBound)
        return nil
      }
    }
    return MessageTemplate(
      kind: kind, aggregate: message.aggregate, caseIndex: message.caseIndex, target: stream, payload: payload,
      message: decoded, location: literal.location(name.lowerBound))
  }

  // MARK: Messages to be looked for

  /// Reads the messages that a step looks for; the cursor stands behind the name.
  mutating func patterns(_ message: MessageName, _ prefix: StreamPrefix, at name: Int) -> [MessagePattern]? {
    guard let described = model.message(message.kind, aggregate: message.aggregate, caseIndex: message.caseIndex) else {
      return nil
    }
    var result: [MessagePattern] = []
    var isRead = true
    readBodies(described) { step, body in
      guard let pattern = step.pattern(message, described, prefix, &body, at: name) else {
        isRead = false
        return
      }
      result.append(pattern)
    }
    return isRead && literal.reading.diagnostics.isEmpty ? result : nil
  }

  private mutating func pattern(
    _ message: MessageName, _ described: CaseModel, _ prefix: StreamPrefix, _ body: inout MessageBody, at name: Int
  ) -> MessagePattern? {
    guard !body.collector.isBroken else { return nil }
    var fields: [FieldPattern] = []
    swap(&fields, &body.collector.fields)
    var identity = StatedIdentity.none
    var identityName: String?
    if let index = described.identityIndex, described.fields.fields.indices.contains(index) {
      let field = described.fields.fields[index].name
      identityName = field
      if let stated = fields.first(where: { $0.path == [.field(field)] }) {
        switch stated.pattern {
        case .exact(.constant(let value)) where value != .null: identity = .value(value, stated.location)
        case .exact(.bound(let bound, _)): identity = .bound(bound)
        case .named(let bound) where body.boundBefore.contains(bound): identity = .bound(bound)
        default: identity = .open
        }
        identityName = nil
      }
    }
    guard case .some(let target) = target(message.aggregate, prefix, identity, at: name) else { return nil }
    if let identityName, let target, let aggregate = model.aggregate(message.aggregate) {
      let value: ValueTemplate? =
        switch target {
        case .known(let reference): aggregate.identity(of: reference).map { .constant($0) }
        case .bound(_, let bound): .bound(name: bound, type: aggregate.identityType)
        }
      if let value {
        let text: String
        switch target {
        case .known(let reference): text = SpecText(model).instance(reference.displayName)
        case .bound(_, let bound): text = "$" + bound
        }
        fields.insert(
          FieldPattern(
            path: [.field(identityName)], type: aggregate.identityType, pattern: .exact(value),
            location: literal.location(name), text: text), at: 0)
      }
    }
    return MessagePattern(
      kind: message.kind == .command ? .command : .event, aggregate: message.aggregate, caseIndex: message.caseIndex,
      stream: target, fields: fields, isOpen: body.isOpen, location: literal.location(name))
  }
}

extension AggregateModel {
  /// The identity of a stream in coded form.
  func identity(of reference: StreamReference) -> DynamicValue? {
    if let identity = reference.identity { return identity }
    let text = String(reference.stream.text.dropFirst(category.count + 1))
    switch identityType.unwrapped {
    case .uuid: return UUID(uuidString: text).map { .uuid($0) }
    case .integer: return Int64(text).map { .integer($0) } ?? UInt64(text).map { .unsigned($0) }
    case .text(let schema): return schema.read(text) ?? .string(text)
    default: return .string(text)
    }
  }
}
