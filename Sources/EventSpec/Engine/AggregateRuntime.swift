package import EventSourcing

/// An aggregate of the domain as the engine sees it: messages, states and decisions without their types.
///
/// There is one per aggregate and domain; everything behind it is generic.
package protocol AggregateRuntime: AnyObject, Sendable {
  /// The aggregate's index in the domain.
  var index: Int { get }
  /// The aggregate's name.
  var name: String { get }
  /// The aggregate's type.
  var type: any Aggregate.Type { get }
  /// Its fields, messages and errors.
  var schema: AggregateSchema { get }
  /// The state before the first event.
  var initial: StateNode { get }

  /// The command or event of a case with a payload in coded form.
  func message(_ kind: MessageTemplate.Kind, caseIndex: Int, payload: DynamicRecord) throws -> CodedMessage
  /// The command or event with its coded form.
  func message(_ kind: MessageTemplate.Kind, _ message: any DomainMessage) throws -> CodedMessage
  /// The state behind one more event.
  func next(_ node: StateNode, _ event: CodedMessage) -> StateNode
  /// The state behind some stored events, of which only the last state is checked.
  func next(_ node: StateNode, folding envelopes: [EventEnvelope]) throws -> StateNode
  /// The identity in a stream's name; nil where it holds none.
  func identity(of stream: StreamName) -> (any StreamIdentity)?
  /// Decides a command, several times over.
  func decide(_ node: StateNode, _ command: CodedMessage, identity: any StreamIdentity, context: DecisionContext)
    -> Decision
  /// The events that a stored event stands for today.
  func events(of envelope: EventEnvelope) throws -> [CodedMessage]
  /// The event on its way into a store.
  func newEvent(_ event: CodedMessage, id: UUID, occurredAt: Date, metadata: Metadata) throws -> NewEvent
  /// The state with its derived values in coded form.
  func coded(_ node: StateNode) throws -> DynamicValue
  /// The case and payload of one of the aggregate's declared errors; nil for any other error.
  func declaredError(_ error: any Error) -> (caseIndex: Int, payload: DynamicRecord)?
  /// The typed state, for checks in Swift.
  func state(_ node: StateNode) -> (any Aggregate)?
}

