import EventSourcing

/// A view with how far it has come.
package struct ViewProgress: Sendable {
  var content: any ViewContent
  /// How many of the scenario's own events it has seen.
  var seen = 0
  /// The last event of the store that it has seen.
  var checkpoint = EventSourcing.Checkpoint.start
}

extension ScenarioEngine {
  /// Brings a view up to date.
  ///
  /// - Throws: What the view's handler throws; the view then stands before that event.
  package mutating func catchUp(_ view: Int) async throws {
    var progress = views[view] ?? ViewProgress(content: runtime.views[view].empty)
    // The content must not have a second owner while it changes.
    views[view] = nil
    defer { views[view] = progress }
    switch backing {
    case .memory: try catchUp(&progress)
    case .space(let space): try await catchUp(&progress, with: space.store)
    case .overlay(let store):
      if progress.seen == 0 { try await catchUp(&progress, with: store) }
      try catchUp(&progress)
    }
  }

  private func catchUp(_ progress: inout ViewProgress) throws {
    while progress.seen < log.count {
      let logged = log[progress.seen]
      let reference = streams.slots[logged.slot].reference
      let aggregate = runtime.aggregates[reference.aggregate]
      let envelope = try envelope(logged)
      // An event that cannot be read any more fails here as in a store.
      let events = logged.events.isEmpty && logged.stored != nil ? try aggregate.events(of: envelope) : logged.events
      for event in events {
        try progress.content.apply(event.erased, of: aggregate.type, envelope: envelope)
      }
      progress.seen += 1
    }
  }

  private func catchUp(_ progress: inout ViewProgress, with store: any EventStore) async throws {
    while true {
      let envelopes = try await store.readAll(after: progress.checkpoint, limit: 1_000)
      for envelope in envelopes {
        // In the past of a stream nothing has happened yet that came behind it.
        if let horizon, envelope.stream == horizon.stream, envelope.version > horizon.version { return }
        if let aggregate = aggregate(of: envelope.stream) {
          for event in try aggregate.events(of: envelope) {
            try progress.content.apply(event.erased, of: aggregate.type, envelope: envelope)
          }
        }
        progress.checkpoint = envelope.position
      }
      if envelopes.count < 1_000 { return }
      try Task.checkCancellation()
    }
  }

  /// The aggregate that a stream's name belongs to.
  func aggregate(of stream: StreamName) -> (any AggregateRuntime)? {
    if let known = streams.index(of: stream) { return runtime.aggregates[streams.slots[known].reference.aggregate] }
    return runtime.aggregates.first { stream.text.hasPrefix($0.type.streamCategory + "-") }
  }
}
