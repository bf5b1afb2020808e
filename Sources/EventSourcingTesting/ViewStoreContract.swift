public import EventSourcing

/// What every view store must do: checks to run over a store of one's own.
public enum ViewStoreContract {
  /// One check over a view store.
  public typealias Check = ContractCheck<any ViewStore>

  /// All checks.
  public static var checks: [Check] {
    [
      Check("generations are kept with their checkpoints") { store, _ in
        var first = ViewGeneration(
          id: .init(view: "Sample", number: 1), formVersion: 3, checkpoint: Checkpoint(7, others: [1, .max]),
          isActive: true)
        let second = ViewGeneration(id: .init(view: "Sample", number: 2), formVersion: 4, isActive: false)
        let other = ViewGeneration(id: .init(view: "sample'%", number: 1), formVersion: 1, isActive: true)
        try await change(store) { [first] transaction in
          for generation in [first, second, other] { try transaction.save(generation) }
        }
        try requireEqual(try await generations(store, "Sample"), [first, second], "generations of one view")
        try requireEqual(try await generations(store, "sample'%"), [other], "generations of the other")
        try requireEqual(try await generations(store, "none"), [], "generations of no view")
        first.checkpoint = Checkpoint(8)
        first.isActive = false
        try await change(store) { [first] transaction in
          try transaction.save(first)
          try transaction.remove(second.id)
        }
        try requireEqual(try await generations(store, "Sample"), [first], "generations after a change")
      },
      Check("rows are written, replaced, found by id and by key, and removed") { store, _ in
        let id = try await makeGeneration(store)
        let rows = [row("b", "x"), row("a", "x"), row("c", "y"), row("ä", "x"), row("B", "X")]
        try await change(store) { transaction in for row in rows { try transaction.put(row, in: id) } }
        try requireEqual(try await find(store, id, key: "x").map(\.id), ["a", "b", "ä"], "rows with key x")
        try requireEqual(try await find(store, id, key: "none"), [], "rows with a key that none has")
        try requireEqual(try await find(store, id, row: "c"), rows[2], "the row c")
        try requireEqual(try await find(store, id, row: "none"), nil, "a row that is not there")
        try await change(store) { transaction in
          try transaction.put(row("a", "y", content: "changed"), in: id)
          try transaction.removeRow("b", in: id)
          try transaction.removeRow("none", in: id)
        }
        try requireEqual(try await find(store, id, key: "x").map(\.id), ["ä"], "rows with key x after the change")
        try requireEqual(try await find(store, id, key: "y").map(\.id), ["a", "c"], "rows with key y after the change")
        try requireEqual(try await find(store, id, row: "a"), row("a", "y", content: "changed"), "the changed row")
      },
      Check("rows are read in pages, in the order of their ids' bytes") { store, _ in
        let id = try await makeGeneration(store)
        let ids = EventStoreContract.unusualNames
        try await change(store) { transaction in
          for (index, name) in ids.enumerated() {
            try transaction.put(StoredRow(id: name, key: name, content: Array("\(index)".utf8)), in: id)
          }
        }
        let wanted = ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { Array($0.utf8) }
        var paged: [String] = []
        while true {
          let last = paged.last
          let page = try await store.withViewTransaction { try $0.rows(in: id, after: last, limit: 4) }
          if page.isEmpty || paged.count > ids.count { break }
          paged += page.map(\.id)
        }
        try requireEqual(paged.map { Array($0.utf8) }, wanted, "ids, four at a time")
        for (index, name) in ids.enumerated() {
          try requireEqual(
            try await find(store, id, key: name).map(\.content), [Array("\(index)".utf8)],
            "rows with key \(name.debugDescription)")
        }
      },
      Check("generations do not see each other's rows") { store, _ in
        let first = try await makeGeneration(store, number: 1)
        let second = try await makeGeneration(store, number: 2)
        try await change(store) { transaction in
          try transaction.put(row("a", "x", content: "first"), in: first)
          try transaction.put(row("a", "x", content: "second"), in: second)
        }
        try await change(store) { try $0.remove(first) }
        try requireEqual(try await find(store, first, row: "a"), nil, "a row of a removed generation")
        try requireEqual(
          try await find(store, second, row: "a"), row("a", "x", content: "second"), "a row of the other generation")
        let again = try await makeGeneration(store, number: 1)
        try requireEqual(try await find(store, again, key: "x"), [], "rows of a generation made anew")
      },
      Check("a transaction that throws changes nothing, rows and checkpoint alike") { store, _ in
        struct Stop: Error {}
        let id = try await makeGeneration(store)
        try await change(store) { transaction in
          try transaction.put(row("kept", "x"), in: id)
          try transaction.put(row("moved", "x"), in: id)
        }
        do {
          try await change(store) { transaction in
            try transaction.save(
              ViewGeneration(id: id, formVersion: 9, checkpoint: Checkpoint(99), isActive: false))
            try transaction.save(ViewGeneration(id: .init(view: "Sample", number: 8), formVersion: 1, isActive: true))
            try transaction.put(row("new", "x"), in: id)
            try transaction.put(row("moved", "y", content: "other"), in: id)
            try transaction.removeRow("kept", in: id)
            throw Stop()
          }
          throw ContractViolation(message: "what the work throws does not come out of the transaction")
        } catch is Stop {}
        let found = try await generations(store, "Sample")
        try requireEqual(found.map(\.checkpoint), [.start], "checkpoints after the failed transaction")
        try requireEqual(try await find(store, id, key: "x").map(\.id), ["kept", "moved"], "rows with key x")
        try requireEqual(try await find(store, id, key: "y"), [], "rows with key y")
        try requireEqual(try await find(store, id, row: "moved"), row("moved", "x"), "the row that was not moved")
      },
      Check("a transaction sees its own changes") { store, _ in
        let id = try await makeGeneration(store)
        try await change(store) { transaction in
          try transaction.put(row("a", "x"), in: id)
          try requireEqual(try transaction.row("a", in: id), row("a", "x"), "a row just written")
          try transaction.removeRow("a", in: id)
          try requireEqual(try transaction.rows(key: "x", in: id), [], "rows after the removal")
        }
      },
      Check("concurrent transactions lose no change") { store, _ in
        let id = try await makeGeneration(store)
        _ = try await inParallel(8) { _ in
          for _ in 0..<10 {
            try await change(store) { transaction in
              let count = try transaction.row("count", in: id).map { Int(String(decoding: $0.content, as: UTF8.self)) }
              try transaction.put(row("count", "x", content: "\(((count ?? 0) ?? 0) + 1)"), in: id)
            }
          }
        }
        try requireEqual(
          try await find(store, id, row: "count"), row("count", "x", content: "80"), "the count after 80 increments")
      },
    ]
  }

