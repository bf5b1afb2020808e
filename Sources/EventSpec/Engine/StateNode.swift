import EventSourcing
import Synchronization

/// The state of an aggregate behind some events, checked once and shared by all scenarios with the same history.
///
/// Nothing in it changes after it was made but what is kept of it: the coded form, which is made when somebody asks, and the
/// state behind the event that came last.
package class StateNode: @unchecked Sendable {
  /// Up to which depth a state keeps one behind it: scenarios share beginnings, and what is long would hold all that follows.
  private static let sharedDepth = 8

  /// The number of events behind the state.
  package let depth: Int
  /// What is wrong with it.
  package let findings: [Finding]

  private let turn = TurnTaking()
  /// Touched by whose turn it is.
  private var following: (event: CodedMessage, next: StateNode)?

  init(depth: Int, findings: [Finding]) {
    self.depth = depth
    self.findings = findings
  }

  /// The state behind an event, where that was the last one to come and no other thread is looking.
  ///
  /// - Parameter isSame: Whether the event that came last is this one.
  final func next(_ isSame: (CodedMessage) -> Bool) -> StateNode? {
    guard depth < Self.sharedDepth else { return nil }
    return turn.takeTurn {
      if let following, isSame(following.event) { following.next } else { nil }
    }
  }

  /// Keeps the state behind an event.
  final func keep(_ next: StateNode, behind event: CodedMessage) {
    guard depth < Self.sharedDepth else { return }
    // What was kept before is let go of when the turn is over, since that can be much.
    let before = turn.takeTurn {
      defer { following = (event, next) }
      return following
    }
    withExtendedLifetime(before) {}
  }
}

/// A state with its type.
///
/// Sendable unchecked, as every node is.
final class TypedState<State: Aggregate>: StateNode, @unchecked Sendable {
  /// A state made of an earlier snapshot and the events behind it.
  struct Replay {
    /// The version of the snapshot.
    var version: Int
    var state: State
  }

  /// States that are carried on from earlier snapshots; there are hardly ever any, so that they are out of the way.
  final class Replays: Sendable {
    let all: [Replay]
    init(_ all: [Replay]) { self.all = all }
  }

  /// The state.
  let state: State
  /// The state as a snapshot gives it back; the state itself where it cannot be stored.
  ///
  /// It is no optional, as generic code looks up the type of one each time.
  let restored: State
  /// Whether it can be stored, and read back.
  let isStorable: Bool
  /// The states made of earlier snapshots that are not the very same, to the last field.
  let replays: Replays?
  private let coded = Mutex<DynamicValue?>(nil)

  required init(
    _ state: State, restored: State, isStorable: Bool, replays: Replays?, depth: Int, findings: [Finding]
  ) {
    self.state = state
    self.restored = restored
    self.isStorable = isStorable
    self.replays = replays
    super.init(depth: depth, findings: findings)
  }

  /// The state with its derived values in coded form.
  ///
  /// - Throws: What the state's own encoding throws.
  func codedWithDerivedValues() throws -> DynamicValue {
    if let coded = coded.withLock({ $0 }) { return coded }
    let value = try DynamicEncoder(includesDerivedValues: true).encode(state)
    coded.withLock { $0 = value }
    return value
  }
}
