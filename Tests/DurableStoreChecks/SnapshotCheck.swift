public import EventSourcing

/// Damaged snapshots under a repository.
public enum SnapshotCheck {
  /// Damages the snapshot of an aggregate in every way: what is loaded must equal a full replay, and work goes on.
  ///
  /// - Parameters:
  ///   - store: An empty store.
  ///   - damage: Truncates the stored state, and flips one of its bits.
  /// - Returns: A line for each fault.
  public static func faults(
    in store: any EventStore & SnapshotStore, truncate: @escaping () async throws -> Void,
    flip: @escaping () async throws -> Void
  ) async throws -> [String] {
    let repository = Repository<Load>(store: store, snapshots: store, snapshotEvery: 10)
    let stream = Load.stream(of: 7)
    for number in 1...35 { try await repository.execute(.load(number: number, offset: 0), on: 7) }
    guard let intact = try await store.snapshot(of: stream) else { return ["no snapshot was taken"] }
    var ahead = intact
    ahead.version += 10
    var older = intact
    older.stateVersion = 0
    var other = intact
    other.aggregate = "Order"
    var foreign = intact
    foreign.state = Array(#"{"status":"draft"}"#.utf8)
    var cut = intact
    cut.state = Array(intact.state.dropLast(3))
    var faults = intact.version == 30 ? [] : ["the snapshot is of version \(intact.version)"]
    for (name, snapshot) in [
      ("intact", intact), ("ahead of the stream", ahead), ("of an older form", older), ("of another type", other),
      ("of another form under the same name", foreign), ("cut before it was stored", cut),
    ] {
      try await store.removeSnapshot(of: stream)
      try await store.save(snapshot)
      faults += try await compare(repository, name)
    }
    for (name, damage) in [("truncated", truncate), ("with a flipped bit", flip)] {
      try await store.removeSnapshot(of: stream)
      try await store.save(intact)
      try await damage()
      if try await store.snapshot(of: stream) == intact { faults.append("\(name): nothing was damaged") }
      faults += try await compare(repository, name)
    }
    for number in 36...45 { try await repository.execute(.load(number: number, offset: 0), on: 7) }
    if try await store.snapshot(of: stream)?.version != 40 {
      faults.append("no new snapshot took the damaged one's place")
    }
    return faults + (try await compare(repository, "anew"))
  }

  private static func compare(_ repository: Repository<Load>, _ name: String) async throws -> [String] {
    let replayed = try await Repository<Load>(store: repository.store).load(7)
    let loaded = try await repository.load(7)
    guard loaded.version == replayed.version, loaded.state.sum == replayed.state.sum,
      loaded.state.count == replayed.state.count
    else { return ["\(name): \(loaded.state) at \(loaded.version), a full replay gives \(replayed.state)"] }
    return []
  }
}
