import EventSourcing

extension StepResolver {
  /// Reads a message that is written in the plainest way; nil where reading takes more, and nothing has changed then.
  ///
  /// - Parameters:
  ///   - text: The step's text.
  ///   - role: Its role.
  ///   - place: Where the text begins in the file.
  mutating func readPlainly(_ text: ArraySlice<UInt8>, _ role: StepRole, at place: SpecLocation) -> StepAction? {
    guard !marksValues, !hasBindings, role != .then || (act.hasAct && !act.includesEvents),
      LiteralReader.isOneLineOfASCII(text)
    else { return nil }
    var reader = PlainReader(text, model.names)
    let name = reader.word()
    guard let message = model.plainMessage(text[name]), let stream = scope.meantStream(of: message.aggregate.index)
    else { return nil }
    reader.skipSpace()
    let closer: UInt8? = reader.byte == UInt8(ascii: "(") ? UInt8(ascii: ")") : nil
    if closer != nil { reader.position += 1 } else if !reader.isAtEnd { return nil }
    do {
      let action =
        role == .then
        ? try pattern(message, stream, &reader, until: closer, at: place)
        : try template(message, stream, &reader, until: closer, at: place)
      lastRole = role
      act.note(role, action, isMeanwhile: false)
      return action
    } catch {
      return nil
    }
  }

  private func template(
    _ message: PlainMessage, _ stream: StreamReference, _ reader: inout PlainReader, until closer: UInt8?,
    at place: SpecLocation
  ) throws -> StepAction {
    let identity = message.identityIndex.map { index in
      (index: index, value: message.aggregate.identity(of: stream) ?? .null)
    }
    let payload = try reader.record(message.fields, until: closer, identity: identity)
    reader.skipSpace()
    guard reader.isAtEnd else { throw NotPlain() }
    let template = MessageTemplate(
      kind: message.kind, aggregate: message.aggregate.index, caseIndex: message.caseIndex, target: .known(stream),
      payload: .constant(.record(payload)),
      message: try message.aggregate.decode(message.kind, message.caseIndex, payload), location: place)
    return message.kind == .event ? .record([template]) : .execute([CommandTemplate(message: template)])
  }

  private func pattern(
    _ message: PlainMessage, _ stream: StreamReference, _ reader: inout PlainReader, until closer: UInt8?,
    at place: SpecLocation
  ) throws(NotPlain) -> StepAction {
    var fields: [FieldPattern] = []
    fields.reserveCapacity(message.fields.fields.count)
    if let index = message.identityIndex, let identity = message.aggregate.identity(of: stream) {
      fields.append(
        FieldPattern(
          path: message.fields.fields[index].path, type: message.aggregate.identityType,
          pattern: .exact(.constant(identity)), location: place, text: SpecText(model).instance(stream.displayName)))
    }
    try reader.patterns(message.fields, until: closer, place, without: message.identityIndex, into: &fields)
    let isOpen = reader.hasRest
    reader.skipSpace()
    guard reader.isAtEnd else { throw NotPlain() }
    let pattern = MessagePattern(
      kind: message.kind, aggregate: message.aggregate.index, caseIndex: message.caseIndex, stream: .known(stream),
      fields: fields, isOpen: isOpen, location: place)
    return message.kind == .event ? .expectEvents([pattern]) : .expectCommands([pattern])
  }
}
