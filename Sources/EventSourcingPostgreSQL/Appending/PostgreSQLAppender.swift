#if PostgreSQL
  internal import EventSourcing

  /// Commits groups of appends over one connection, on the thread of a ``GroupCommitter``.
  final class PostgreSQLAppender {
    private let link: PostgreSQLLink
    private let statement: AppendStatement
    private let direct: DirectAppendStatement
    private var directness = Directness()
    private let lookup: Statement
    private let heads: Statement
    private let shard: Int
    private let patience: Double
    private let appended: () -> Void

    /// Makes an appender; it connects with the first group.
    ///
    /// - Parameters:
    ///   - configuration: Where to.
    ///   - appended: Called after each commit.
    init(_ configuration: PostgreSQLConfiguration, appended: @escaping () -> Void) {
      let names = SchemaNames(configuration.schema)
      link = PostgreSQLLink(configuration)
      statement = AppendStatement(names, shard: configuration.shard)
      direct = DirectAppendStatement(names, shard: configuration.shard)
      shard = configuration.shard
      patience = configuration.patience.inSeconds
      self.appended = appended
      lookup = Statement(
        name: "copies",
        sql: """
          select \(EventRows.columns) from \(names.events) where shard = $1::integer and id = any($2::uuid[])
          """)
      heads = Statement(
        name: "heads",
        sql: """
          select stream, version from \(names.streams) where shard = $1::integer and stream = any($2::text[])
          """)
    }

    /// Commits a group.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - meanwhile: What is done while the server works, or before that may take long.
    /// - Returns: An outcome for each append.
    func commit(_ group: [PendingAppend], meanwhile: () -> Void) -> [AppendOutcome] {
      var outcomes = [AppendOutcome?](repeating: nil, count: group.count)
      if !link.isConnected { meanwhile() }
      do {
        try appendTogether(group, &outcomes, meanwhile: meanwhile)
      } catch let failure as PostgreSQLFailure {
        meanwhile()
        // Together it did not work: who is to blame comes out one by one. After a broken connection it is not known
        // what has been stored, so that each is looked up before it is tried again.
        let deadline = monotonicSeconds() + patience
        var last: PostgreSQLFailure? = failure
        for index in group.indices where outcomes[index] == nil {
          outcomes[index] = appendAlone(group[index], after: &last, until: deadline)
        }
      } catch {
        return group.map { .failure(EventStoreError(.unavailable, "\(action(for: $0)): \(error)")) }
      }
      if outcomes.contains(where: { if case .success(let result)? = $0 { !result.wasAlreadyAppended } else { false } })
      {
        appended()
      }
      return outcomes.map { $0 ?? .failure(EventStoreError(.unavailable, "the append was not answered")) }
    }

    private func action(for append: PendingAppend) -> String { "events for stream '\(append.stream)' were not stored" }

    /// Appends what fits in one statement, and answers what does not.
    private func appendTogether(
      _ group: [PendingAppend], _ outcomes: inout [AppendOutcome?], meanwhile: () -> Void
    ) throws {
      // Appends to one stream share a lane: the committer groups several only where they take any version.
      var lanes: [AppendStatement.Lane] = []
      var laneOfAppend = [Int?](repeating: nil, count: group.count)
      var laneOfStream: [StreamName: Int] = [:]
      lanes.reserveCapacity(group.count)
      for (index, append) in group.enumerated() where !append.events.isEmpty {
        let mayShare = append.expected == .any && group.count > 1
        if mayShare, let lane = laneOfStream[append.stream] {
          lanes[lane].events += append.events
          laneOfAppend[index] = lane
        } else {
          if mayShare { laneOfStream[append.stream] = lanes.count }
          laneOfAppend[index] = lanes.count
          lanes.append(.init(name: append.storedName, expected: append.expected, events: append.events))
        }
      }
      try link.withConnection { connection in
        if !lanes.isEmpty {
          let (accepted, before) = try run(lanes, on: connection, meanwhile: meanwhile)
          // How far each lane has come, from where it begins.
          var results = [AppendResult?](repeating: nil, count: lanes.count)
          var position = before
          for lane in accepted {
            guard lanes.indices.contains(lane.lane) else {
              throw PostgreSQLFailure.unexpected("an append that was not asked for")
            }
            results[lane.lane] = AppendResult(version: lane.versionBefore, position: Checkpoint(position))
            position += UInt64(lanes[lane.lane].events.count)
          }
          for (index, append) in group.enumerated() {
            guard let lane = laneOfAppend[index], let reached = results[lane] else { continue }
            let count = append.events.count
            let result = AppendResult(
              version: reached.version + count, position: Checkpoint(reached.position.number + UInt64(count)))
            results[lane] = result
            outcomes[index] = .success(result)
          }
        }
        let refused = outcomes.indices.filter { outcomes[$0] == nil }
        guard !refused.isEmpty else { return }
        let found = try look(refused.map { group[$0] }, on: connection)
        for index in refused { outcomes[index] = answer(group[index], found) }
      }
      // What the lookup finds appendable again came up meanwhile: a stream that another process has just made.
      let deadline = monotonicSeconds() + patience
      var last: PostgreSQLFailure?
      for index in group.indices where outcomes[index] == nil {
        outcomes[index] = appendAlone(group[index], after: &last, until: deadline)
      }
    }

    /// When the direct statement is worth trying: not while appends keep conflicting.
    private struct Directness {
      private var failures = 0
      private var skips = 0

      mutating func isTried() -> Bool {
        if skips == 0 { return true }
        skips -= 1
        return false
      }

      mutating func hasRun(_ isAccepted: Bool) {
        failures = isAccepted ? 0 : min(failures + 1, 6)
        skips = isAccepted ? 0 : 1 << failures
      }
    }

    private func run(
      _ lanes: [AppendStatement.Lane], on connection: PostgreSQLConnection, meanwhile: () -> Void
    ) throws -> (accepted: [AppendStatement.Accepted], before: UInt64) {
      if DirectAppendStatement.accepts(lanes), directness.isTried() {
        let before = try direct.run(lanes, on: connection, meanwhile: meanwhile)
        directness.hasRun(before != nil)
        if let before {
          let accepted = lanes.indices.map { index in
            AppendStatement.Accepted(
              lane: index, versionBefore: DirectAppendStatement.version(of: lanes[index]) ?? 0)
          }
          return (accepted, before)
        }
      }
      return try statement.run(lanes, on: connection, meanwhile: meanwhile)
    }

    private struct Found {
      var copies: [UUID: StoredCopy] = [:]
      var versions: [StreamName: Int] = [:]
    }

    private func answer(_ append: PendingAppend, _ found: Found) -> AppendOutcome? {
      let version = found.versions[append.stream] ?? 0
      if let answer = append.answer(copies: found.copies, version: version) { return answer }
      return append.events.isEmpty ? .success(AppendResult(version: version, position: .start)) : nil
    }

    private func look(_ appends: [PendingAppend], on connection: PostgreSQLConnection) throws -> Found {
      var found = Found()
      var parameters = BinaryParameters()
      parameters.add(Int32(clamping: shard))
      parameters.addTexts(appends.map(\.storedName))
      let versions = try connection.execute(heads, parameters)
      for row in 0..<versions.count {
        found.versions[StreamName(StoredName.read(versions.text(row, 0)))] = try versions.integer(row, 1)
      }
      let ids = appends.flatMap { $0.events.map(\.id) }
      guard !ids.isEmpty else { return found }
      parameters = BinaryParameters()
      parameters.add(Int32(clamping: shard))
      parameters.addIdentities(ids)
      let rows = try connection.execute(lookup, parameters)
      for row in 0..<rows.count {
        let id = try rows.identity(row, 3)
        found.copies[id] = StoredCopy(
          storedName: rows.text(row, 1), version: try rows.integer(row, 2),
          position: UInt64(clamping: try rows.number(row, 0)),
          event: EncodedEvent(
            id: id, type: StoredName.read(rows.text(row, 4)), schemaVersion: try rows.integer(row, 5),
            occurredAt: try rows.time(row, 6), metadata: Array(rows.bytes(row, 7)), payload: Array(rows.bytes(row, 8))))
      }
      return found
    }

    /// Looks whether the events are there, and appends them where they are not, until that is known.
    ///
    /// - Parameters:
    ///   - append: The append.
    ///   - last: What went wrong last, for this append or an earlier one.
    ///   - deadline: When to give up.
    private func appendAlone(
      _ append: PendingAppend, after last: inout PostgreSQLFailure?, until deadline: Double
    ) -> AppendOutcome {
      var pause = 0.01
      var attempts = 0
      var isUnknown = last?.breaksConnection ?? false
      while true {
        if let last, last.breaksConnection, attempts > 0 || !link.isConnected, monotonicSeconds() >= deadline {
          return .failure(error(last, of: append, isUnknown: isUnknown))
        }
        attempts += 1
        do {
          let outcome = try link.withConnection { connection -> AppendOutcome in
            let found = try look([append], on: connection)
            isUnknown = false
            if let answer = answer(append, found) { return answer }
            let lane = AppendStatement.Lane(name: append.storedName, expected: append.expected, events: append.events)
            let (accepted, before) = try statement.run([lane], on: connection)
            guard let lane = accepted.first else { throw PostgreSQLFailure.statement(state: "40001", message: "") }
            let count = append.events.count
            return .success(
              AppendResult(version: lane.versionBefore + count, position: Checkpoint(before + UInt64(count))))
          }
          last = nil
          return outcome
        } catch let failure as PostgreSQLFailure {
          last = failure
          if case .disconnected = failure { isUnknown = true }
          let mayRepeat =
            failure.breaksConnection || ((failure.isTransient || failure.isUniqueViolation) && attempts < 50)
          guard mayRepeat else { return .failure(error(failure, of: append, isUnknown: isUnknown)) }
          blockThread(seconds: failure.breaksConnection ? pause : 0.001 * Double(attempts))
          pause = min(pause * 2, 0.5)
        } catch {
          return .failure(EventStoreError(.unavailable, "\(action(for: append)): \(error)"))
        }
      }
    }

    /// Makes one append in the transaction that is open on a connection.
    ///
    /// - Parameters:
    ///   - append: The append.
    ///   - connection: Another connection than the appender's own.
    /// - Returns: What it came to.
    func append(_ append: PendingAppend, on connection: PostgreSQLConnection) throws -> AppendResult {
      if let answer = answer(append, try look([append], on: connection)) { return try answer.get() }
      let lane = AppendStatement.Lane(name: append.storedName, expected: append.expected, events: append.events)
      let (accepted, before) = try statement.run([lane], on: connection)
      // Somebody has come between the look and the append: that is what a transaction is repeated for.
      guard let lane = accepted.first else { throw PostgreSQLFailure.statement(state: "40001", message: "") }
      let count = append.events.count
      return AppendResult(version: lane.versionBefore + count, position: Checkpoint(before + UInt64(count)))
    }

    private func error(_ failure: PostgreSQLFailure, of append: PendingAppend, isUnknown: Bool) -> EventStoreError {
      let error = failure.error(doing: action(for: append))
      guard isUnknown, error.code == .unavailable else { return error }
      return EventStoreError(
        .unavailable,
        "whether events for stream '\(append.stream)' were stored is not known, repeating the append with the same event "
          + "ids is safe; \(error.message)", stream: append.stream)
    }
  }
#endif
