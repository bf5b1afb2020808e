import EventSourcing

/// The streams that a scenario has named so far.
///
/// A copy is made with every step that is read, and a session may name thousands of streams: what is old stands in
/// segments that all copies share, of which there are few since those of a size become one.
struct StreamScope: Sendable, Equatable {
  /// Streams that no longer change.
  private final class Segment: Sendable, Equatable {
    let streams: [StreamReference]
    private let known: Set<Key>

    init(_ streams: [StreamReference]) {
      self.streams = streams
      known = Set(streams.map(Key.init))
    }

    func contains(_ key: Key) -> Bool { known.contains(key) }

    static func == (left: Segment, right: Segment) -> Bool { left === right || left.streams == right.streams }
  }

  private struct Key: Hashable {
    let aggregate: Int
    let stream: StreamName

    init(_ reference: StreamReference) {
      aggregate = reference.aggregate
      stream = reference.stream
    }
  }

  /// How many streams of an aggregate there are, and the first of them.
  private struct Share: Equatable {
    let first: StreamReference
    var count = 1
  }

  private var segments: [Segment] = []
  /// The streams behind those of the segments.
  private var recent: [StreamReference] = []
  private var shares: [Share] = []
  private static let recentLimit = 32
  /// The number of streams.
  private(set) var count = 0
  /// The stream that a step without one speaks of, whatever else has been named; nil in a scenario of a file.
  var focus: StreamReference? {
    get { focused.first }
    set { focused = newValue.map { [$0] } ?? [] }
  }

  /// The focus, if there is one: a scope is copied for each step, and most have none.
  private var focused: [StreamReference] = []

  /// The streams in the order in which they were named.
  ///
  /// - Complexity: O(*n*).
  var streams: [StreamReference] { segments.flatMap(\.streams) + recent }

  /// Notes that a stream was named.
  ///
  /// - Complexity: O(log *n*), averaged over many streams.
  mutating func add(_ stream: StreamReference) {
    guard !contains(stream) else { return }
    recent.append(stream)
    count += 1
    if let share = shares.firstIndex(where: { $0.first.aggregate == stream.aggregate }) {
      shares[share].count += 1
    } else {
      shares.append(Share(first: stream))
    }
    guard recent.count == Self.recentLimit else { return }
    while let last = segments.last, last.streams.count <= recent.count {
      recent = last.streams + recent
      segments.removeLast()
    }
    segments.append(Segment(recent))
    recent = []
  }

  private func contains(_ stream: StreamReference) -> Bool {
    for known in recent where known.aggregate == stream.aggregate && known.stream == stream.stream { return true }
    guard !segments.isEmpty else { return false }
    let key = Key(stream)
    return segments.contains { $0.contains(key) }
  }

  /// The streams of one aggregate.
  func streams(of aggregate: Int) -> [StreamReference] {
    hasStream(of: aggregate) ? streams.filter { $0.aggregate == aggregate } : []
  }

  /// Whether a stream of an aggregate has been named.
  func hasStream(of aggregate: Int) -> Bool { shares.contains { $0.first.aggregate == aggregate } }

  /// The stream of an aggregate that a step means when it names none; nil where that is not clear.
  func meantStream(of aggregate: Int) -> StreamReference? {
    if let focus, focus.aggregate == aggregate { return focus }
    return onlyStream(of: aggregate)
  }

  /// The only stream of an aggregate; nil where there are none or several.
  func onlyStream(of aggregate: Int) -> StreamReference? {
    shares.first { $0.first.aggregate == aggregate && $0.count == 1 }?.first
  }

  /// The only stream of all; nil where there are none or several.
  var onlyStream: StreamReference? { count == 1 ? recent.first : nil }
}

/// What a step says of its stream before the message.
enum StreamPrefix {
  case none
  /// The aggregate alone.
  case aggregate(Int)
  case known(StreamReference)
  case bound(aggregate: Int, name: String)

  var aggregate: Int? {
    switch self {
    case .none: nil
    case .aggregate(let aggregate), .bound(let aggregate, _): aggregate
    case .known(let reference): reference.aggregate
    }
  }
}

/// What a message's identity field says of its stream.
enum StatedIdentity {
  /// The field is left out.
  case none
  case value(DynamicValue, SpecLocation)
  case bound(String)
  /// Something that names no stream: a matcher, or a name that this step binds.
  case open
}

extension DomainModel {
  /// The stream of an instance; nil where the value cannot be an identity.
  func stream(of aggregate: Int, identity: DynamicValue) -> StreamReference? {
    guard let model = self.aggregate(aggregate), let text = identity.streamText else { return nil }
    var name = text
    if case .uuid(let uuid) = identity { name = names.name(of: uuid) ?? text }
    return StreamReference(
      aggregate: aggregate, stream: StreamName(category: model.category, id: text), displayName: name,
      identity: identity)
  }
}
