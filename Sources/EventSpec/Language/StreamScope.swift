import EventSourcing

/// The streams that a scenario has named so far.
struct StreamScope: Sendable {
  /// In the order in which they were named.
  private(set) var streams: [StreamReference] = []
  /// The stream that a step without one speaks of, whatever else has been named; nil in a scenario of a file.
  var focus: StreamReference?

  /// Notes that a stream was named.
  mutating func add(_ stream: StreamReference) {
    if !streams.contains(where: { $0.stream == stream.stream && $0.aggregate == stream.aggregate }) {
      streams.append(stream)
    }
  }

  /// The streams of one aggregate.
  func streams(of aggregate: Int) -> [StreamReference] { streams.filter { $0.aggregate == aggregate } }

  /// The only stream of an aggregate; nil where there are none or several.
  func onlyStream(of aggregate: Int) -> StreamReference? {
    var only: StreamReference?
    for stream in streams where stream.aggregate == aggregate {
      if only != nil { return nil }
      only = stream
    }
    return only
  }
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
      aggregate: aggregate, stream: StreamName(category: model.category, id: text), displayName: name)
  }
}
