/// A text that equals another only where their UTF-8 bytes do; `String` compares by canonical equivalence.
struct ExactText: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.hasSameBytes(as: right.text)
  }

  func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
}

/// Views' rows as a value.
struct MemoryViews: Sendable {
  var generations: [ViewGeneration.ID: MemoryRows] = [:]
}

/// The rows of one generation of a view.
struct MemoryRows: Sendable {
  var generation: ViewGeneration
  private(set) var rows: [ExactText: StoredRow] = [:]
  private var idsByKey: [ExactText: Set<ExactText>] = [:]
  /// All ids in the order of their bytes, from the first time that somebody asks for it.
  private var sortedIDs: [String]?

  init(_ generation: ViewGeneration) { self.generation = generation }

  func rows(key: String) -> [StoredRow] {
    (idsByKey[ExactText(key)] ?? []).compactMap { rows[$0] }.sorted { Self.precedes($0.id, $1.id) }
  }

  mutating func page(after id: String?, limit: Int) -> [StoredRow] {
    guard limit > 0 else { return [] }
    let ids = sortedIDs ?? rows.keys.map(\.text).sorted(by: Self.precedes)
    sortedIDs = ids
    let start = id.map { id in ids.partitioningIndex { Self.precedes(id, $0) } } ?? 0
    return ids[start...].prefix(limit).compactMap { rows[ExactText($0)] }
  }

  /// Puts a row in the place of the one with an id, or removes that.
  ///
  /// - Returns: The row that was there.
  @discardableResult
  mutating func replace(_ id: String, by row: StoredRow?) -> StoredRow? {
    let exactID = ExactText(id)
    let before = rows[exactID]
    rows[exactID] = row
    if (before == nil) != (row == nil), let index = sortedIDs?.partitioningIndex(where: { !Self.precedes($0, id) }) {
      if row == nil { sortedIDs?.remove(at: index) } else { sortedIDs?.insert(id, at: index) }
    }
    let keyBefore = before.map { ExactText($0.key) }
    let key = row.map { ExactText($0.key) }
    if let keyBefore, keyBefore != key {
      idsByKey[keyBefore]?.remove(exactID)
      if idsByKey[keyBefore]?.isEmpty == true { idsByKey[keyBefore] = nil }
    }
    if let key, key != keyBefore { idsByKey[key, default: []].insert(exactID) }
    return before
  }

  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }
}

/// A transaction over ``MemoryViews``, which notes how to take its changes back.
final class MemoryViewTransaction: ViewTransaction {
  private enum Change {
    case generation(ViewGeneration.ID, before: ViewGeneration?)
    case removal(ViewGeneration.ID, before: MemoryRows)
    case row(ViewGeneration.ID, id: String, before: StoredRow?)
  }

  private(set) var views: MemoryViews
  private var changes: [Change] = []

  init(_ views: consuming MemoryViews) { self.views = views }

  /// Takes all changes back.
  func rollBack() {
    for change in changes.reversed() {
      switch change {
      case .generation(let id, let before?): views.generations[id]?.generation = before
      case .generation(let id, nil): views.generations[id] = nil
      case .removal(let id, let before): views.generations[id] = before
      case .row(let generation, let id, let before): views.generations[generation]?.replace(id, by: before)
      }
    }
    changes = []
  }

  func generations(of view: String) -> [ViewGeneration] {
    views.generations.values.map(\.generation).filter { $0.id.view == view }
  }

  func save(_ generation: ViewGeneration) {
    changes.append(.generation(generation.id, before: views.generations[generation.id]?.generation))
    views.generations[generation.id, default: MemoryRows(generation)].generation = generation
  }

  func remove(_ generation: ViewGeneration.ID) {
    guard let before = views.generations.removeValue(forKey: generation) else { return }
    changes.append(.removal(generation, before: before))
  }

  func row(_ id: String, in generation: ViewGeneration.ID) -> StoredRow? {
    views.generations[generation]?.rows[ExactText(id)]
  }

  func rows(key: String, in generation: ViewGeneration.ID) -> [StoredRow] {
    views.generations[generation]?.rows(key: key) ?? []
  }

  func rows(in generation: ViewGeneration.ID, after id: String?, limit: Int) -> [StoredRow] {
    views.generations[generation]?.page(after: id, limit: limit) ?? []
  }

  func put(_ row: StoredRow, in generation: ViewGeneration.ID) throws {
    guard views.generations[generation] != nil else {
      throw EventStoreError(
        .invalidArgument, "view '\(generation.view)' has no generation \(generation.number): save it before its rows")
    }
    let before = views.generations[generation]?.replace(row.id, by: row)
    changes.append(.row(generation, id: row.id, before: before))
  }

  func removeRow(_ id: String, in generation: ViewGeneration.ID) {
    guard let before = views.generations[generation]?.replace(id, by: nil) else { return }
    changes.append(.row(generation, id: id, before: before))
  }
}
