public import EventSourcing

/// What every snapshot store must do: checks to run over a store of one's own.
public enum SnapshotStoreContract {
  /// One check over a snapshot store.
  public typealias Check = ContractCheck<any SnapshotStore>

  /// All checks.
  public static var checks: [Check] {
    [
      Check("a stream has no snapshot at first, and the one that was saved last") { store, _ in
        let stream = StreamName("sample-1")
        try requireEqual(try await store.snapshot(of: stream), nil, "the snapshot of a stream without one")
        for version in [50, 100, 250] {
          let snapshot = sample(stream, version: version)
          try await store.save(snapshot)
          try requireEqual(try await store.snapshot(of: stream), snapshot, "the snapshot of version \(version)")
        }
        try requireEqual(
          try await store.snapshot(of: StreamName("sample-2")), nil, "the snapshot of another stream")
      },
      Check("a snapshot of another form takes the place of one that is further on") { store, _ in
        let stream = StreamName("sample-1")
        try await store.save(sample(stream, version: 100))
        var changed = sample(stream, version: 50)
        changed.stateVersion = 2
        try await store.save(changed)
        try requireEqual(try await store.snapshot(of: stream), changed, "the snapshot of the newer form")
      },
      Check("a removed snapshot is gone, and no other") { store, _ in
        let (first, second) = (StreamName("sample-1"), StreamName("sample-2"))
        try await store.save(sample(first, version: 1))
        try await store.save(sample(second, version: 2))
        try await store.removeSnapshot(of: first)
        try await store.removeSnapshot(of: StreamName("none"))
        try requireEqual(try await store.snapshot(of: first), nil, "the removed snapshot")
        try requireEqual(try await store.snapshot(of: second)?.version, 2, "the other snapshot's version")
      },
      Check("any state of any stream comes back byte by byte") { store, generator in
        for (index, name) in EventStoreContract.unusualNames.enumerated() {
          var snapshot = sample(StreamName(name), version: index + 1)
          snapshot.state = (0..<(index * 100)).map { _ in UInt8.random(in: 0...255, using: &generator) }
          snapshot.aggregate = "Ünïcode '\(index)'"
          try await store.save(snapshot)
          try requireEqual(
            try await store.snapshot(of: StreamName(name)), snapshot, "snapshot of \(name.debugDescription)")
        }
        var big = sample(StreamName("big"), version: 1)
        big.state = [UInt8](repeating: 7, count: 4_000_000)
        try await store.save(big)
        try require(try await store.snapshot(of: big.stream) == big, "a state of four megabytes comes back changed")
      },
    ]
  }

  private static func sample(_ stream: StreamName, version: Int) -> Snapshot {
    Snapshot(
      stream: stream, version: version, aggregate: "Sample", stateVersion: 1, state: Array(#"{"v":\#(version)}"#.utf8))
  }
}
