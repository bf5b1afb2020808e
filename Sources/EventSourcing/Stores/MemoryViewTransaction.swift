/// A text that equals another only where their UTF-8 bytes do; `String` compares by canonical equivalence.
struct ExactText: Hashable, Sendable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool {
    left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
  }
}

/// Views' rows as a value.
struct MemoryViews: Sendable {
  struct Rows: Sendable {
    var generation: ViewGeneration
    var rows: [ExactText: StoredRow] = [:]
    var idsByKey: [ExactText: Set<ExactText>] = [:]
  }

  var generations: [ViewGeneration.ID: Rows] = [:]
}

/// A transaction over ``MemoryViews``, which notes how to take its changes back.
final class MemoryViewTransaction: ViewTransaction {
  private enum Change {
    case generation(ViewGeneration.ID, before: ViewGeneration?)
    case removal(ViewGeneration.ID, before: MemoryViews.Rows)
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
      case .row(let generation, let id, let before): replace(id, by: before, in: generation)
      }
    }
    changes = []
  }

  func generations(of view: String) -> [ViewGeneration] {
    views.generations.values.map(\.generation).filter { $0.id.view == view }
  }

  func save(_ generation: ViewGeneration) {
    changes.append(.generation(generation.id, before: views.generations[generation.id]?.generation))
    views.generations[generation.id, default: .init(generation: generation)].generation = generation
  }

  func remove(_ generation: ViewGeneration.ID) {
    guard let before = views.generations.removeValue(forKey: generation) else { return }
    changes.append(.removal(generation, before: before))
  }

  func row(_ id: String, in generation: ViewGeneration.ID) -> StoredRow? {
    views.generations[generation]?.rows[ExactText(id)]
  }

  func rows(key: String, in generation: ViewGeneration.ID) -> [StoredRow] {
    guard let rows = views.generations[generation] else { return [] }
    return (rows.idsByKey[ExactText(key)] ?? []).compactMap { rows.rows[$0] }.sorted(by: Self.precedes)
  }

  func rows(in generation: ViewGeneration.ID, after id: String?, limit: Int) -> [StoredRow] {
    let sorted = (views.generations[generation]?.rows.values).map { $0.sorted(by: Self.precedes) } ?? []
    let behind = id.map { id in sorted.drop { !id.utf8.lexicographicallyPrecedes($0.id.utf8) } } ?? sorted[...]
    return Array(behind.prefix(max(limit, 0)))
  }

  func put(_ row: StoredRow, in generation: ViewGeneration.ID) throws {
    guard views.generations[generation] != nil else {
      throw EventStoreError(
        .invalidArgument, "view '\(generation.view)' has no generation \(generation.number): save it before its rows")
    }
    changes.append(.row(generation, id: row.id, before: replace(row.id, by: row, in: generation)))
  }

  func removeRow(_ id: String, in generation: ViewGeneration.ID) {
    guard let before = replace(id, by: nil, in: generation) else { return }
    changes.append(.row(generation, id: id, before: before))
  }

  @discardableResult
  private func replace(_ id: String, by row: StoredRow?, in generation: ViewGeneration.ID) -> StoredRow? {
    let exactID = ExactText(id)
    let before = views.generations[generation]?.rows[exactID]
    views.generations[generation]?.rows[exactID] = row
    let keyBefore = before.map { ExactText($0.key) }
    let key = row.map { ExactText($0.key) }
    if let keyBefore, keyBefore != key {
      views.generations[generation]?.idsByKey[keyBefore]?.remove(exactID)
      if views.generations[generation]?.idsByKey[keyBefore]?.isEmpty == true {
        views.generations[generation]?.idsByKey[keyBefore] = nil
      }
    }
    if let key, key != keyBefore { views.generations[generation]?.idsByKey[key, default: []].insert(exactID) }
    return before
  }

  private static func precedes(_ left: StoredRow, _ right: StoredRow) -> Bool {
    left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
  }
}
