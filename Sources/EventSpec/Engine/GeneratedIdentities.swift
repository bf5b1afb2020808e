package import EventSourcing
import Synchronization

/// Where the new ids of a scenario come from: `generated-1` and so on, the same in every run.
package struct GeneratedIdentities: Sendable {
  /// How ids are made.
  package enum Source: Sendable {
    /// Names that count up, passing over those that the scenario has used itself.
    case counting(IdentityNames)
    /// The environment's own, as for a stream that outlives the scenario.
    case environment(Environment)
  }

  let source: Source
  /// The number of ids that have been made.
  private(set) var count = 0
  /// Ids that must not be made since the scenario speaks of them.
  var reserved: ReservedIdentities

  init(_ source: Source) {
    self.source = source
    reserved = ReservedIdentities()
  }

  /// A fresh id.
  mutating func next() -> UUID {
    switch source {
    case .environment(let environment): return environment.newID()
    case .counting(let names):
      while true {
        count += 1
        let identity = names.identity(named: "generated-\(count)")
        if !reserved.contains(identity) { return identity }
      }
    }
  }
}

/// The ids that the scenario's own steps have named, looked through only when an id is made.
struct ReservedIdentities: Sendable {
  private var messages: [CodedMessage] = []
  private var values: [ValueTemplate] = []

  mutating func insert(_ message: CodedMessage) { messages.append(message) }
  mutating func insert(_ value: ValueTemplate) { values.append(value) }

  func contains(_ identity: UUID) -> Bool {
    values.contains { Self.mentions($0, identity) }
      || messages.contains { Self.mentions(.record($0.coded), identity) }
  }

  private static func mentions(_ template: ValueTemplate, _ identity: UUID) -> Bool {
    switch template {
    case .constant(let value): mentions(value, identity)
    case .array(let elements): elements.contains { mentions($0, identity) }
    case .record(let fields): fields.contains { mentions($0.value, identity) }
    default: false
    }
  }

  private static func mentions(_ value: DynamicValue, _ identity: UUID) -> Bool {
    switch value {
    case .uuid(let value): value == identity
    case .array(let values): values.contains { mentions($0, identity) }
    case .record(let record): record.fields.contains { mentions($0.value, identity) }
    default: false
    }
  }
}

/// Hands ids to a decision, which may ask for them from wherever it likes, and the same ones to its repetitions.
final class IdentityDispenser: Sendable {
  private struct Content: Sendable {
    var identities: GeneratedIdentities
    var given: [UUID] = []
    var index = 0
  }

  private let content: Mutex<Content>

  init(_ identities: GeneratedIdentities) { content = Mutex(Content(identities: identities)) }

  /// A fresh id, or the one that the decision before this got at the same place.
  func next() -> UUID {
    content.withLock { content in
      if content.index == content.given.count { content.given.append(content.identities.next()) }
      content.index += 1
      return content.given[content.index - 1]
    }
  }

  /// Starts over for a repetition of the decision.
  func rewind() { content.withLock { $0.index = 0 } }

  /// Where the next decision's ids come from.
  var rest: GeneratedIdentities { content.withLock { $0.identities } }
}
