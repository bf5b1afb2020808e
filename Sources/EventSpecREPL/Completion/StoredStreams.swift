internal import Dispatch
internal import EventSourcing
internal import EventSpec
internal import Synchronization

/// Looks streams of a store up between two keys.
struct StoredStreams {
  private let store: any EventStore
  private static let most = 200
  /// How long a key may wait for a store; without an answer by then nothing is offered.
  private static let patience = DispatchTimeInterval.milliseconds(150)

  init(_ store: any EventStore) { self.store = store }

  /// The streams whose names begin with one of some texts, each once, in the order of the texts.
  func names(withPrefixes prefixes: [String]) -> [StreamName] {
    let found = Found()
    let done = DispatchSemaphore(value: 0)
    let search = Task.detached { [store] in
      defer { done.signal() }
      var names: [StreamName] = []
      var known: Set<StreamName> = []
      for prefix in prefixes where names.count < Self.most {
        let summaries = try await store.streams(withPrefix: prefix, after: nil, limit: Self.most)
        for summary in summaries where known.insert(summary.stream).inserted { names.append(summary.stream) }
      }
      found.set(names)
    }
    if done.wait(timeout: .now() + Self.patience) == .timedOut { search.cancel() }
    return found.names
  }

  /// The beginnings that an instance's name may have in the name of its stream: as it stands, and as the UUID that
  /// carries it, where its bytes come first.
  static func prefixes(category: String, name: String) -> [String] {
    var carried = category + "-"
    for (index, byte) in name.utf8.prefix(6).enumerated() {
      if index == 4 { carried += "-" }
      carried += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return name.isEmpty ? [carried] : [carried, category + "-" + name]
  }

  private final class Found: Sendable {
    private let content = Mutex<[StreamName]>([])

    var names: [StreamName] { content.withLock { $0 } }
    func set(_ names: [StreamName]) { content.withLock { $0 = names } }
  }
}
