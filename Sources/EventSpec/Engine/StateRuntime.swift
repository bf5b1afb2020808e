import EventSourcing

/// Folds events into states and checks each state once: that it survives being stored, and that going on from a
/// snapshot comes to the same.
///
/// Going on from *every* earlier snapshot need not be tried for every version. A snapshot that came back identical to
/// its state goes on as the state does, so one event behind each snapshot settles it; only snapshots that came back
/// equal but not identical, as an own `==` may have it, are carried on event by event.
///
/// Sendable unchecked, as the one thing that changes is touched in turns.
final class StateRuntime<State: Aggregate>: @unchecked Sendable {
  let equality = TypedEquality<State>()
  /// The state before the first event.
  let initial: TypedState<State>

  private let difference: ValueDifference
  /// The class of what is made, as generic code would look it up each time.
  private let stateClass = TypedState<State>.self
  /// What the state that was checked last came to, for the next one.
  private let turn = TurnTaking()
  private var memory: RoundTripMemory? = RoundTripMemory()

  init(_ difference: ValueDifference) {
    self.difference = difference
    let state = State()
    var findings: [Finding] = []
    var isStorable = true
    let restored = Self.restore(
      state, equality, difference, nil, version: 0, isStorable: &isStorable, &findings)
    initial = TypedState(
      state, restored: restored, isStorable: isStorable, replays: nil, depth: 0, findings: findings)
  }

  /// The state behind one more event.
  func next(_ node: TypedState<State>, _ event: TypedMessage<State.Event>) -> TypedState<State> {
    var state = node.state
    state.apply(event.value)
    var replays: TypedState<State>.Replays?
    var findings: [Finding] = []
    if node.isStorable {
      var replayed = node.restored
      replayed.apply(event.value)
      if node.replays != nil || !equality.areIdentical(replayed, state) {
        (replays, findings) = carryOn(node, replayed, event, to: state)
      }
    }
    let depth = node.depth + 1
    var isStorable = true
    let memory = turn.takeTurn { self.memory.take() }
    let restored = Self.restore(
      state, equality, difference, memory, version: depth, isStorable: &isStorable, &findings)
    if let memory { turn.takeTurn { self.memory = memory } }
    return stateClass.init(
      state, restored: restored, isStorable: isStorable, replays: replays, depth: depth, findings: findings)
  }

  /// Goes on from those earlier snapshots that are not the very same state.
  private func carryOn(
    _ node: TypedState<State>, _ replayed: State, _ event: TypedMessage<State.Event>, to state: State
  ) -> (TypedState<State>.Replays?, [Finding]) {
    var replays = node.replays?.all ?? []
    for index in replays.indices { replays[index].state.apply(event.value) }
    replays.append(.init(version: node.depth, state: replayed))
    replays.removeAll { equality.areIdentical($0.state, state) }
    return (replays.isEmpty ? nil : .init(replays), check(replays, state))
  }

  /// Says which snapshot leads to another state than the events do; those that are equal by the type's own `==` do not.
  private func check(_ replays: [TypedState<State>.Replay], _ state: State) -> [Finding] {
    guard let differing = replays.first(where: { !equality.areEqual($0.state, state) }) else { return [] }
    return [
      Finding(
        .snapshotDiffers, subject: State.name,
        message:
          "\(State.name) comes to another state from a snapshot at version \(differing.version) than from all its events",
        comparison: lines(state, differing.state),
        notes: ["a snapshot must hold everything that apply(_:) goes by"])
    ]
  }

  private func lines(_ expected: State, _ actual: State) -> [ComparisonLine] {
    let encoder = DynamicEncoder()
    return difference.lines(
      before: expected, codedBefore: (try? encoder.encode(expected)) ?? .null,
      after: actual, codedAfter: (try? encoder.encode(actual)) ?? .null)
  }

  /// The state as a snapshot gives it back, or the state itself where it cannot be stored; what is wrong comes before what
  /// was found already.
  private static func restore(
    _ state: State, _ equality: TypedEquality<State>, _ difference: ValueDifference, _ memory: RoundTripMemory?,
    version: Int, isStorable: inout Bool, _ findings: inout [Finding]
  ) -> State {
    var coded: DynamicValue?
    do {
      let restored = try DynamicEncoder.roundTrip(state, coded: &coded, memory: memory)
      if equality.areEqual(state, restored) { return restored }
      let lines = difference.lines(
        before: state, codedBefore: coded ?? .null, after: restored,
        codedAfter: (try? DynamicEncoder().encode(restored)) ?? .null)
      let message = "the state of \(State.name) at version \(version) does not survive being stored in a snapshot"
      findings.insert(loss(message, lines), at: 0)
      return restored
    } catch {
      isStorable = false
      let message =
        "the state of \(State.name) at version \(version) cannot be read back from a snapshot: "
        + ErrorText.describe(error)
      findings.insert(loss(message), at: 0)
      return state
    }
  }

  private static func loss(_ message: String, _ comparison: [ComparisonLine] = []) -> Finding {
    Finding(
      .codecLoss, subject: "state of " + State.name, message: message, comparison: comparison,
      notes: ["what is encoded must hold all that is decoded: look at CodingKeys, encode(to:) and init(from:)"])
  }
}
