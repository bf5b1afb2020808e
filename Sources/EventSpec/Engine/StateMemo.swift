/// The states that have been reached before, by the state before them and the event between, and the events that were
/// decided before, by the state and the command.
final class StateMemo: Sendable {
  private struct Edge: Hashable, Sendable {
    let from: ObjectIdentifier
    let message: ObjectIdentifier

    init(_ from: StateNode, _ message: CodedMessage) {
      self.from = ObjectIdentifier(from)
      self.message = ObjectIdentifier(message)
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(UInt(bitPattern: from) &* 31 ^ UInt(bitPattern: message))
    }
  }

  /// An edge keeps both its ends alive, so that their addresses name nothing else while it is known.
  private struct Target: Sendable {
    let from: StateNode
    let event: CodedMessage
    let node: StateNode
  }

  private let known = Memo<Edge, Target>(capacity: 8_192)

  /// The state behind one more event, made where it has not been reached before.
  func next(_ node: StateNode, _ event: CodedMessage, make: () -> StateNode) -> StateNode {
    let edge = Edge(node, event)
    if let target = known[edge] { return target.node }
    return known.keep(Target(from: node, event: event, node: make()), for: edge).node
  }

  /// What the command came to the last time.
  private struct Decided: Sendable {
    let from: StateNode
    let command: CodedMessage
    let events: [CodedMessage]
  }

  private let decided = Memo<Edge, Decided>(capacity: 8_192)

  /// The events that the command led to the last time; it may lead to others this time.
  func lastEvents(_ node: StateNode, _ command: CodedMessage) -> [CodedMessage] {
    decided[Edge(node, command)]?.events ?? []
  }

  /// Notes the events that a command led to.
  func note(_ events: [CodedMessage], _ node: StateNode, _ command: CodedMessage) {
    decided.replace(Decided(from: node, command: command, events: events), for: Edge(node, command))
  }
}