  private static func row(_ id: String, _ key: String, content: String = "{}") -> StoredRow {
    StoredRow(id: id, key: key, content: Array(content.utf8))
  }

  private static func change(
    _ store: any ViewStore, _ body: @escaping @Sendable (any ViewTransaction) throws -> Void
  ) async throws {
    try await store.withViewTransaction(body)
  }

  private static func makeGeneration(_ store: any ViewStore, number: Int = 1) async throws -> ViewGeneration.ID {
    let id = ViewGeneration.ID(view: "Sample", number: number)
    try await change(store) { try $0.save(ViewGeneration(id: id, formVersion: 1, isActive: number == 1)) }
    return id
  }

  private static func generations(_ store: any ViewStore, _ view: String) async throws -> [ViewGeneration] {
    try await store.withViewTransaction { try $0.generations(of: view) }.sorted { $0.id.number < $1.id.number }
  }

  private static func find(_ store: any ViewStore, _ generation: ViewGeneration.ID, row id: String) async throws
    -> StoredRow?
  {
    try await store.withViewTransaction { try $0.row(id, in: generation) }
  }

  private static func find(_ store: any ViewStore, _ generation: ViewGeneration.ID, key: String) async throws
    -> [StoredRow]
  {
    try await store.withViewTransaction { try $0.rows(key: key, in: generation) }
  }
}
