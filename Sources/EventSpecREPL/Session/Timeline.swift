internal import EventSourcing
internal import EventSpec

/// The entries of a session with what they came to, so that each can be taken back.
///
/// A copy of the state is kept now and then; the state behind any entry is the nearest copy before it, with the entries
/// between done again.
struct Timeline: Sendable {
  /// A change of the list of entries, which can be turned around.
  private struct Edit: Sendable {
    var start: Int
    var removed: [SessionEntry]
    var added: [SessionEntry]

    /// Whether all that it added is a command that was refused, which changed nothing.
    var isRefusal: Bool {
      removed.isEmpty && added.count == 1 && added.allSatisfy { $0.refusal != nil && $0.events.isEmpty }
    }
  }

  private struct Checkpoint: Sendable {
    var count: Int
    var state: SessionState
  }

  private(set) var entries: [SessionEntry] = []
  private(set) var state: SessionState
  private var checkpoints: [Checkpoint]
  private var undoable: [Edit] = []
  private var redoable: [Edit] = []
  /// Whether entries must not be done twice, since a store changes between.
  private let keepsEveryState: Bool
  private static let spacing = 64

  init(_ state: SessionState, keepsEveryState: Bool) {
    self.state = state
    self.keepsEveryState = keepsEveryState
    checkpoints = [Checkpoint(count: 0, state: state)]
  }

  /// The state before the first entry.
  var root: SessionState { checkpoints.first?.state ?? state }

  /// The number of entries behind which nothing was pending for the last time.
  var settledCount: Int { entries.lastIndex { $0.isSettled }.map { $0 + 1 } ?? 0 }

  var canUndo: Bool { !undoable.isEmpty }
  var canRedo: Bool { !redoable.isEmpty }
  /// Whether the next change to take back, or to do again, changed nothing.
  var undoesRefusal: Bool { undoable.last?.isRefusal ?? false }
  var redoesRefusal: Bool { redoable.last?.isRefusal ?? false }

  /// Changes the state in a way that is no entry, such as reading what a store holds.
  mutating func withState<Result>(_ body: (inout SessionState) async throws -> Result) async rethrows -> Result {
    try await body(&state)
  }

  /// Does an entry and keeps it where the body says so.
  ///
  /// - Parameters:
  ///   - change: What to do.
  ///   - resolver: What is behind the reading of its step.
  ///   - keeps: Whether it is kept; otherwise all is as it was before.
  /// - Returns: The entry, and what came of a step.
  mutating func perform(
    _ change: SessionEntry.Change, reading resolver: StepResolver? = nil,
    keepingIf keeps: (StepOutcome?) -> Bool = { _ in true }
  ) async throws -> (entry: SessionEntry, outcome: StepOutcome?) {
    var entry = SessionEntry(change)
    if let resolver { state.resolver = resolver }
    let outcome: StepOutcome?
    do { outcome = try await state.apply(&entry, isRead: resolver != nil) } catch {
      // What a store took before it refused stays taken.
      if case .commit = change {} else { await restore(entries.count) }
      throw error
    }
    guard keeps(outcome) else {
      await restore(entries.count)
      return (entry, outcome)
    }
    entry.isSettled = state.pendingCount == 0
    note(Edit(start: entries.count, removed: [], added: [entry]))
    entries.append(entry)
    noteState()
    return (entry, outcome)
  }

  /// Takes entries away, from one on, and does others instead.
  ///
  /// - Returns: What came of those that are steps.
  mutating func replace(from start: Int, with changes: [SessionEntry.Change]) async throws -> [StepOutcome] {
    let removed = Array(entries[start...])
    let kept = entries
    await restore(start)
    entries.removeSubrange(start...)
    var outcomes: [StepOutcome] = []
    do {
      for change in changes {
        var entry = SessionEntry(change)
        if let outcome = try await state.apply(&entry) { outcomes.append(outcome) }
        entry.isSettled = state.pendingCount == 0
        entries.append(entry)
        noteState()
      }
    } catch {
      entries = kept
      await restore(start)
      await replay(from: start)
      throw error
    }
    note(Edit(start: start, removed: removed, added: Array(entries[start...])))
    return outcomes
  }

  /// Does something more that belongs to the last change.
  mutating func amendLastEdit(adding change: SessionEntry.Change) async throws {
    var entry = SessionEntry(change)
    _ = try await state.apply(&entry)
    entry.isSettled = state.pendingCount == 0
    entries.append(entry)
    noteState()
    if !undoable.isEmpty { undoable[undoable.count - 1].added.append(entry) }
  }

  /// Takes the last change back.
  mutating func undo() async -> Bool {
    guard let edit = undoable.popLast() else { return false }
    await apply(start: edit.start, removing: edit.added.count, inserting: edit.removed)
    redoable.append(edit)
    return true
  }

  /// Does again what was taken back.
  mutating func redo() async -> Bool {
    guard let edit = redoable.popLast() else { return false }
    await apply(start: edit.start, removing: edit.removed.count, inserting: edit.added)
    undoable.append(edit)
    return true
  }

  /// Does all entries again from another beginning.
  ///
  /// - Parameters:
  ///   - root: The beginning.
  ///   - keeps: Which of the entries are done.
  mutating func rebase(on root: SessionState, keeping keeps: (SessionEntry) -> Bool = { _ in true }) async {
    entries = entries.filter(keeps)
    checkpoints = [Checkpoint(count: 0, state: root)]
    state = root
    undoable = []
    redoable = []
    await replay(from: 0)
  }

  private mutating func apply(start: Int, removing count: Int, inserting new: [SessionEntry]) async {
    await restore(start)
    entries.replaceSubrange(start..<min(entries.count, start + count), with: new)
    await replay(from: start)
  }

  private mutating func note(_ edit: Edit) {
    undoable.append(edit)
    redoable = []
  }

  private mutating func noteState() {
    let last = checkpoints.last?.count ?? 0
    let distance = keepsEveryState ? 1 : max(Self.spacing, last / 8)
    if entries.count - last >= distance { checkpoints.append(Checkpoint(count: entries.count, state: state)) }
  }

  /// Goes to the state behind so many entries; the list of entries stays as it is.
  private mutating func restore(_ count: Int) async {
    while checkpoints.count > 1, (checkpoints.last?.count ?? 0) > count { checkpoints.removeLast() }
    guard let nearest = checkpoints.last else { return }
    state = nearest.state
    for index in nearest.count..<max(nearest.count, count) { _ = try? await state.apply(&entries[index]) }
  }

  /// Does entries again of which the state is not known.
  private mutating func replay(from start: Int) async {
    let all = entries
    entries = Array(all[..<start])
    for var entry in all[start...] {
      // What could be done once can be done again; where a store has changed meanwhile, the rest is left out.
      do { _ = try await state.apply(&entry) } catch { break }
      entry.isSettled = state.pendingCount == 0
      entries.append(entry)
      noteState()
    }
  }
}