/// What is behind ``AggregateRuntime`` for one type.
package final class TypedAggregateRuntime<A: Aggregate>: AggregateRuntime {
  private final class Identity: StreamIdentity {
    let value: A.ID
    init(_ value: A.ID) { self.value = value }
  }

  package let index: Int
  package let schema: AggregateSchema
  package let name = A.name
  private let events: MessageRuntime<A.Event>
  private let commands: MessageRuntime<A.Command>
  private let failures = MessageCodec<A.Failure>()
  private let eventCodec = EventCodec<A>()
  private let states: StateRuntime<A>
  private let identities = Memo<StreamName, Identity>(capacity: 4_096)
  private let prefix = A.streamCategory + "-"
  private let difference: ValueDifference

  private let nodeClass = ExactClass<TypedState<A>>()
  private let eventClass = ExactClass<TypedMessage<A.Event>>()
  private let commandClass = ExactClass<TypedMessage<A.Command>>()
  private let identityClass = ExactClass<Identity>()

  package init(index: Int, schema: AggregateSchema, model: DomainModel) {
    self.index = index
    self.schema = schema
    difference = ValueDifference(model)
    events = MessageRuntime(aggregate: index, difference)
    commands = MessageRuntime(aggregate: index, difference)
    states = StateRuntime(difference)
  }

  package var type: any Aggregate.Type { A.self }
  package var initial: StateNode { states.initial }

  // MARK: Messages

  package func message(_ kind: MessageTemplate.Kind, caseIndex: Int, payload: DynamicRecord) throws -> CodedMessage {
    switch kind {
    case .event: try events.message(caseIndex: caseIndex, payload: payload)
    case .command: try commands.message(caseIndex: caseIndex, payload: payload)
    }
  }

  package func message(_ kind: MessageTemplate.Kind, _ message: any DomainMessage) throws -> CodedMessage {
    switch kind {
    case .event:
      guard let event = try events.message(erased: message) else {
        throw EngineError.foreignMessage(message, of: A.self)
      }
      return event
    case .command:
      guard let command = try commands.message(erased: message) else {
        throw EngineError.foreignMessage(message, of: A.self)
      }
      return command
    }
  }

  package func events(of envelope: EventEnvelope) throws -> [CodedMessage] {
    try eventCodec.decode(envelope).map { try events.message($0) }
  }

  package func newEvent(_ event: CodedMessage, id: UUID, occurredAt: Date, metadata: Metadata) throws -> NewEvent {
    guard let event = event as? TypedMessage<A.Event> else {
      throw EngineError.foreignMessage(event.erased, of: A.self)
    }
    return try eventCodec.newEvent(event.value, id: id, occurredAt: occurredAt, metadata: metadata)
  }

  package func declaredError(_ error: any Error) -> (caseIndex: Int, payload: DynamicRecord)? {
    guard let error = error as? A.Failure, let payload = try? failures.encode(error) else { return nil }
    return (failures.caseIndex(of: error), payload)
  }

  package func identity(of stream: StreamName) -> (any StreamIdentity)? {
    if let known = identities[stream] { return known }
    guard stream.text.hasPrefix(prefix),
      let id = A.ID(streamText: String(stream.text.dropFirst(prefix.count)))
    else { return nil }
    return identities.keep(Identity(id), for: stream)
  }

  // MARK: States

  package func next(_ node: StateNode, _ event: CodedMessage) -> StateNode {
    guard let typed = nodeClass(node), let event = eventClass(event) else { return node }
    let known = node.next { other in
      guard let other = eventClass(other) else { return false }
      return events.haveSameBytes(other.value, event.value)
    }
    if let known { return known }
    let next = states.next(typed, event)
    node.keep(next, behind: event)
    return next
  }

  package func next(_ node: StateNode, folding envelopes: [EventEnvelope]) throws -> StateNode {
    guard let node = nodeClass(node) else { return node }
    let decoded = try envelopes.flatMap { try eventCodec.decode($0) }
    guard let last = decoded.last else { return node }
    var state = node.state
    for event in decoded.dropLast() { state.apply(event) }
    let before = TypedState(
      state, restored: state, isStorable: false, replays: nil, depth: node.depth + decoded.count - 1, findings: [])
    return next(before, try events.message(last))
  }

  package func coded(_ node: StateNode) throws -> DynamicValue {
    guard let node = node as? TypedState<A> else { return .null }
    return try node.codedWithDerivedValues()
  }

  package func state(_ node: StateNode) -> (any Aggregate)? { (node as? TypedState<A>)?.state }

  // MARK: Decisions

  package func decide(
    _ node: StateNode, _ command: CodedMessage, identity: any StreamIdentity, context: DecisionContext
  ) -> Decision {
    guard let node = nodeClass(node), let command = commandClass(command), let identity = identityClass(identity)
    else {
      return Decision(
        events: [], error: EngineError.foreignMessage(command.erased, of: A.self), identities: context.identities,
        findings: [])
    }
    let dispenser = IdentityDispenser(context.identities)
    let commandContext = A.Context(
      id: identity.value, now: context.now, metadata: context.metadata, identities: { dispenser.next() })
    let first = attempt(command.value, on: node.state, in: commandContext)
    var decision = Decision(
      events: [], error: first.error, identities: dispenser.rest, findings: command.findings)
    // To ask whether it is empty would look up what kind of collection it is.
    if first.events.count > 0 { encode(first.events, into: &decision) }
    // The same again from each snapshot that is not known to be the very same state: that settles both whether the
    // decision depends on something hidden, and whether a snapshot holds all that it depends on.
    if let replays = node.replays,
      let finding = difference(first, command, node, from: replays, in: commandContext, dispenser)
    {
      decision.findings.append(finding)
      return decision
    }
    dispenser.rewind()
    if !isSame(first, attempt(command.value, on: node.restored, in: commandContext)) {
      decision.findings.append(difference(first, command, node, in: commandContext, dispenser))
    }
    return decision
  }

  // What is seldom asked is kept out of the way above, which would look up its types each time.

  /// What is wrong where a decision comes to something else from an earlier snapshot; nil where it does not.
  @inline(never)
  private func difference(
    _ first: Attempt, _ command: TypedMessage<A.Command>, _ node: TypedState<A>, from replays: TypedState<A>.Replays,
    in context: A.Context, _ dispenser: IdentityDispenser
  ) -> Finding? {
    for replay in replays.all {
      dispenser.rewind()
      if isSame(first, attempt(command.value, on: replay.state, in: context)) { continue }
      return explain(first, command, node: node, replay, context: context, dispenser: dispenser)
    }
    return nil
  }

  /// What is wrong where a decision comes to something else from the snapshot of the state itself.
  @inline(never)
  private func difference(
    _ first: Attempt, _ command: TypedMessage<A.Command>, _ node: TypedState<A>, in context: A.Context,
    _ dispenser: IdentityDispenser
  ) -> Finding {
    let snapshot = node.isStorable ? TypedState<A>.Replay(version: node.depth, state: node.restored) : nil
    return explain(first, command, node: node, snapshot, context: context, dispenser: dispenser)
  }

  /// What one try came to: events, or an error and none.
  private typealias Attempt = (events: [A.Event], error: (any Error)?)

  private func attempt(_ command: A.Command, on state: A, in context: A.Context) -> Attempt {
    do { return (try state.handle(command, in: context), nil) } catch { return ([], error) }
  }

  private func encode(_ values: [A.Event], into decision: inout Decision) {
    decision.events.reserveCapacity(values.count)
    for value in values {
      do {
        let event = try events.message(value)
        if !event.findings.isEmpty { decision.findings += event.findings }
        decision.events.append(event)
      } catch {
        if let finding = events.unregistered(value) {
          decision.findings.append(finding)
          continue
        }
        decision.findings.append(
          Finding(
            .codecLoss, subject: A.name,
            message: "an event of \(A.name) cannot be stored: \(ErrorText.describe(error))"))
      }
    }
  }

  private func isSame(_ left: Attempt, _ right: Attempt) -> Bool {
    if let left = left.error, let right = right.error { return ErrorText.describe(left) == ErrorText.describe(right) }
    guard left.error == nil, right.error == nil, left.events.count == right.events.count else { return false }
    var index = 0
    while index < left.events.count {
      if !events.areEqual(left.events[index], right.events[index]) { return false }
      index += 1
    }
    return true
  }

  /// Whether something hidden is to blame, or the snapshot.
  private func explain(
    _ first: Attempt, _ command: TypedMessage<A.Command>, node: TypedState<A>, _ snapshot: TypedState<A>.Replay?,
    context: A.Context, dispenser: IdentityDispenser
  ) -> Finding {
    let name = commands.schema.cases[safe: command.caseIndex]?.name.capitalizedFirst ?? "the command"
    for _ in 0..<4 {
      dispenser.rewind()
      let again = attempt(command.value, on: node.state, in: context)
      if isSame(first, again) { continue }
      return Finding(
        .notDeterministic, subject: name,
        message: "\(name), decided twice on the same history, does not come to the same",
        comparison: comparison(first, again),
        notes: ["take the time, new ids and everything random from the context, not from Date(), UUID() or the like"])
    }
    dispenser.rewind()
    guard let snapshot else {
      return Finding(.notDeterministic, subject: name, message: "\(name) does not always come to the same")
    }
    return Finding(
      .snapshotDiffers, subject: name,
      message:
        "\(name) comes to something else when the state is loaded from a snapshot at version \(snapshot.version)",
      comparison: comparison(first, attempt(command.value, on: snapshot.state, in: context)),
      notes: ["a snapshot must hold everything that handle(_:in:) goes by"])
  }

  private func comparison(_ first: Attempt, _ second: Attempt) -> [ComparisonLine] {
    guard first.error == nil, second.error == nil else {
      return [ComparisonLine(.differs, label: "outcome", expected: outcome(first), actual: outcome(second))]
    }
    var lines: [ComparisonLine] = []
    for index in 0..<max(first.events.count, second.events.count) {
      lines += difference.eventLines(coded(first.events[safe: index]), coded(second.events[safe: index]))
    }
    return lines
  }

  private func coded(_ event: A.Event?) -> (name: String, payload: DynamicRecord)? {
    guard let event, let payload = try? events.codec.encode(event) else { return nil }
    return (events.schema.cases[safe: events.codec.caseIndex(of: event)]?.name.capitalizedFirst ?? "event", payload)
  }

  private func outcome(_ attempt: Attempt) -> String {
    attempt.error.map { "error \"\(ErrorText.describe($0))\"" } ?? count(attempt.events.count, "event")
  }
}

/// A class that has no subclasses, looked up once: that, and a dynamic cast all the more, costs more than what is done with
/// its objects.
private struct ExactClass<Object: AnyObject>: Sendable {
  private let id = ObjectIdentifier(Object.self)

  /// An object as one of the class; nil where it is of another.
  @inline(__always)
  func callAsFunction(_ object: AnyObject) -> Object? {
    ObjectIdentifier(type(of: object)) == id ? unsafeDowncast(object, to: Object.self) : nil
  }
}

extension Collection {
  /// The element at an index, nil where there is none.
  subscript(safe index: Index) -> Element? { indices.contains(index) ? self[index] : nil }
}
