import EventSourcing

extension ScenarioEngine {
  var specText: SpecText { SpecText(runtime.model) }

  /// A stream as people call it: `Order o2`.
  func display(_ reference: StreamReference) -> String {
    "\(runtime.aggregates[reference.aggregate].name) \(reference.displayName)"
  }

  /// A message's name with its aggregate where the name alone would not do.
  func name(_ pattern: MessagePattern) -> String {
    runtime.model.displayName(
      MessageName(kind: .init(pattern.kind), aggregate: pattern.aggregate, caseIndex: pattern.caseIndex))
  }

  /// A command's name.
  func commandName(_ command: CodedMessage) -> String {
    runtime.model.displayName(
      MessageName(kind: .command, aggregate: command.aggregate, caseIndex: command.caseIndex))
  }

  /// An event's name.
  func eventName(_ event: CodedMessage) -> String {
    runtime.model.displayName(MessageName(kind: .event, aggregate: event.aggregate, caseIndex: event.caseIndex))
  }

  /// A declared error's name.
  func errorName(aggregate: Int, caseIndex: Int) -> String {
    runtime.model.displayName(MessageName(kind: .error, aggregate: aggregate, caseIndex: caseIndex))
  }

  /// What is stated of a message, as written.
  func text(_ pattern: MessagePattern) -> String {
    var parts = pattern.fields.map { "\(PatternMatcher.text(of: $0.path)): \($0.text)" }
    if pattern.isOpen { parts.append("...") }
    return parts.isEmpty ? name(pattern) : "\(name(pattern))(\(parts.joined(separator: ", ")))"
  }

  /// A message as one would write it in a spec, behind its stream where the aggregate has several.
  func render(_ message: CodedMessage, _ kind: MessageName.Kind, in stream: StreamReference) -> String {
    let written = specText.message(
      MessageName(kind: kind, aggregate: message.aggregate, caseIndex: message.caseIndex), message.coded)
    let isAlone = streams.slots.filter { $0.reference.aggregate == stream.aggregate }.count <= 1
    return isAlone ? written : "\(display(stream)): \(written)"
  }

  /// An issued command as one would write it in a spec.
  func render(_ issued: IssuedMessage) -> String { render(issued.command, .command, in: issued.stream) }

  /// A value as one would write it in a spec.
  func render(_ value: DynamicValue, _ type: TypeSchema? = nil) -> String {
    type.map { specText.render(value, $0) } ?? specText.untyped(value)
  }

  /// States as people read them.
  func describe(_ slots: [StreamSlot]) -> [StateDescription] {
    slots.compactMap { slot in
      guard case .record(let state)? = try? runtime.aggregates[slot.reference.aggregate].coded(slot.node) else {
        return nil
      }
      let schema = runtime.aggregates[slot.reference.aggregate].schema.state
      let fields = if case .record(let record) = schema { record.fields } else { [FieldSchema]() }
      return StateDescription(
        stream: display(slot.reference), version: slot.version,
        fields: state.fields.map { field in
          (name: field.name, value: render(field.value, fields.first { $0.name == field.name }?.type))
        })
    }
  }
}

extension MessageName.Kind {
  init(_ kind: MessageTemplate.Kind) { self = kind == .event ? .event : .command }
}
